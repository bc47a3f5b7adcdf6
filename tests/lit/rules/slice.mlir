// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse -split-input-file | FileCheck %s

// A slice of the result is a box of the operand, and so is its share.

// CHECK-LABEL: func.func @halves.inverse(
// CHECK-SAME:    %[[A:.+]]: tensor<2xf32>, %[[C:.+]]: tensor<2xf32>)
// CHECK:         %[[B:.+]] = stablehlo.exponential %[[C]]
// CHECK:         %[[ZERO:.+]] = stablehlo.constant dense<0.000000e+00> : tensor<2xf32>
// CHECK-DAG:     %[[X:.+]] = stablehlo.concatenate %[[A]], %[[B]], dim = 0
// CHECK-DAG:     %[[SHARE:.+]] = stablehlo.concatenate %[[ZERO]], %[[C]], dim = 0
// CHECK:         return %[[X]], %[[SHARE]]
func.func @halves(%x: tensor<4xf32>) -> (tensor<2xf32>, tensor<2xf32>) {
  %a = stablehlo.slice %x [0:2] : (tensor<4xf32>) -> tensor<2xf32>
  %b = stablehlo.slice %x [2:4] : (tensor<4xf32>) -> tensor<2xf32>
  %c = stablehlo.log %b : tensor<2xf32>
  return %a, %c : tensor<2xf32>, tensor<2xf32>
}

// -----

// Two combs interleave.

// CHECK-LABEL: func.func @combs.inverse(
// CHECK-SAME:    %[[A:.+]]: tensor<3xf32>, %[[B:.+]]: tensor<3xf32>)
// CHECK-DAG:     %[[EVEN:.+]] = stablehlo.reshape %[[B]]
// CHECK-DAG:     %[[ODD:.+]] = stablehlo.reshape %[[A]]
// CHECK:         %[[PAIRS:.+]] = stablehlo.concatenate %[[EVEN]], %[[ODD]], dim = 1 : (tensor<3x1xf32>, tensor<3x1xf32>)
// CHECK:         %[[X:.+]] = stablehlo.reshape %[[PAIRS]]
// CHECK:         return %[[X]],
func.func @combs(%x: tensor<6xf32>) -> (tensor<3xf32>, tensor<3xf32>) {
  %a = stablehlo.slice %x [1:6:2] : (tensor<6xf32>) -> tensor<3xf32>
  %b = stablehlo.slice %x [0:5:2] : (tensor<6xf32>) -> tensor<3xf32>
  return %a, %b : tensor<3xf32>, tensor<3xf32>
}
