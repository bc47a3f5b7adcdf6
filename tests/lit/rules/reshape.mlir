// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse -split-input-file | FileCheck %s

// Back to the shape of the operand.

// CHECK-LABEL: func.func @flat.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<6xf32>)
// CHECK:         %[[FLAT:.+]] = stablehlo.exponential %[[Y]]
// CHECK-DAG:     %[[X:.+]] = stablehlo.reshape %[[FLAT]] : (tensor<6xf32>) -> tensor<2x3xf32>
// CHECK-DAG:     %[[SHARE:.+]] = stablehlo.reshape %[[Y]] : (tensor<6xf32>) -> tensor<2x3xf32>
// CHECK:         return %[[X]], %[[SHARE]]
func.func @flat(%x: tensor<2x3xf32>) -> tensor<6xf32> {
  %f = stablehlo.reshape %x : (tensor<2x3xf32>) -> tensor<6xf32>
  %y = stablehlo.log %f : tensor<6xf32>
  return %y : tensor<6xf32>
}

// -----

// Even rows of pairs are two boxes of the matrix.

// CHECK-LABEL: func.func @pieces.inverse(
// CHECK-SAME:    %[[A:.+]]: tensor<4x2xf32>, %[[B:.+]]: tensor<4x2xf32>)
// CHECK-DAG:     %[[EVEN:.+]] = stablehlo.reshape %[[A]]
// CHECK-DAG:     %[[ODD:.+]] = stablehlo.reshape %[[B]]
// CHECK:         %[[PAIRS:.+]] = stablehlo.concatenate %[[EVEN]], %[[ODD]], dim = 1 : (tensor<4x1x2xf32>, tensor<4x1x2xf32>)
// CHECK:         %[[ROWS:.+]] = stablehlo.reshape %[[PAIRS]] : (tensor<4x2x2xf32>) -> tensor<8x2xf32>
// CHECK:         %[[X:.+]] = stablehlo.reshape %[[ROWS]] : (tensor<8x2xf32>) -> tensor<4x4xf32>
// CHECK:         return %[[X]],
func.func @pieces(%x: tensor<4x4xf32>) -> (tensor<4x2xf32>, tensor<4x2xf32>) {
  %f = stablehlo.reshape %x : (tensor<4x4xf32>) -> tensor<8x2xf32>
  %a = stablehlo.slice %f [0:8:2, 0:2] : (tensor<8x2xf32>) -> tensor<4x2xf32>
  %b = stablehlo.slice %f [1:8:2, 0:2] : (tensor<8x2xf32>) -> tensor<4x2xf32>
  return %a, %b : tensor<4x2xf32>, tensor<4x2xf32>
}

// -----

// What is no box on the other side is a mask there.

// CHECK-LABEL: func.func @mask.inverse(
// CHECK-SAME:    %[[A:.+]]: tensor<4xf32>, %[[B:.+]]: tensor<2xf32>)
// CHECK:         %[[PADDED:.+]] = stablehlo.pad %[[A]], %{{.+}}, low = [0], high = [2], interior = [0]
// CHECK:         %[[FIRST:.+]] = stablehlo.reshape %[[PADDED]] : (tensor<6xf32>) -> tensor<2x3xf32>
// CHECK:         %[[H:.+]] = stablehlo.slice %[[FIRST]] [0:2, 0:1]
// CHECK:         %[[K:.+]] = stablehlo.reshape %[[H]]
// CHECK:         %[[R:.+]] = stablehlo.subtract %[[B]], %[[K]]
// CHECK:         %[[FLAT:.+]] = stablehlo.concatenate %[[A]], %[[R]], dim = 0
// CHECK:         %[[BOTH:.+]] = stablehlo.reshape %[[FLAT]] : (tensor<6xf32>) -> tensor<2x3xf32>
// CHECK:         %[[OF_R:.+]] = stablehlo.constant dense<{{\[\[}}false, false, false], [false, true, true]]>
// CHECK:         %[[X:.+]] = stablehlo.select %[[OF_R]], %[[BOTH]], %[[FIRST]]
// CHECK:         return %[[X]],
func.func @mask(%x: tensor<2x3xf32>) -> (tensor<4xf32>, tensor<2xf32>) {
  %f = stablehlo.reshape %x : (tensor<2x3xf32>) -> tensor<6xf32>
  %a = stablehlo.slice %f [0:4] : (tensor<6xf32>) -> tensor<4xf32>
  %r = stablehlo.slice %f [4:6] : (tensor<6xf32>) -> tensor<2xf32>
  %h = stablehlo.slice %x [0:2, 0:1] : (tensor<2x3xf32>) -> tensor<2x1xf32>
  %k = stablehlo.reshape %h : (tensor<2x1xf32>) -> tensor<2xf32>
  %b = stablehlo.add %r, %k : tensor<2xf32>
  return %a, %b : tensor<4xf32>, tensor<2xf32>
}
