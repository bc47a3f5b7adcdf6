// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse -split-input-file -verify-diagnostics | FileCheck %s

// y = A^-1 b:  b = A y,  log|db/dy| = log|a_ii| in row i. Only the triangle that
// the solve reads counts.

// CHECK-LABEL: func.func @lower_left.inverse(
// CHECK-SAME:    %[[A:.+]]: tensor<3x3xf32>, %[[Y:.+]]: tensor<3x2xf32>)
// CHECK:         %[[ROW:.+]] = stablehlo.iota dim = 0 : tensor<3x3xi32>
// CHECK:         %[[COLUMN:.+]] = stablehlo.iota dim = 1 : tensor<3x3xi32>
// CHECK:         %[[READ:.+]] = stablehlo.compare GE, %[[ROW]], %[[COLUMN]]
// CHECK:         %[[TRIANGLE:.+]] = stablehlo.select %[[READ]], %[[A]],
// CHECK:         %[[B:.+]] = stablehlo.dot_general %[[TRIANGLE]], %[[Y]], contracting_dims = [1] x [0], precision = [HIGHEST, HIGHEST]
// CHECK:         %[[EQUAL:.+]] = stablehlo.compare EQ, %[[ROW]], %[[COLUMN]]
// CHECK:         %[[KEPT:.+]] = stablehlo.select %[[EQUAL]], %[[A]],
// CHECK:         %[[DIAGONAL:.+]] = stablehlo.reduce(%[[KEPT]] init: %{{.+}}) applies stablehlo.add across dimensions = [1]
// CHECK:         %[[ABS:.+]] = stablehlo.abs %[[DIAGONAL]]
// CHECK:         %[[LOG:.+]] = stablehlo.log %[[ABS]]
// CHECK:         %[[SHARE:.+]] = stablehlo.broadcast_in_dim %[[LOG]], dims = [0] : (tensor<3xf32>) -> tensor<3x2xf32>
// CHECK:         return %[[B]], %[[SHARE]]
func.func @lower_left(%a: tensor<3x3xf32>, %b: tensor<3x2xf32> {invhlo.unknown})
    -> tensor<3x2xf32> {
  %y = "stablehlo.triangular_solve"(%a, %b) <{
    left_side = true, lower = true, unit_diagonal = false,
    transpose_a = #stablehlo<transpose NO_TRANSPOSE>
  }> : (tensor<3x3xf32>, tensor<3x2xf32>) -> tensor<3x2xf32>
  return %y : tensor<3x2xf32>
}

// -----

// b = y A^T, with ones on the diagonal and so no log-det.

// CHECK-LABEL: func.func @upper_right_unit.inverse(
// CHECK-SAME:    %[[A:.+]]: tensor<3x3xf32>, %[[Y:.+]]: tensor<2x3xf32>)
// CHECK:         %[[ROW:.+]] = stablehlo.iota dim = 0 : tensor<3x3xi32>
// CHECK:         %[[COLUMN:.+]] = stablehlo.iota dim = 1 : tensor<3x3xi32>
// CHECK:         %[[READ:.+]] = stablehlo.compare LE, %[[ROW]], %[[COLUMN]]
// CHECK:         %[[READ_PART:.+]] = stablehlo.select %[[READ]], %[[A]],
// CHECK:         %[[EQUAL:.+]] = stablehlo.compare EQ, %[[ROW]], %[[COLUMN]]
// CHECK:         %[[ONES:.+]] = stablehlo.constant dense<1.000000e+00> : tensor<3x3xf32>
// CHECK:         %[[TRIANGLE:.+]] = stablehlo.select %[[EQUAL]], %[[ONES]], %[[READ_PART]]
// CHECK:         %[[B:.+]] = stablehlo.dot_general %[[Y]], %[[TRIANGLE]], contracting_dims = [1] x [1]
// CHECK:         %[[SHARE:.+]] = stablehlo.constant dense<0.000000e+00> : tensor<2x3xf32>
// CHECK:         return %[[B]], %[[SHARE]]
func.func @upper_right_unit(%a: tensor<3x3xf32>, %b: tensor<2x3xf32> {invhlo.unknown})
    -> tensor<2x3xf32> {
  %y = "stablehlo.triangular_solve"(%a, %b) <{
    left_side = false, lower = false, unit_diagonal = true,
    transpose_a = #stablehlo<transpose TRANSPOSE>
  }> : (tensor<3x3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>
  return %y : tensor<2x3xf32>
}

// -----

// expected-note @+1 {{the unknown is argument #0}}
func.func @unknown_matrix(%a: tensor<3x3xf32> {invhlo.unknown}, %b: tensor<3x3xf32>)
    -> tensor<3x3xf32> {
  // expected-error @+1 {{cannot be inverted: its matrix depends on the unknown}}
  %y = "stablehlo.triangular_solve"(%a, %b) <{
    left_side = true, lower = true, unit_diagonal = false,
    transpose_a = #stablehlo<transpose NO_TRANSPOSE>
  }> : (tensor<3x3xf32>, tensor<3x3xf32>) -> tensor<3x3xf32>
  return %y : tensor<3x3xf32>
}
