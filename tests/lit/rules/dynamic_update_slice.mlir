// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse -split-input-file | FileCheck %s

// The update is the window of the result, the operand is the rest.

// CHECK-LABEL: func.func @window.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<4xf32>, %[[Z:.+]]: tensor<2xf32>)
// CHECK:         %[[EXPONENTIAL:.+]] = stablehlo.exponential %[[Y]] : tensor<4xf32>
// CHECK:         %[[SLICE:.+]] = stablehlo.slice %[[EXPONENTIAL]] [0:1] : (tensor<4xf32>) -> tensor<1xf32>
// CHECK:         %[[SLICE2:.+]] = stablehlo.slice %[[Y]] [0:1] : (tensor<4xf32>) -> tensor<1xf32>
// CHECK:         %[[SLICE3:.+]] = stablehlo.slice %[[EXPONENTIAL]] [3:4] : (tensor<4xf32>) -> tensor<1xf32>
// CHECK:         %[[SLICE4:.+]] = stablehlo.slice %[[Y]] [3:4] : (tensor<4xf32>) -> tensor<1xf32>
// CHECK:         %[[SLICE5:.+]] = stablehlo.slice %[[EXPONENTIAL]] [1:3] : (tensor<4xf32>) -> tensor<2xf32>
// CHECK:         %[[SLICE6:.+]] = stablehlo.slice %[[Y]] [1:3] : (tensor<4xf32>) -> tensor<2xf32>
// CHECK:         %[[C:.+]] = stablehlo.constant dense<0.000000e+00> : tensor<2xf32>
// CHECK:         %[[CONCATENATE:.+]] = stablehlo.concatenate %[[SLICE]], %[[Z]], %[[SLICE3]], dim = 0 : (tensor<1xf32>, tensor<2xf32>, tensor<1xf32>) -> tensor<4xf32>
// CHECK:         %[[CONCATENATE2:.+]] = stablehlo.concatenate %[[SLICE2]], %[[C]], %[[SLICE4]], dim = 0 : (tensor<1xf32>, tensor<2xf32>, tensor<1xf32>) -> tensor<4xf32>
// CHECK:         return %[[CONCATENATE]], %[[SLICE5]], %[[CONCATENATE2]], %[[SLICE6]] : tensor<4xf32>, tensor<2xf32>, tensor<4xf32>, tensor<2xf32>
func.func @window(%x: tensor<4xf32>, %u: tensor<2xf32>) -> (tensor<4xf32>, tensor<2xf32>) {
  %i = stablehlo.constant dense<1> : tensor<i32>
  %w = stablehlo.dynamic_update_slice %x, %u, %i : (tensor<4xf32>, tensor<2xf32>, tensor<i32>) -> tensor<4xf32>
  %y = stablehlo.log %w : tensor<4xf32>
  %z = stablehlo.slice %x [1:3] : (tensor<4xf32>) -> tensor<2xf32>
  return %y, %z : tensor<4xf32>, tensor<2xf32>
}

// -----

// A start beyond the end means the last window.
// CHECK-LABEL: func.func @clamped.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<4xf32>, %[[Z:.+]]: tensor<2xf32>)
// CHECK:         %[[SLICE:.+]] = stablehlo.slice %[[Y]] [0:2] : (tensor<4xf32>) -> tensor<2xf32>
// CHECK:         %[[SLICE2:.+]] = stablehlo.slice %[[Y]] [2:4] : (tensor<4xf32>) -> tensor<2xf32>
// CHECK:         %[[CONCATENATE:.+]] = stablehlo.concatenate %[[SLICE]], %[[Z]], dim = 0 : (tensor<2xf32>, tensor<2xf32>) -> tensor<4xf32>
// CHECK:         %[[C:.+]] = stablehlo.constant dense<0.000000e+00> : tensor<4xf32>
// CHECK:         %[[C2:.+]] = stablehlo.constant dense<0.000000e+00> : tensor<2xf32>
// CHECK:         return %[[CONCATENATE]], %[[SLICE2]], %[[C]], %[[C2]] : tensor<4xf32>, tensor<2xf32>, tensor<4xf32>, tensor<2xf32>
func.func @clamped(%x: tensor<4xf32>, %u: tensor<2xf32>) -> (tensor<4xf32>, tensor<2xf32>) {
  %i = stablehlo.constant dense<9> : tensor<i32>
  %y = stablehlo.dynamic_update_slice %x, %u, %i : (tensor<4xf32>, tensor<2xf32>, tensor<i32>) -> tensor<4xf32>
  %z = stablehlo.slice %x [2:4] : (tensor<4xf32>) -> tensor<2xf32>
  return %y, %z : tensor<4xf32>, tensor<2xf32>
}
