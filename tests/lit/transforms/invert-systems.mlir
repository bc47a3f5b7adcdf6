// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=total" -canonicalize -cse -split-input-file | FileCheck %s

// Two equations with two unknowns for each element: the columns of a matrix are
// what the function makes of units, and it is eliminated element by element.

// CHECK-LABEL: func.func @rotation.inverse(
// CHECK-SAME:    %[[C:[^:]+]]: tensor<3xf32>, %[[S:[^:]+]]: tensor<3xf32>, %{{[^:]+}}: tensor<3xf32>, %{{[^:]+}}: tensor<3xf32>)
// CHECK-NOT:     invhlo.solve
// CHECK-DAG:     %[[ONES:.+]] = stablehlo.broadcast_in_dim %{{.+}}, dims = [0] : (tensor<1xf32>) -> tensor<3xf32>
// CHECK-DAG:     %[[ONCE:.+]] = stablehlo.multiply %[[ONES]], %[[C]]
// CHECK:         %[[LARGER:.+]] = stablehlo.compare LT
// CHECK:         stablehlo.select %[[LARGER]]
// CHECK:         stablehlo.divide
// CHECK:         %[[LOGS:.+]] = stablehlo.add %{{.+}}, %{{.+}} : tensor<3x1xf32>
// CHECK:         %[[SHARE:.+]] = stablehlo.negate %[[LOGS]]
// CHECK:         invhlo.spread_share %[[SHARE]] along [0, 1] among 2 : tensor<3x1xf32> -> tensor<3x1x2xf32>
func.func @rotation(%q: tensor<3xf32> {invhlo.unknown}, %p: tensor<3xf32> {invhlo.unknown},
                    %c: tensor<3xf32>, %s: tensor<3xf32>) -> (tensor<3xf32>, tensor<3xf32>) {
  %0 = stablehlo.multiply %q, %c : tensor<3xf32>
  %1 = stablehlo.multiply %p, %s : tensor<3xf32>
  %2 = stablehlo.subtract %0, %1 : tensor<3xf32>
  %3 = stablehlo.multiply %q, %s : tensor<3xf32>
  %4 = stablehlo.multiply %p, %c : tensor<3xf32>
  %5 = stablehlo.add %3, %4 : tensor<3xf32>
  return %2, %5 : tensor<3xf32>, tensor<3xf32>
}

// -----

// Of more unknowns, a loop over units makes the matrix, of one element of a
// batch where the same is done with all; these are its right-hand sides.

// CHECK-LABEL: func.func @residual.inverse(
// CHECK-SAME:    %[[W:[^:]+]]: tensor<4x4xf32>, %[[Y:[^:]+]]: tensor<6x4xf32>)
// CHECK:         %[[COLUMNS:.+]] = invhlo.scan 4() over() : () -> tensor<4x1x1x4xf32> {
// CHECK:           %[[DOT:.+]] = stablehlo.dot_general %[[UNIT:.+]], %[[W]], contracting_dims = [1] x [0] : (tensor<1x4xf32>, tensor<4x4xf32>) -> tensor<1x4xf32>
// CHECK:           stablehlo.add %[[UNIT]], %[[DOT]] : tensor<1x4xf32>
// CHECK:         %[[MATRIX:.+]] = stablehlo.transpose %{{.+}}, dims = [1, 2, 0] : (tensor<4x1x4xf32>) -> tensor<1x4x4xf32>
// CHECK:         invhlo.solve %[[MATRIX]], %{{.+}} : tensor<1x4x4xf32>, tensor<1x4x6xf32>
// CHECK:         invhlo.log_abs_det %[[MATRIX]] : tensor<1x4x4xf32>
func.func @residual(%x: tensor<6x4xf32> {invhlo.unknown}, %w: tensor<4x4xf32>) -> tensor<6x4xf32> {
  %0 = stablehlo.dot_general %x, %w, contracting_dims = [1] x [0]
      : (tensor<6x4xf32>, tensor<4x4xf32>) -> tensor<6x4xf32>
  %1 = stablehlo.add %x, %0 : tensor<6x4xf32>
  return %1 : tensor<6x4xf32>
}

// -----

// The matrix of literals is one; what is known is taken off first.

// CHECK-LABEL: func.func @literals.inverse(
// CHECK-SAME:    %[[K:[^:]+]]: tensor<4xf32>, %[[Y:[^:]+]]: tensor<4xf32>)
// CHECK-DAG:     %[[MATRIX:.+]] = stablehlo.constant dense<{{\[\[\[}}1.000000e+00, 5.000000e-01, 5.000000e-01, 5.000000e-01],
// CHECK-DAG:     %[[CONSTANT:.+]] = stablehlo.add %{{.+}}, %[[K]]
// CHECK:         stablehlo.subtract
// CHECK:         invhlo.solve %[[MATRIX]]
// CHECK-NOT:     invhlo.scan
func.func @literals(%x: tensor<4xf32> {invhlo.unknown}, %k: tensor<4xf32>) -> tensor<4xf32> {
  %half = stablehlo.constant dense<[[0.0, 0.5, 0.5, 0.5], [0.5, 0.0, 0.5, 0.5], [0.5, 0.5, 0.0, 0.5], [0.5, 0.5, 0.5, 0.0]]> : tensor<4x4xf32>
  %0 = stablehlo.dot_general %half, %x, contracting_dims = [1] x [0] : (tensor<4x4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %1 = stablehlo.add %0, %k : tensor<4xf32>
  %2 = stablehlo.add %x, %1 : tensor<4xf32>
  return %2 : tensor<4xf32>
}
