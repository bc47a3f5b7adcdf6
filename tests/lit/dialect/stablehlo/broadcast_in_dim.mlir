// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @row(
// CHECK-SAME:    %[[X:.+]]: tensor<3xf32>) -> tensor<2x3xf32>
// CHECK-NEXT:    %{{.+}} = stablehlo.broadcast_in_dim %[[X]], dims = [1] : (tensor<3xf32>) -> tensor<2x3xf32>
func.func @row(%x: tensor<3xf32>) -> tensor<2x3xf32> {
  %y = stablehlo.broadcast_in_dim %x, dims = [1] : (tensor<3xf32>) -> tensor<2x3xf32>
  return %y : tensor<2x3xf32>
}

// CHECK-LABEL: func.func @scalar(
// CHECK-SAME:    %[[X:.+]]: tensor<f32>) -> tensor<2x3xf32>
// CHECK-NEXT:    %{{.+}} = stablehlo.broadcast_in_dim %[[X]], dims = [] : (tensor<f32>) -> tensor<2x3xf32>
func.func @scalar(%x: tensor<f32>) -> tensor<2x3xf32> {
  %y = stablehlo.broadcast_in_dim %x, dims = [] : (tensor<f32>) -> tensor<2x3xf32>
  return %y : tensor<2x3xf32>
}
