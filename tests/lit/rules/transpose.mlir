// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse -split-input-file | FileCheck %s

// By the inverse permutation, the shares with the values.

// CHECK-LABEL: func.func @cycle.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<4x2x3xf32>)
// CHECK:         %[[Z:.+]] = stablehlo.exponential %[[Y]]
// CHECK-DAG:     %[[X:.+]] = stablehlo.transpose %[[Z]], dims = [1, 2, 0]
// CHECK-DAG:     %[[SHARE:.+]] = stablehlo.transpose %[[Y]], dims = [1, 2, 0]
// CHECK:         return %[[X]], %[[SHARE]]
func.func @cycle(%x: tensor<2x3x4xf32>) -> tensor<4x2x3xf32> {
  %t = stablehlo.transpose %x, dims = [2, 0, 1] : (tensor<2x3x4xf32>) -> tensor<4x2x3xf32>
  %y = stablehlo.log %t : tensor<4x2x3xf32>
  return %y : tensor<4x2x3xf32>
}

// -----

// A piece goes back as the piece it came from, and forward again.

// CHECK-LABEL: func.func @pieces.inverse(
// CHECK-SAME:    %[[A:.+]]: tensor<1x2xf32>, %[[B:.+]]: tensor<2x2xf32>)
// CHECK:         %[[H:.+]] = stablehlo.transpose %[[A]], dims = [1, 0]
// CHECK:         %[[K:.+]] = stablehlo.broadcast_in_dim %[[H]], dims = [0, 1]
// CHECK:         %[[R:.+]] = stablehlo.subtract %[[B]], %[[K]]
// CHECK:         %[[T:.+]] = stablehlo.concatenate %[[A]], %[[R]], dim = 0
// CHECK:         %[[BOTH:.+]] = stablehlo.transpose %[[T]], dims = [1, 0]
// CHECK:         %[[REST:.+]] = stablehlo.slice %[[BOTH]] [0:2, 1:3]
// CHECK:         %[[X:.+]] = stablehlo.concatenate %[[H]], %[[REST]], dim = 1
// CHECK:         return %[[X]],
func.func @pieces(%x: tensor<2x3xf32>) -> (tensor<1x2xf32>, tensor<2x2xf32>) {
  %t = stablehlo.transpose %x, dims = [1, 0] : (tensor<2x3xf32>) -> tensor<3x2xf32>
  %a = stablehlo.slice %t [0:1, 0:2] : (tensor<3x2xf32>) -> tensor<1x2xf32>
  %r = stablehlo.slice %t [1:3, 0:2] : (tensor<3x2xf32>) -> tensor<2x2xf32>
  %h = stablehlo.slice %x [0:2, 0:1] : (tensor<2x3xf32>) -> tensor<2x1xf32>
  %k = stablehlo.broadcast_in_dim %h, dims = [0, 1] : (tensor<2x1xf32>) -> tensor<2x2xf32>
  %b = stablehlo.add %r, %k : tensor<2x2xf32>
  return %a, %b : tensor<1x2xf32>, tensor<2x2xf32>
}
