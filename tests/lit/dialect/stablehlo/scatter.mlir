// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @add_rows(
// CHECK-SAME:    %[[X:.+]]: tensor<5x3xf32>, %[[INDICES:.+]]: tensor<2x1xi32>, %[[UPDATES:.+]]: tensor<2x3xf32>) -> tensor<5x3xf32>
// CHECK-NEXT:    %{{.+}} = "stablehlo.scatter"(%[[X]], %[[INDICES]], %[[UPDATES]]) <{indices_are_sorted = false, scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [1], inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>, unique_indices = true}> ({
// CHECK-NEXT:    ^bb0(%[[A:.+]]: tensor<f32>, %[[B:.+]]: tensor<f32>):
// CHECK-NEXT:      %[[C:.+]] = stablehlo.add %[[A]], %[[B]] : tensor<f32>
// CHECK-NEXT:      stablehlo.return %[[C]] : tensor<f32>
// CHECK-NEXT:    }) : (tensor<5x3xf32>, tensor<2x1xi32>, tensor<2x3xf32>) -> tensor<5x3xf32>
func.func @add_rows(%x: tensor<5x3xf32>, %indices: tensor<2x1xi32>, %updates: tensor<2x3xf32>) -> tensor<5x3xf32> {
  %y = "stablehlo.scatter"(%x, %indices, %updates) <{indices_are_sorted = false, scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [1], inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>, unique_indices = true}> ({
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    %c = stablehlo.add %a, %b : tensor<f32>
    stablehlo.return %c : tensor<f32>
  }) : (tensor<5x3xf32>, tensor<2x1xi32>, tensor<2x3xf32>) -> tensor<5x3xf32>
  return %y : tensor<5x3xf32>
}

// CHECK-LABEL: func.func @batched(
// CHECK-SAME:    %[[X:.+]]: tensor<2x5xf32>, %[[INDICES:.+]]: tensor<2x4x1xi32>, %[[UPDATES:.+]]: tensor<2x4xf32>) -> tensor<2x5xf32>
// CHECK-NEXT:    %{{.+}} = "stablehlo.scatter"(%[[X]], %[[INDICES]], %[[UPDATES]]) <{scatter_dimension_numbers = #stablehlo.scatter<inserted_window_dims = [1], input_batching_dims = [0], scatter_indices_batching_dims = [0], scatter_dims_to_operand_dims = [1], index_vector_dim = 2>}> ({
// CHECK-NEXT:    ^bb0(%{{.+}}: tensor<f32>, %[[B:.+]]: tensor<f32>):
// CHECK-NEXT:      stablehlo.return %[[B]] : tensor<f32>
// CHECK-NEXT:    }) : (tensor<2x5xf32>, tensor<2x4x1xi32>, tensor<2x4xf32>) -> tensor<2x5xf32>
func.func @batched(%x: tensor<2x5xf32>, %indices: tensor<2x4x1xi32>, %updates: tensor<2x4xf32>) -> tensor<2x5xf32> {
  %y = "stablehlo.scatter"(%x, %indices, %updates) <{scatter_dimension_numbers = #stablehlo.scatter<inserted_window_dims = [1], input_batching_dims = [0], scatter_indices_batching_dims = [0], scatter_dims_to_operand_dims = [1], index_vector_dim = 2>}> ({
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    stablehlo.return %b : tensor<f32>
  }) : (tensor<2x5xf32>, tensor<2x4x1xi32>, tensor<2x4xf32>) -> tensor<2x5xf32>
  return %y : tensor<2x5xf32>
}
