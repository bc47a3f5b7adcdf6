// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @rank_3(
// CHECK-SAME:    %[[X:.+]]: tensor<2x3x4xf32>) -> tensor<3x4x2xf32>
// CHECK-NEXT:    %{{.+}} = stablehlo.transpose %[[X]], dims = [1, 2, 0] : (tensor<2x3x4xf32>) -> tensor<3x4x2xf32>
func.func @rank_3(%x: tensor<2x3x4xf32>) -> tensor<3x4x2xf32> {
  %y = stablehlo.transpose %x, dims = [1, 2, 0] : (tensor<2x3x4xf32>) -> tensor<3x4x2xf32>
  return %y : tensor<3x4x2xf32>
}

// CHECK-LABEL: func.func @scalar(
// CHECK-SAME:    %[[X:.+]]: tensor<f32>) -> tensor<f32>
// CHECK-NEXT:    %{{.+}} = stablehlo.transpose %[[X]], dims = [] : (tensor<f32>) -> tensor<f32>
func.func @scalar(%x: tensor<f32>) -> tensor<f32> {
  %y = stablehlo.transpose %x, dims = [] : (tensor<f32>) -> tensor<f32>
  return %y : tensor<f32>
}

// CHECK-LABEL: func.func @layout(
// CHECK-SAME:    %[[X:.+]]: tensor<?x3xf32>) -> tensor<3x?xf32>
// CHECK-NEXT:    %{{.+}} = stablehlo.transpose %[[X]], dims = [1, 0] {result_layout = dense<[0, 1]> : tensor<2xindex>} : (tensor<?x3xf32>) -> tensor<3x?xf32>
func.func @layout(%x: tensor<?x3xf32>) -> tensor<3x?xf32> {
  %y = stablehlo.transpose %x, dims = [1, 0] {result_layout = dense<[0, 1]> : tensor<2xindex>} : (tensor<?x3xf32>) -> tensor<3x?xf32>
  return %y : tensor<3x?xf32>
}
