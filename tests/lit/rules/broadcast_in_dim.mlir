// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert -split-input-file | FileCheck %s

// Unit dimensions only: a bijection.

// CHECK-LABEL: func.func @unit.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3x1x2xf32>)
// CHECK:         %[[DENSE:.+]] = stablehlo.reshape %[[Y]] : (tensor<3x1x2xf32>) -> tensor<3x2xf32>
// CHECK:         %[[X:.+]] = stablehlo.transpose %[[DENSE]], dims = [1, 0]
// CHECK:         return %[[X]]
func.func @unit(%x: tensor<2x3xf32>) -> tensor<3x1x2xf32> {
  %y = stablehlo.broadcast_in_dim %x, dims = [2, 0] : (tensor<2x3xf32>) -> tensor<3x1x2xf32>
  return %y : tensor<3x1x2xf32>
}

// -----

// One copy tells the operand: the first.

// CHECK-LABEL: func.func @copies.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<4x3xf32>)
// CHECK:         %[[FIRST:.+]] = stablehlo.slice %[[Y]] [0:1, 0:3]
// CHECK:         %[[X:.+]] = stablehlo.reshape %[[FIRST]]
// CHECK:         return %[[X]]
func.func @copies(%x: tensor<3xf32>) -> tensor<4x3xf32> {
  %y = stablehlo.broadcast_in_dim %x, dims = [1] : (tensor<3xf32>) -> tensor<4x3xf32>
  return %y : tensor<4x3xf32>
}

// -----

// A known part of the operand is known in every copy.

// CHECK-LABEL: func.func @pieces.inverse(
// CHECK-SAME:    %[[A:.+]]: tensor<1xf32>, %[[B:.+]]: tensor<2x1xf32>)
// CHECK:         %[[COPIES:.+]] = stablehlo.broadcast_in_dim %[[A]], dims = [1]
// CHECK:         %[[RIGHT:.+]] = stablehlo.subtract %[[B]], %[[COPIES]]
// CHECK:         %[[BOTH:.+]] = stablehlo.concatenate %[[COPIES]], %[[RIGHT]], dim = 1
// CHECK:         %[[FIRST:.+]] = stablehlo.slice %[[BOTH]] [0:1, 0:2]
// CHECK:         %[[X:.+]] = stablehlo.reshape %[[FIRST]]
// CHECK:         return %[[X]]
func.func @pieces(%x: tensor<2xf32>) -> (tensor<1xf32>, tensor<2x1xf32>) {
  %a = stablehlo.slice %x [0:1] : (tensor<2xf32>) -> tensor<1xf32>
  %c = stablehlo.broadcast_in_dim %x, dims = [1] : (tensor<2xf32>) -> tensor<2x2xf32>
  %l = stablehlo.slice %c [0:2, 0:1] : (tensor<2x2xf32>) -> tensor<2x1xf32>
  %r = stablehlo.slice %c [0:2, 1:2] : (tensor<2x2xf32>) -> tensor<2x1xf32>
  %b = stablehlo.add %l, %r : tensor<2x1xf32>
  return %a, %b : tensor<1xf32>, tensor<2x1xf32>
}

// -----

// Where no whole copy is known, one that is known of each element: the
// diagonal. What holds for all of a batch is written once.

// CHECK-LABEL: func.func @diagonal.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<2x3x3xf32>)
// CHECK:         %[[FIRST:.+]] = stablehlo.slice %[[Y]] [0:1, 0:3, 0:3]
// CHECK:         %[[FLAT:.+]] = stablehlo.reshape %[[FIRST]] : (tensor<1x3x3xf32>) -> tensor<9xf32>
// CHECK:         %[[PLACES:.+]] = stablehlo.constant dense<{{\[}}[0], [4], [8]]>
// CHECK:         %[[X:.+]] = "stablehlo.gather"(%[[FLAT]], %[[PLACES]])
// CHECK:         return %[[X]]
func.func @diagonal(%x: tensor<3xf32>) -> tensor<2x3x3xf32> {
  %mask = stablehlo.constant dense<[[true, false, false], [false, true, false], [false, false, true]]> : tensor<3x3xi1>
  %masks = stablehlo.broadcast_in_dim %mask, dims = [1, 2] : (tensor<3x3xi1>) -> tensor<2x3x3xi1>
  %zeros = stablehlo.constant dense<0.0> : tensor<2x3x3xf32>
  %c = stablehlo.broadcast_in_dim %x, dims = [2] : (tensor<3xf32>) -> tensor<2x3x3xf32>
  %y = stablehlo.select %masks, %c, %zeros : tensor<2x3x3xi1>, tensor<2x3x3xf32>
  return %y : tensor<2x3x3xf32>
}
