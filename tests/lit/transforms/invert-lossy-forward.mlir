// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert -cse -split-input-file | FileCheck %s

// An op that is never inverted goes forward on the known part of its operand.

// CHECK-LABEL: func.func @coupling.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<4xf32>)
// CHECK:         %[[A:.+]] = stablehlo.slice %[[Y]] [0:2]
// CHECK:         %[[C:.+]] = stablehlo.slice %[[Y]] [2:4]
// CHECK:         %[[K:.+]] = stablehlo.maximum %[[A]], %{{.+}} : tensor<2xf32>
// CHECK:         %[[B:.+]] = stablehlo.subtract %[[C]], %[[K]]
// CHECK:         %[[X:.+]] = stablehlo.concatenate %[[A]], %[[B]], dim = 0
// CHECK:         return %[[X]]
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
// CHECK:         %[[LOW:.+]] = stablehlo.constant dense<0.000000e+00> : tensor<f32>
// CHECK:         %[[HIGH:.+]] = stablehlo.constant dense<1.000000e+00> : tensor<f32>
// CHECK:         %[[A:.+]] = stablehlo.slice %[[Y]] [0:2]
// CHECK:         %[[C:.+]] = stablehlo.slice %[[Y]] [2:4]
// CHECK:         %[[K:.+]] = stablehlo.clamp %[[LOW]], %[[A]], %[[HIGH]] : (tensor<f32>, tensor<2xf32>, tensor<f32>)
// CHECK:         %[[B:.+]] = stablehlo.subtract %[[C]], %[[K]]
// CHECK:         %[[X:.+]] = stablehlo.concatenate %[[A]], %[[B]], dim = 0
// CHECK:         return %[[X]]
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
