// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse -split-input-file | FileCheck %s

// At literal places a gather moves elements.

// A permutation of rows, by its inverse.
// CHECK-LABEL: func.func @rows.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3x2xf32>)
// CHECK:         %[[EXPONENTIAL:.+]] = stablehlo.exponential %[[Y]] : tensor<3x2xf32>
// CHECK:         %[[C:.+]] = stablehlo.constant dense<{{\[\[}}1], [2], [0]]> : tensor<3x1xi32>
// CHECK:         %[[GATHER:.+]] = "stablehlo.gather"(%[[EXPONENTIAL]], %[[C]]) <{dimension_numbers = #stablehlo.gather<offset_dims = [1], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1>, indices_are_sorted = false, slice_sizes = array<i64: 1, 2>}> : (tensor<3x2xf32>, tensor<3x1xi32>) -> tensor<3x2xf32>
// CHECK:         %[[GATHER2:.+]] = "stablehlo.gather"(%[[Y]], %[[C]]) <{dimension_numbers = #stablehlo.gather<offset_dims = [1], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1>, indices_are_sorted = false, slice_sizes = array<i64: 1, 2>}> : (tensor<3x2xf32>, tensor<3x1xi32>) -> tensor<3x2xf32>
// CHECK:         return %[[GATHER]], %[[GATHER2]] : tensor<3x2xf32>, tensor<3x2xf32>
func.func @rows(%x: tensor<3x2xf32>) -> tensor<3x2xf32> {
  %i = stablehlo.constant dense<[[2], [0], [1]]> : tensor<3x1xi32>
  %g = "stablehlo.gather"(%x, %i) <{dimension_numbers = #stablehlo.gather<offset_dims = [1], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1>, slice_sizes = array<i64: 1, 2>}> : (tensor<3x2xf32>, tensor<3x1xi32>) -> tensor<3x2xf32>
  %y = stablehlo.log %g : tensor<3x2xf32>
  return %y : tensor<3x2xf32>
}

// -----

// Two gathers that share no element.
// CHECK-LABEL: func.func @parts.inverse(
// CHECK-SAME:    %[[A:.+]]: tensor<2xf32>, %[[B:.+]]: tensor<2xf32>)
// CHECK:         %[[C:.+]] = stablehlo.constant dense<{{\[\[}}1], [0], [0], [0]]> : tensor<4x1xi32>
// CHECK:         %[[GATHER:.+]] = "stablehlo.gather"(%[[A]], %[[C]]) <{dimension_numbers = #stablehlo.gather<collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1>, indices_are_sorted = false, slice_sizes = array<i64: 1>}> : (tensor<2xf32>, tensor<4x1xi32>) -> tensor<4xf32>
// CHECK:         %[[C2:.+]] = stablehlo.constant dense<{{\[\[}}0], [0], [1], [0]]> : tensor<4x1xi32>
// CHECK:         %[[GATHER2:.+]] = "stablehlo.gather"(%[[B]], %[[C2]]) <{dimension_numbers = #stablehlo.gather<collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1>, indices_are_sorted = false, slice_sizes = array<i64: 1>}> : (tensor<2xf32>, tensor<4x1xi32>) -> tensor<4xf32>
// CHECK:         %[[C3:.+]] = stablehlo.constant dense<[false, true, true, false]> : tensor<4xi1>
// CHECK:         %[[SELECT:.+]] = stablehlo.select %[[C3]], %[[GATHER2]], %[[GATHER]] : tensor<4xi1>, tensor<4xf32>
// CHECK:         %[[C4:.+]] = stablehlo.constant dense<0.000000e+00> : tensor<4xf32>
// CHECK:         return %[[SELECT]], %[[C4]] : tensor<4xf32>, tensor<4xf32>
func.func @parts(%x: tensor<4xf32>) -> (tensor<2xf32>, tensor<2xf32>) {
  %i = stablehlo.constant dense<[[3], [0]]> : tensor<2x1xi32>
  %j = stablehlo.constant dense<[[1], [2]]> : tensor<2x1xi32>
  %a = "stablehlo.gather"(%x, %i) <{dimension_numbers = #stablehlo.gather<collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1>, slice_sizes = array<i64: 1>}> : (tensor<4xf32>, tensor<2x1xi32>) -> tensor<2xf32>
  %b = "stablehlo.gather"(%x, %j) <{dimension_numbers = #stablehlo.gather<collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1>, slice_sizes = array<i64: 1>}> : (tensor<4xf32>, tensor<2x1xi32>) -> tensor<2xf32>
  return %a, %b : tensor<2xf32>, tensor<2xf32>
}

// -----

// Rows that become columns.
// CHECK-LABEL: func.func @rows_as_columns.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3x2xf32>)
// CHECK:         %[[I:.+]] = stablehlo.constant dense<{{\[\[}}1], [0]]> : tensor<2x1xi32>
// CHECK:         %[[X:.+]] = "stablehlo.gather"(%[[Y]], %[[I]]) {{.+}} -> tensor<2x3xf32>
// CHECK:         return %[[X]]
func.func @rows_as_columns(%x: tensor<2x3xf32>) -> tensor<3x2xf32> {
  %i = stablehlo.constant dense<[[1], [0]]> : tensor<2x1xi32>
  %y = "stablehlo.gather"(%x, %i) <{dimension_numbers = #stablehlo.gather<offset_dims = [0], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1>, slice_sizes = array<i64: 1, 3>}> : (tensor<2x3xf32>, tensor<2x1xi32>) -> tensor<3x2xf32>
  return %y : tensor<3x2xf32>
}

// -----

// Each row by its own indices, of which one is moved inside.
// CHECK-LABEL: func.func @batch.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<2x3xf32>)
// CHECK:         %[[FLAT:.+]] = stablehlo.reshape %[[Y]]
// CHECK:         %[[I:.+]] = stablehlo.constant dense<{{\[\[}}1], [2], [0], [4], [3], [5]]> : tensor<6x1xi32>
// CHECK:         %[[X:.+]] = "stablehlo.gather"(%[[FLAT]], %[[I]])
// CHECK:         stablehlo.reshape %[[X]]
func.func @batch(%x: tensor<2x3xf32>) -> tensor<2x3xf32> {
  %i = stablehlo.constant dense<[[[2], [0], [1]], [[1], [0], [9]]]> : tensor<2x3x1xi32>
  %y = "stablehlo.gather"(%x, %i) <{dimension_numbers = #stablehlo.gather<collapsed_slice_dims = [1], operand_batching_dims = [0], start_indices_batching_dims = [0], start_index_map = [1], index_vector_dim = 2>, slice_sizes = array<i64: 1, 1>}> : (tensor<2x3xf32>, tensor<2x3x1xi32>) -> tensor<2x3xf32>
  return %y : tensor<2x3xf32>
}
