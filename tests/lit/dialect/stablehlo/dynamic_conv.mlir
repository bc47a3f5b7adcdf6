// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @padding_as_operand(
// CHECK-SAME:    %[[X:.+]]: tensor<1x8x8x2xf32>, %[[W:.+]]: tensor<3x3x2x4xf32>, %[[PADDING:.+]]: tensor<2x2xi32>) -> tensor<1x?x?x4xf32>
// CHECK-NEXT:    %{{.+}} = "stablehlo.dynamic_conv"(%[[X]], %[[W]], %[[PADDING]]) <{batch_group_count = 1 : i64, dimension_numbers = #stablehlo.conv<[b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f]>, feature_group_count = 1 : i64, window_strides = array<i64: 1, 1>}> : (tensor<1x8x8x2xf32>, tensor<3x3x2x4xf32>, tensor<2x2xi32>) -> tensor<1x?x?x4xf32>
func.func @padding_as_operand(%x: tensor<1x8x8x2xf32>, %w: tensor<3x3x2x4xf32>, %padding: tensor<2x2xi32>) -> tensor<1x?x?x4xf32> {
  %y = "stablehlo.dynamic_conv"(%x, %w, %padding) <{batch_group_count = 1 : i64, dimension_numbers = #stablehlo.conv<[b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f]>, feature_group_count = 1 : i64, window_strides = array<i64: 1, 1>}> : (tensor<1x8x8x2xf32>, tensor<3x3x2x4xf32>, tensor<2x2xi32>) -> tensor<1x?x?x4xf32>
  return %y : tensor<1x?x?x4xf32>
}
