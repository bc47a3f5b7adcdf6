// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse -split-input-file | FileCheck %s

// Y = A X:  X = A^-1 Y,  and -log|det A| is spread evenly over each column.

// CHECK-LABEL: func.func @unknown_rhs.inverse(
// CHECK-SAME:    %[[A:.+]]: tensor<3x3xf32>, %[[Y:.+]]: tensor<3x2xf32>)
// CHECK:         %[[X:.+]] = invhlo.solve %[[A]], %[[Y]] :
// CHECK:         %[[LOG_DET:.+]] = invhlo.log_abs_det %[[A]] :
// CHECK:         %[[LOST:.+]] = stablehlo.negate %[[LOG_DET]]
// CHECK:         %[[SHARE:.+]] = invhlo.spread_share %[[LOST]] along [] among 3 : tensor<f32> -> tensor<3x2xf32>
// CHECK:         return %[[X]], %[[SHARE]]
func.func @unknown_rhs(%a: tensor<3x3xf32>, %x: tensor<3x2xf32> {invhlo.unknown})
    -> tensor<3x2xf32> {
  %y = stablehlo.dot_general %a, %x, contracting_dims = [1] x [0] : (tensor<3x3xf32>, tensor<3x2xf32>) -> tensor<3x2xf32>
  return %y : tensor<3x2xf32>
}

// -----

// Transposed, it is the same.

// CHECK-LABEL: func.func @unknown_lhs.inverse(
// CHECK-SAME:    %[[A:.+]]: tensor<3x3xf32>, %[[Y:.+]]: tensor<2x3xf32>)
// CHECK-DAG:     %[[AT:.+]] = stablehlo.transpose %[[A]], dims = [1, 0]
// CHECK-DAG:     %[[YT:.+]] = stablehlo.transpose %[[Y]], dims = [1, 0]
// CHECK:         %[[XT:.+]] = invhlo.solve %[[AT]], %[[YT]] : tensor<3x3xf32>, tensor<3x2xf32>
// CHECK:         %[[X:.+]] = stablehlo.transpose %[[XT]], dims = [1, 0]
// CHECK:         %[[SHARE:.+]] = invhlo.spread_share {{.+}} along [] among 3 : tensor<f32> -> tensor<3x2xf32>
// CHECK:         %[[MOVED:.+]] = stablehlo.transpose %[[SHARE]], dims = [1, 0]
// CHECK:         return %[[X]], %[[MOVED]]
func.func @unknown_lhs(%a: tensor<3x3xf32>, %x: tensor<2x3xf32> {invhlo.unknown})
    -> tensor<2x3xf32> {
  %y = stablehlo.dot_general %x, %a, contracting_dims = [1] x [0] : (tensor<2x3xf32>, tensor<3x3xf32>) -> tensor<2x3xf32>
  return %y : tensor<2x3xf32>
}

// -----

// One matrix for each of the batch.

// CHECK-LABEL: func.func @batch.inverse(
// CHECK:         invhlo.solve {{.+}} : tensor<5x3x3xf32>, tensor<5x3x1xf32>
// CHECK:         invhlo.log_abs_det {{.+}} : tensor<5x3x3xf32>
// CHECK:         invhlo.spread_share {{.+}} along [0] among 3 : tensor<5xf32> -> tensor<5x3x1xf32>
func.func @batch(%a: tensor<5x3x3xf32>, %x: tensor<5x3xf32> {invhlo.unknown})
    -> tensor<5x3xf32> {
  %y = stablehlo.dot_general %a, %x, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<5x3x3xf32>, tensor<5x3xf32>) -> tensor<5x3xf32>
  return %y : tensor<5x3xf32>
}

// -----

// Without contraction it is a product of elements.

// CHECK-LABEL: func.func @elementwise.inverse(
// CHECK-NOT:     invhlo.solve
// CHECK:         stablehlo.divide {{.+}} : tensor<3x1x2xf32>
// CHECK:         stablehlo.log {{.+}} : tensor<3x1x1xf32>
// CHECK:         invhlo.spread_share {{.+}} along [0] among 1 : tensor<3xf32> -> tensor<3x1x2xf32>
func.func @elementwise(%a: tensor<3xf32>, %x: tensor<3x2xf32> {invhlo.unknown})
    -> tensor<3x2xf32> {
  %y = stablehlo.dot_general %a, %x, batching_dims = [0] x [0], contracting_dims = [] x [] : (tensor<3xf32>, tensor<3x2xf32>) -> tensor<3x2xf32>
  return %y : tensor<3x2xf32>
}

// -----

// The solution mixes the elements of a column, and so their shares.

// CHECK-LABEL: func.func @shares.inverse(
// CHECK-SAME:    %{{.+}}: tensor<3x3xf32>, %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[OWN:.+]] = invhlo.spread_share {{.+}} along [] among 3 : tensor<f32> -> tensor<3x1xf32>
// CHECK:         %[[OF_Y:.+]] = stablehlo.reshape %[[Y]] : (tensor<3xf32>) -> tensor<3x1xf32>
// CHECK:         %[[SUM:.+]] = stablehlo.reduce(%[[OF_Y]] {{.+}} applies stablehlo.add across dimensions = [0]
// CHECK:         %[[MIXED:.+]] = invhlo.spread_share %[[SUM]] along [1] among 3 : tensor<1xf32> -> tensor<3x1xf32>
// CHECK:         invhlo.sum_shares %[[MIXED]], %[[OWN]]
func.func @shares(%a: tensor<3x3xf32>, %x: tensor<3xf32> {invhlo.unknown})
    -> tensor<3xf32> {
  %z = stablehlo.dot_general %a, %x, contracting_dims = [1] x [0] : (tensor<3x3xf32>, tensor<3xf32>) -> tensor<3xf32>
  %y = stablehlo.log %z : tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// Half precision is solved in f32.

// CHECK-LABEL: func.func @half.inverse(
// CHECK-SAME:    %[[A:.+]]: tensor<3x3xbf16>, %[[Y:.+]]: tensor<3x3xbf16>)
// CHECK-DAG:     %[[WIDE_A:.+]] = stablehlo.convert %[[A]] : (tensor<3x3xbf16>) -> tensor<3x3xf32>
// CHECK-DAG:     %[[WIDE_Y:.+]] = stablehlo.convert %[[Y]] : (tensor<3x3xbf16>) -> tensor<3x3xf32>
// CHECK:         %[[WIDE_X:.+]] = invhlo.solve %[[WIDE_A]], %[[WIDE_Y]]
// CHECK:         stablehlo.convert %[[WIDE_X]] : (tensor<3x3xf32>) -> tensor<3x3xbf16>
// CHECK:         invhlo.spread_share {{.+}} : tensor<f32> -> tensor<3x3xf32>
func.func @half(%a: tensor<3x3xbf16>, %x: tensor<3x3xbf16> {invhlo.unknown})
    -> tensor<3x3xbf16> {
  %y = stablehlo.dot_general %a, %x, contracting_dims = [1] x [0] : (tensor<3x3xbf16>, tensor<3x3xbf16>) -> tensor<3x3xbf16>
  return %y : tensor<3x3xbf16>
}
