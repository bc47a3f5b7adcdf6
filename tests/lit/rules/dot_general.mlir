// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse -split-input-file | FileCheck %s

// Y = A X:  X = A^-1 Y,  and -log|det A| is spread evenly over each column.

// CHECK-LABEL: func.func @unknown_rhs.inverse(
// CHECK-SAME:    %[[A:.+]]: tensor<3x3xf32>, %[[Y:.+]]: tensor<3x2xf32>)
// CHECK:         %[[SOLUTION:.+]] = invhlo.solve %[[A]], %[[Y]] : tensor<3x3xf32>, tensor<3x2xf32>
// CHECK:         %[[LOG_DET:.+]] = invhlo.log_abs_det %[[A]] : tensor<3x3xf32>
// CHECK:         %[[C:.+]] = stablehlo.constant dense<-0.333333343> : tensor<f32>
// CHECK:         %[[MULTIPLY:.+]] = stablehlo.multiply %[[C]], %[[LOG_DET]] : tensor<f32>
// CHECK:         %[[B:.+]] = stablehlo.broadcast_in_dim %[[MULTIPLY]], dims = [] : (tensor<f32>) -> tensor<3x2xf32>
// CHECK:         return %[[SOLUTION]], %[[B]] : tensor<3x2xf32>, tensor<3x2xf32>
func.func @unknown_rhs(%a: tensor<3x3xf32>, %x: tensor<3x2xf32> {invhlo.unknown})
    -> tensor<3x2xf32> {
  %y = stablehlo.dot_general %a, %x, contracting_dims = [1] x [0] : (tensor<3x3xf32>, tensor<3x2xf32>) -> tensor<3x2xf32>
  return %y : tensor<3x2xf32>
}

// -----

// Transposed, it is the same.
// CHECK-LABEL: func.func @unknown_lhs.inverse(
// CHECK-SAME:    %[[A:.+]]: tensor<3x3xf32>, %[[Y:.+]]: tensor<2x3xf32>)
// CHECK:         %[[TRANSPOSE:.+]] = stablehlo.transpose %[[A]], dims = [1, 0] : (tensor<3x3xf32>) -> tensor<3x3xf32>
// CHECK:         %[[TRANSPOSE2:.+]] = stablehlo.transpose %[[Y]], dims = [1, 0] : (tensor<2x3xf32>) -> tensor<3x2xf32>
// CHECK:         %[[SOLUTION:.+]] = invhlo.solve %[[TRANSPOSE]], %[[TRANSPOSE2]] : tensor<3x3xf32>, tensor<3x2xf32>
// CHECK:         %[[TRANSPOSE3:.+]] = stablehlo.transpose %[[SOLUTION]], dims = [1, 0] : (tensor<3x2xf32>) -> tensor<2x3xf32>
// CHECK:         %[[LOG_DET:.+]] = invhlo.log_abs_det %[[TRANSPOSE]] : tensor<3x3xf32>
// CHECK:         %[[C:.+]] = stablehlo.constant dense<-0.333333343> : tensor<f32>
// CHECK:         %[[MULTIPLY:.+]] = stablehlo.multiply %[[C]], %[[LOG_DET]] : tensor<f32>
// CHECK:         %[[B:.+]] = stablehlo.broadcast_in_dim %[[MULTIPLY]], dims = [] : (tensor<f32>) -> tensor<3x2xf32>
// CHECK:         %[[TRANSPOSE4:.+]] = stablehlo.transpose %[[B]], dims = [1, 0] : (tensor<3x2xf32>) -> tensor<2x3xf32>
// CHECK:         return %[[TRANSPOSE3]], %[[TRANSPOSE4]] : tensor<2x3xf32>, tensor<2x3xf32>
func.func @unknown_lhs(%a: tensor<3x3xf32>, %x: tensor<2x3xf32> {invhlo.unknown})
    -> tensor<2x3xf32> {
  %y = stablehlo.dot_general %x, %a, contracting_dims = [1] x [0] : (tensor<2x3xf32>, tensor<3x3xf32>) -> tensor<2x3xf32>
  return %y : tensor<2x3xf32>
}

// -----

// One matrix for each of the batch.
// CHECK-LABEL: func.func @batch.inverse(
// CHECK-SAME:    %[[A:.+]]: tensor<5x3x3xf32>, %[[Y:.+]]: tensor<5x3xf32>)
// CHECK:         %[[RESHAPE:.+]] = stablehlo.reshape %[[Y]] : (tensor<5x3xf32>) -> tensor<5x3x1xf32>
// CHECK:         %[[SOLUTION:.+]] = invhlo.solve %[[A]], %[[RESHAPE]] : tensor<5x3x3xf32>, tensor<5x3x1xf32>
// CHECK:         %[[RESHAPE2:.+]] = stablehlo.reshape %[[SOLUTION]] : (tensor<5x3x1xf32>) -> tensor<5x3xf32>
// CHECK:         %[[LOG_DET:.+]] = invhlo.log_abs_det %[[A]] : tensor<5x3x3xf32>
// CHECK:         %[[C:.+]] = stablehlo.constant dense<-0.333333343> : tensor<5xf32>
// CHECK:         %[[MULTIPLY:.+]] = stablehlo.multiply %[[C]], %[[LOG_DET]] : tensor<5xf32>
// CHECK:         %[[B:.+]] = stablehlo.broadcast_in_dim %[[MULTIPLY]], dims = [0] : (tensor<5xf32>) -> tensor<5x3x1xf32>
// CHECK:         %[[RESHAPE3:.+]] = stablehlo.reshape %[[B]] : (tensor<5x3x1xf32>) -> tensor<5x3xf32>
// CHECK:         return %[[RESHAPE2]], %[[RESHAPE3]] : tensor<5x3xf32>, tensor<5x3xf32>
func.func @batch(%a: tensor<5x3x3xf32>, %x: tensor<5x3xf32> {invhlo.unknown})
    -> tensor<5x3xf32> {
  %y = stablehlo.dot_general %a, %x, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<5x3x3xf32>, tensor<5x3xf32>) -> tensor<5x3xf32>
  return %y : tensor<5x3xf32>
}

// -----

// Without contraction it is a product of elements.
// CHECK-LABEL: func.func @elementwise.inverse(
// CHECK-SAME:    %[[A:.+]]: tensor<3xf32>, %[[Y:.+]]: tensor<3x2xf32>)
// CHECK:         %[[RESHAPE:.+]] = stablehlo.reshape %[[A]] : (tensor<3xf32>) -> tensor<3x1x1xf32>
// CHECK:         %[[RESHAPE2:.+]] = stablehlo.reshape %[[Y]] : (tensor<3x2xf32>) -> tensor<3x1x2xf32>
// CHECK:         %[[B:.+]] = stablehlo.broadcast_in_dim %[[RESHAPE]], dims = [0, 1, 2] : (tensor<3x1x1xf32>) -> tensor<3x1x2xf32>
// CHECK:         %[[DIVIDE:.+]] = stablehlo.divide %[[RESHAPE2]], %[[B]] : tensor<3x1x2xf32>
// CHECK:         %[[RESHAPE3:.+]] = stablehlo.reshape %[[DIVIDE]] : (tensor<3x1x2xf32>) -> tensor<3x2xf32>
// CHECK:         %[[ABS:.+]] = stablehlo.abs %[[RESHAPE]] : tensor<3x1x1xf32>
// CHECK:         %[[LOG:.+]] = stablehlo.log %[[ABS]] : tensor<3x1x1xf32>
// CHECK:         %[[RESHAPE4:.+]] = stablehlo.reshape %[[LOG]] : (tensor<3x1x1xf32>) -> tensor<3xf32>
// CHECK:         %[[C:.+]] = stablehlo.constant dense<-1.000000e+00> : tensor<3xf32>
// CHECK:         %[[MULTIPLY:.+]] = stablehlo.multiply %[[C]], %[[RESHAPE4]] : tensor<3xf32>
// CHECK:         %[[B2:.+]] = stablehlo.broadcast_in_dim %[[MULTIPLY]], dims = [0] : (tensor<3xf32>) -> tensor<3x1x2xf32>
// CHECK:         %[[RESHAPE5:.+]] = stablehlo.reshape %[[B2]] : (tensor<3x1x2xf32>) -> tensor<3x2xf32>
// CHECK:         return %[[RESHAPE3]], %[[RESHAPE5]] : tensor<3x2xf32>, tensor<3x2xf32>
func.func @elementwise(%a: tensor<3xf32>, %x: tensor<3x2xf32> {invhlo.unknown})
    -> tensor<3x2xf32> {
  %y = stablehlo.dot_general %a, %x, batching_dims = [0] x [0], contracting_dims = [] x [] : (tensor<3xf32>, tensor<3x2xf32>) -> tensor<3x2xf32>
  return %y : tensor<3x2xf32>
}

// -----

// The solution mixes the elements of a column, and so their shares.
// CHECK-LABEL: func.func @shares.inverse(
// CHECK-SAME:    %[[A:.+]]: tensor<3x3xf32>, %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[EXPONENTIAL:.+]] = stablehlo.exponential %[[Y]] : tensor<3xf32>
// CHECK:         %[[RESHAPE:.+]] = stablehlo.reshape %[[EXPONENTIAL]] : (tensor<3xf32>) -> tensor<3x1xf32>
// CHECK:         %[[SOLUTION:.+]] = invhlo.solve %[[A]], %[[RESHAPE]] : tensor<3x3xf32>, tensor<3x1xf32>
// CHECK:         %[[RESHAPE2:.+]] = stablehlo.reshape %[[SOLUTION]] : (tensor<3x1xf32>) -> tensor<3xf32>
// CHECK:         %[[LOG_DET:.+]] = invhlo.log_abs_det %[[A]] : tensor<3x3xf32>
// CHECK:         %[[C:.+]] = stablehlo.constant dense<-0.333333343> : tensor<f32>
// CHECK:         %[[MULTIPLY:.+]] = stablehlo.multiply %[[C]], %[[LOG_DET]] : tensor<f32>
// CHECK:         %[[B:.+]] = stablehlo.broadcast_in_dim %[[MULTIPLY]], dims = [] : (tensor<f32>) -> tensor<3x1xf32>
// CHECK:         %[[RESHAPE3:.+]] = stablehlo.reshape %[[Y]] : (tensor<3xf32>) -> tensor<3x1xf32>
// CHECK:         %[[C2:.+]] = stablehlo.constant dense<0.000000e+00> : tensor<f32>
// CHECK:         %[[REDUCE:.+]] = stablehlo.reduce(%[[RESHAPE3]] init: %[[C2]]) applies stablehlo.add across dimensions = [0] : (tensor<3x1xf32>, tensor<f32>) -> tensor<1xf32>
// CHECK:         %[[C3:.+]] = stablehlo.constant dense<0.333333343> : tensor<1xf32>
// CHECK:         %[[MULTIPLY2:.+]] = stablehlo.multiply %[[C3]], %[[REDUCE]] : tensor<1xf32>
// CHECK:         %[[B2:.+]] = stablehlo.broadcast_in_dim %[[MULTIPLY2]], dims = [1] : (tensor<1xf32>) -> tensor<3x1xf32>
// CHECK:         %[[ADD:.+]] = stablehlo.add %[[B]], %[[B2]] : tensor<3x1xf32>
// CHECK:         %[[RESHAPE4:.+]] = stablehlo.reshape %[[ADD]] : (tensor<3x1xf32>) -> tensor<3xf32>
// CHECK:         return %[[RESHAPE2]], %[[RESHAPE4]] : tensor<3xf32>, tensor<3xf32>
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
// CHECK:         %[[CONVERT:.+]] = stablehlo.convert %[[A]] : (tensor<3x3xbf16>) -> tensor<3x3xf32>
// CHECK:         %[[CONVERT2:.+]] = stablehlo.convert %[[Y]] : (tensor<3x3xbf16>) -> tensor<3x3xf32>
// CHECK:         %[[SOLUTION:.+]] = invhlo.solve %[[CONVERT]], %[[CONVERT2]] : tensor<3x3xf32>, tensor<3x3xf32>
// CHECK:         %[[CONVERT3:.+]] = stablehlo.convert %[[SOLUTION]] : (tensor<3x3xf32>) -> tensor<3x3xbf16>
// CHECK:         %[[LOG_DET:.+]] = invhlo.log_abs_det %[[CONVERT]] : tensor<3x3xf32>
// CHECK:         %[[C:.+]] = stablehlo.constant dense<-0.333333343> : tensor<f32>
// CHECK:         %[[MULTIPLY:.+]] = stablehlo.multiply %[[C]], %[[LOG_DET]] : tensor<f32>
// CHECK:         %[[B:.+]] = stablehlo.broadcast_in_dim %[[MULTIPLY]], dims = [] : (tensor<f32>) -> tensor<3x3xf32>
// CHECK:         return %[[CONVERT3]], %[[B]] : tensor<3x3xbf16>, tensor<3x3xf32>
func.func @half(%a: tensor<3x3xbf16>, %x: tensor<3x3xbf16> {invhlo.unknown})
    -> tensor<3x3xbf16> {
  %y = stablehlo.dot_general %a, %x, contracting_dims = [1] x [0] : (tensor<3x3xbf16>, tensor<3x3xbf16>) -> tensor<3x3xbf16>
  return %y : tensor<3x3xbf16>
}
