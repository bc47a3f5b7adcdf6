// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @rows(
// CHECK-SAME:    %[[TABLE:.+]]: tensor<5x3xf32>, %[[INDICES:.+]]: tensor<2x1xi32>, %[[SIZES:.+]]: tensor<2xi32>) -> tensor<2x3xf32>
// CHECK-NEXT:    %{{.+}} = "stablehlo.dynamic_gather"(%[[TABLE]], %[[INDICES]], %[[SIZES]]) <{dimension_numbers = #stablehlo.gather<offset_dims = [1], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1>, indices_are_sorted = false}> : (tensor<5x3xf32>, tensor<2x1xi32>, tensor<2xi32>) -> tensor<2x3xf32>
func.func @rows(%table: tensor<5x3xf32>, %indices: tensor<2x1xi32>, %sizes: tensor<2xi32>) -> tensor<2x3xf32> {
  %y = "stablehlo.dynamic_gather"(%table, %indices, %sizes) <{dimension_numbers = #stablehlo.gather<offset_dims = [1], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1>, indices_are_sorted = false}> : (tensor<5x3xf32>, tensor<2x1xi32>, tensor<2xi32>) -> tensor<2x3xf32>
  return %y : tensor<2x3xf32>
}
