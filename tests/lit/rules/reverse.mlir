// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse -split-input-file | FileCheck %s

// Its own inverse.

// CHECK-LABEL: func.func @two.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<2x3x4xf32>)
// CHECK:         %[[Z:.+]] = stablehlo.exponential %[[Y]]
// CHECK-DAG:     %[[X:.+]] = stablehlo.reverse %[[Z]], dims = [0, 2]
// CHECK-DAG:     %[[SHARE:.+]] = stablehlo.reverse %[[Y]], dims = [0, 2]
// CHECK:         return %[[X]], %[[SHARE]]
func.func @two(%x: tensor<2x3x4xf32>) -> tensor<2x3x4xf32> {
  %r = stablehlo.reverse %x, dims = [0, 2] : tensor<2x3x4xf32>
  %y = stablehlo.log %r : tensor<2x3x4xf32>
  return %y : tensor<2x3x4xf32>
}

// -----

// The last elements of the result are the first of the operand.

// CHECK-LABEL: func.func @pieces.inverse(
// CHECK-SAME:    %[[A:.+]]: tensor<2xf32>, %[[B:.+]]: tensor<3xf32>)
// CHECK:         %[[FIRST:.+]] = stablehlo.reverse %[[A]], dims = [0]
// CHECK:         %[[X:.+]] = stablehlo.concatenate %[[FIRST]], %[[B]], dim = 0
// CHECK:         return %[[X]],
func.func @pieces(%x: tensor<5xf32>) -> (tensor<2xf32>, tensor<3xf32>) {
  %r = stablehlo.reverse %x, dims = [0] : tensor<5xf32>
  %a = stablehlo.slice %r [3:5] : (tensor<5xf32>) -> tensor<2xf32>
  %b = stablehlo.slice %x [2:5] : (tensor<5xf32>) -> tensor<3xf32>
  return %a, %b : tensor<2xf32>, tensor<3xf32>
}
