// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse -split-input-file | FileCheck %s

// The update is the window of the result, the operand is the rest.

// CHECK-LABEL: func.func @window.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<4xf32>, %[[Z:.+]]: tensor<2xf32>)
// CHECK:         %[[ALL:.+]] = stablehlo.exponential %[[Y]]
// CHECK-DAG:     %[[HEAD:.+]] = stablehlo.slice %[[ALL]] [0:1]
// CHECK-DAG:     %[[HEAD_SHARE:.+]] = stablehlo.slice %[[Y]] [0:1]
// CHECK-DAG:     %[[TAIL:.+]] = stablehlo.slice %[[ALL]] [3:4]
// CHECK-DAG:     %[[TAIL_SHARE:.+]] = stablehlo.slice %[[Y]] [3:4]
// CHECK-DAG:     %[[U:.+]] = stablehlo.slice %[[ALL]] [1:3]
// CHECK-DAG:     %[[U_SHARE:.+]] = stablehlo.slice %[[Y]] [1:3]
// CHECK-DAG:     %[[ZERO:.+]] = stablehlo.constant dense<0.000000e+00> : tensor<2xf32>
// CHECK-DAG:     %[[X:.+]] = stablehlo.concatenate %[[HEAD]], %[[Z]], %[[TAIL]], dim = 0
// CHECK-DAG:     %[[X_SHARE:.+]] = stablehlo.concatenate %[[HEAD_SHARE]], %[[ZERO]], %[[TAIL_SHARE]], dim = 0
// CHECK:         return %[[X]], %[[U]], %[[X_SHARE]], %[[U_SHARE]]
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
// CHECK:         %[[HEAD:.+]] = stablehlo.slice %[[Y]] [0:2]
// CHECK:         %[[U:.+]] = stablehlo.slice %[[Y]] [2:4]
// CHECK:         %[[X:.+]] = stablehlo.concatenate %[[HEAD]], %[[Z]], dim = 0
// CHECK:         return %[[X]], %[[U]],
func.func @clamped(%x: tensor<4xf32>, %u: tensor<2xf32>) -> (tensor<4xf32>, tensor<2xf32>) {
  %i = stablehlo.constant dense<9> : tensor<i32>
  %y = stablehlo.dynamic_update_slice %x, %u, %i : (tensor<4xf32>, tensor<2xf32>, tensor<i32>) -> tensor<4xf32>
  %z = stablehlo.slice %x [2:4] : (tensor<4xf32>) -> tensor<2xf32>
  return %y, %z : tensor<4xf32>, tensor<2xf32>
}
