// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse -split-input-file -verify-diagnostics | FileCheck %s

// A kernel of one point is a product over the features.

// CHECK-LABEL: func.func @pointwise.inverse(
// CHECK-SAME:    %[[K:.+]]: tensor<1x2x2xf32>, %[[Y:.+]]: tensor<1x5x2xf32>)
// CHECK:         %[[OUT_FIRST:.+]] = stablehlo.transpose %[[K]], dims = [0, 2, 1]
// CHECK:         %[[MATRIX:.+]] = stablehlo.reshape %[[OUT_FIRST]] : (tensor<1x2x2xf32>) -> tensor<2x2xf32>
// CHECK:         %[[FEATURES_FIRST:.+]] = stablehlo.transpose %[[Y]], dims = [2, 0, 1]
// CHECK:         %[[COLUMNS:.+]] = stablehlo.reshape %[[FEATURES_FIRST]] : (tensor<2x1x5xf32>) -> tensor<2x5xf32>
// CHECK:         invhlo.solve %[[MATRIX]], %[[COLUMNS]]
// CHECK:         invhlo.log_abs_det %[[MATRIX]]
func.func @pointwise(%x: tensor<1x5x2xf32> {invhlo.unknown}, %k: tensor<1x2x2xf32>)
    -> tensor<1x5x2xf32> {
  %y = stablehlo.convolution(%x, %k) dim_numbers = [b, 0, f]x[0, i, o]->[b, 0, f],
    window = {stride = [1], pad = [[0, 0]], lhs_dilate = [1], rhs_dilate = [1], reverse = [false]}
    {batch_group_count = 1 : i64, feature_group_count = 1 : i64}
    : (tensor<1x5x2xf32>, tensor<1x2x2xf32>) -> tensor<1x5x2xf32>
  return %y : tensor<1x5x2xf32>
}

// -----

// expected-note @+1 {{the unknown is argument #0}}
func.func @three_points(%x: tensor<1x5x2xf32> {invhlo.unknown}, %k: tensor<3x2x2xf32>)
    -> tensor<1x3x2xf32> {
  // expected-error @+1 {{cannot be inverted: its kernel is of more than one point}}
  %y = stablehlo.convolution(%x, %k) dim_numbers = [b, 0, f]x[0, i, o]->[b, 0, f],
    window = {stride = [1], pad = [[0, 0]], lhs_dilate = [1], rhs_dilate = [1], reverse = [false]}
    {batch_group_count = 1 : i64, feature_group_count = 1 : i64}
    : (tensor<1x5x2xf32>, tensor<3x2x2xf32>) -> tensor<1x3x2xf32>
  return %y : tensor<1x3x2xf32>
}

// -----

// expected-note @+1 {{the unknown is argument #1}}
func.func @unknown_kernel(%x: tensor<1x1x2xf32>, %k: tensor<1x2x2xf32> {invhlo.unknown})
    -> tensor<1x1x2xf32> {
  // expected-error @+1 {{cannot be inverted: its kernel depends on the unknown}}
  %y = stablehlo.convolution(%x, %k) dim_numbers = [b, 0, f]x[0, i, o]->[b, 0, f],
    window = {stride = [1], pad = [[0, 0]], lhs_dilate = [1], rhs_dilate = [1], reverse = [false]}
    {batch_group_count = 1 : i64, feature_group_count = 1 : i64}
    : (tensor<1x1x2xf32>, tensor<1x2x2xf32>) -> tensor<1x1x2xf32>
  return %y : tensor<1x1x2xf32>
}
