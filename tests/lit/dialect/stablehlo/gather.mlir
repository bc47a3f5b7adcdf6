// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @rows(
// CHECK-SAME:    %[[TABLE:.+]]: tensor<5x3xf32>, %[[INDICES:.+]]: tensor<2x1xi32>) -> tensor<2x3xf32>
// CHECK-NEXT:    %{{.+}} = "stablehlo.gather"(%[[TABLE]], %[[INDICES]]) <{dimension_numbers = #stablehlo.gather<offset_dims = [1], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1>, indices_are_sorted = true, slice_sizes = array<i64: 1, 3>}> : (tensor<5x3xf32>, tensor<2x1xi32>) -> tensor<2x3xf32>
func.func @rows(%table: tensor<5x3xf32>, %indices: tensor<2x1xi32>) -> tensor<2x3xf32> {
  %y = "stablehlo.gather"(%table, %indices) <{dimension_numbers = #stablehlo.gather<offset_dims = [1], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1>, indices_are_sorted = true, slice_sizes = array<i64: 1, 3>}> : (tensor<5x3xf32>, tensor<2x1xi32>) -> tensor<2x3xf32>
  return %y : tensor<2x3xf32>
}

// CHECK-LABEL: func.func @batched(
// CHECK-SAME:    %[[TABLE:.+]]: tensor<2x5xf32>, %[[INDICES:.+]]: tensor<2x4x1xi32>) -> tensor<2x4xf32>
// CHECK-NEXT:    %{{.+}} = "stablehlo.gather"(%[[TABLE]], %[[INDICES]]) <{dimension_numbers = #stablehlo.gather<collapsed_slice_dims = [1], operand_batching_dims = [0], start_indices_batching_dims = [0], start_index_map = [1], index_vector_dim = 2>, slice_sizes = array<i64: 1, 1>}> : (tensor<2x5xf32>, tensor<2x4x1xi32>) -> tensor<2x4xf32>
func.func @batched(%table: tensor<2x5xf32>, %indices: tensor<2x4x1xi32>) -> tensor<2x4xf32> {
  %y = "stablehlo.gather"(%table, %indices) <{dimension_numbers = #stablehlo.gather<collapsed_slice_dims = [1], operand_batching_dims = [0], start_indices_batching_dims = [0], start_index_map = [1], index_vector_dim = 2>, slice_sizes = array<i64: 1, 1>}> : (tensor<2x5xf32>, tensor<2x4x1xi32>) -> tensor<2x4xf32>
  return %y : tensor<2x4xf32>
}
