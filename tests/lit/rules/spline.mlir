// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse -split-input-file | FileCheck %s

// y = k x with k of the table entry of x. As many images are below y as knots are
// below x, which tells the entry; with it the formula is inverted. What is not
// in the bin is not found, nor is anything if knots are not in order.

// CHECK-LABEL: func.func @spline.inverse(
// CHECK-SAME:    %[[KNOTS:.+]]: tensor<1x4xf32>, %[[IMAGES:.+]]: tensor<1x4xf32>, %[[TABLE:.+]]: tensor<3x5xf32>, %[[Y:.+]]: tensor<3xf32>)
// CHECK-NOT:     invhlo.scan
// CHECK:         %[[SIGN:.+]] = stablehlo.select
// CHECK:         stablehlo.compare LE, %{{.+}} : (tensor<3x4xf32>, tensor<3x4xf32>)
// CHECK:         %[[COUNT:.+]] = stablehlo.reduce(%{{.+}}) applies stablehlo.add across dimensions = [1] : (tensor<3x4xi32>
// CHECK:         %[[STEP:.+]] = "stablehlo.gather"(%[[TABLE]], %{{.+}}) {{.+}} operand_batching_dims = [0]
// CHECK:         %[[X:.+]] = stablehlo.divide %[[Y]], %[[STEP]]
// CHECK:         %[[INSIDE:.+]] = stablehlo.and
// CHECK:         stablehlo.compare LE, %{{.+}} : (tensor<1x3xf32>, tensor<1x3xf32>)
// CHECK:         %[[RIGHT:.+]] = stablehlo.and %[[INSIDE]]
// CHECK:         stablehlo.select %[[RIGHT]], %[[X]], %
// CHECK:         return
func.func @spline(%knots: tensor<1x4xf32>, %images: tensor<1x4xf32>, %table: tensor<3x5xf32>, %x: tensor<3xf32> {invhlo.unknown}) -> tensor<3xf32> {
  %step = stablehlo.floor %x : tensor<3xf32>
  %v = stablehlo.multiply %x, %step : tensor<3xf32>
  %0 = invhlo.spline(%x) of (%step : tensor<3xf32>) in (%table : tensor<3x5xf32>) at [array<i64: 0, 1, 2, 3, 4>] between %knots to %images = %v : tensor<1x4xf32>, tensor<1x4xf32>, tensor<3xf32> {
  ^bb0(%at: tensor<3xf32>):
    %1 = stablehlo.multiply %at, %step : tensor<3xf32>
    invhlo.yield %1 : tensor<3xf32>
  }
  return %0 : tensor<3xf32>
}
