// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert -cse -split-input-file | FileCheck %s

// An op that is never inverted goes forward on the known part of its operand.

// CHECK-LABEL: func.func @coupling.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<4xf32>)
// CHECK:         %[[C:.+]] = stablehlo.constant dense<0.000000e+00> : tensor<f32>
// CHECK:         %[[SLICE:.+]] = stablehlo.slice %[[Y]] [0:2] : (tensor<4xf32>) -> tensor<2xf32>
// CHECK:         %[[SLICE2:.+]] = stablehlo.slice %[[Y]] [2:4] : (tensor<4xf32>) -> tensor<2xf32>
// CHECK:         %[[B:.+]] = stablehlo.broadcast_in_dim %[[C]], dims = [] : (tensor<f32>) -> tensor<2xf32>
// CHECK:         %[[MAXIMUM:.+]] = stablehlo.maximum %[[SLICE]], %[[B]] : tensor<2xf32>
// CHECK:         %[[SUBTRACT:.+]] = stablehlo.subtract %[[SLICE2]], %[[MAXIMUM]] : tensor<2xf32>
// CHECK:         %[[CONCATENATE:.+]] = stablehlo.concatenate %[[SLICE]], %[[SUBTRACT]], dim = 0 : (tensor<2xf32>, tensor<2xf32>) -> tensor<4xf32>
// CHECK:         return %[[CONCATENATE]] : tensor<4xf32>
func.func @coupling(%x: tensor<4xf32>) -> tensor<4xf32> {
  %zero = stablehlo.constant dense<0.0> : tensor<f32>
  %zeros = stablehlo.broadcast_in_dim %zero, dims = [] : (tensor<f32>) -> tensor<4xf32>
  %h = stablehlo.maximum %x, %zeros : tensor<4xf32>
  %k = stablehlo.slice %h [0:2] : (tensor<4xf32>) -> tensor<2xf32>
  %a = stablehlo.slice %x [0:2] : (tensor<4xf32>) -> tensor<2xf32>
  %b = stablehlo.slice %x [2:4] : (tensor<4xf32>) -> tensor<2xf32>
  %c = stablehlo.add %b, %k : tensor<2xf32>
  %y = stablehlo.concatenate %a, %c, dim = 0 : (tensor<2xf32>, tensor<2xf32>) -> tensor<4xf32>
  return %y : tensor<4xf32>
}

// -----

// Scalar bounds count for every part.
// CHECK-LABEL: func.func @clamp.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<4xf32>)
// CHECK:         %[[C:.+]] = stablehlo.constant dense<0.000000e+00> : tensor<f32>
// CHECK:         %[[C2:.+]] = stablehlo.constant dense<1.000000e+00> : tensor<f32>
// CHECK:         %[[SLICE:.+]] = stablehlo.slice %[[Y]] [0:2] : (tensor<4xf32>) -> tensor<2xf32>
// CHECK:         %[[SLICE2:.+]] = stablehlo.slice %[[Y]] [2:4] : (tensor<4xf32>) -> tensor<2xf32>
// CHECK:         %[[CLAMP:.+]] = stablehlo.clamp %[[C]], %[[SLICE]], %[[C2]] : (tensor<f32>, tensor<2xf32>, tensor<f32>) -> tensor<2xf32>
// CHECK:         %[[SUBTRACT:.+]] = stablehlo.subtract %[[SLICE2]], %[[CLAMP]] : tensor<2xf32>
// CHECK:         %[[CONCATENATE:.+]] = stablehlo.concatenate %[[SLICE]], %[[SUBTRACT]], dim = 0 : (tensor<2xf32>, tensor<2xf32>) -> tensor<4xf32>
// CHECK:         return %[[CONCATENATE]] : tensor<4xf32>
func.func @clamp(%x: tensor<4xf32>) -> tensor<4xf32> {
  %low = stablehlo.constant dense<0.0> : tensor<f32>
  %high = stablehlo.constant dense<1.0> : tensor<f32>
  %h = stablehlo.clamp %low, %x, %high : (tensor<f32>, tensor<4xf32>, tensor<f32>) -> tensor<4xf32>
  %k = stablehlo.slice %h [0:2] : (tensor<4xf32>) -> tensor<2xf32>
  %a = stablehlo.slice %x [0:2] : (tensor<4xf32>) -> tensor<2xf32>
  %b = stablehlo.slice %x [2:4] : (tensor<4xf32>) -> tensor<2xf32>
  %c = stablehlo.add %b, %k : tensor<2xf32>
  %y = stablehlo.concatenate %a, %c, dim = 0 : (tensor<2xf32>, tensor<2xf32>) -> tensor<4xf32>
  return %y : tensor<4xf32>
}
