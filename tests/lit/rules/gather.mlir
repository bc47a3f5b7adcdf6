// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse -split-input-file | FileCheck %s

// A permutation of rows at literal places is undone by the inverse permutation.

// CHECK-LABEL: func.func @rows.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3x2xf32>)
// CHECK:         %[[Z:.+]] = stablehlo.exponential %[[Y]]
// CHECK:         %[[PLACES:.+]] = stablehlo.constant dense<{{\[\[}}1], [2], [0]]>
// CHECK:         %[[X:.+]] = "stablehlo.gather"(%[[Z]], %[[PLACES]])
// CHECK-SAME:    offset_dims = [1], collapsed_slice_dims = [0], start_index_map = [0]
// CHECK-SAME:    slice_sizes = array<i64: 1, 2>
// CHECK:         %[[SHARE:.+]] = "stablehlo.gather"(%[[Y]], %[[PLACES]])
// CHECK:         return %[[X]], %[[SHARE]]
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
// CHECK-DAG:     %[[PLACES_A:.+]] = stablehlo.constant dense<{{\[\[}}1], [0], [0], [0]]>
// CHECK-DAG:     %[[SPREAD_A:.+]] = "stablehlo.gather"(%[[A]], %[[PLACES_A]])
// CHECK-DAG:     %[[PLACES_B:.+]] = stablehlo.constant dense<{{\[\[}}0], [0], [1], [0]]>
// CHECK-DAG:     %[[SPREAD_B:.+]] = "stablehlo.gather"(%[[B]], %[[PLACES_B]])
// CHECK-DAG:     %[[OF_B:.+]] = stablehlo.constant dense<[false, true, true, false]>
// CHECK:         %[[X:.+]] = stablehlo.select %[[OF_B]], %[[SPREAD_B]], %[[SPREAD_A]]
// CHECK:         return %[[X]],
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
// CHECK:         %[[PLACES:.+]] = stablehlo.constant dense<{{\[\[}}1], [0]]>
// CHECK:         %[[X:.+]] = "stablehlo.gather"(%[[Y]], %[[PLACES]]) {{.+}} -> tensor<2x3xf32>
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
// CHECK:         %[[PLACES:.+]] = stablehlo.constant dense<{{\[\[}}1], [2], [0], [4], [3], [5]]>
// CHECK:         %[[MOVED:.+]] = "stablehlo.gather"(%[[FLAT]], %[[PLACES]])
// CHECK:         %[[X:.+]] = stablehlo.reshape %[[MOVED]]
// CHECK:         return %[[X]]
func.func @batch(%x: tensor<2x3xf32>) -> tensor<2x3xf32> {
  %i = stablehlo.constant dense<[[[2], [0], [1]], [[1], [0], [9]]]> : tensor<2x3x1xi32>
  %y = "stablehlo.gather"(%x, %i) <{dimension_numbers = #stablehlo.gather<collapsed_slice_dims = [1], operand_batching_dims = [0], start_indices_batching_dims = [0], start_index_map = [1], index_vector_dim = 2>, slice_sizes = array<i64: 1, 1>}> : (tensor<2x3xf32>, tensor<2x3x1xi32>) -> tensor<2x3xf32>
  return %y : tensor<2x3xf32>
}

// -----

// Entries of a literal table tell their places, by a table from the least entry
// to the largest.

// CHECK-LABEL: func.func @table.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xi8>)
// CHECK:         %[[LEAST:.+]] = stablehlo.constant dense<-7>
// CHECK-NEXT:    %[[ABOVE:.+]] = stablehlo.subtract %[[Y]], %[[LEAST]]
// CHECK-NEXT:    %[[UNSIGNED:.+]] = stablehlo.bitcast_convert %[[ABOVE]] : (tensor<3xi8>) -> tensor<3xui8>
// CHECK-NEXT:    %[[NUMBER:.+]] = stablehlo.convert %[[UNSIGNED]] : (tensor<3xui8>) -> tensor<3xi32>
// CHECK-NEXT:    %[[INDEX:.+]] = stablehlo.reshape %[[NUMBER]]
// CHECK-NEXT:    %[[PLACES:.+]] = stablehlo.constant dense<[3, 0, 2, 0, 1]> : tensor<5xi32>
// CHECK-NEXT:    %[[FOUND:.+]] = "stablehlo.gather"(%[[PLACES]], %[[INDEX]])
// CHECK-NEXT:    %[[X:.+]] = stablehlo.reshape %[[FOUND]]
// CHECK:         return %[[X]],
func.func @table(%x: tensor<3x1xi32>) -> tensor<3xi8> {
  %t = stablehlo.constant dense<[-6, -3, -5, -7]> : tensor<4xi8>
  %y = "stablehlo.gather"(%t, %x) <{dimension_numbers = #stablehlo.gather<collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1>, indices_are_sorted = false, slice_sizes = array<i64: 1>}> : (tensor<4xi8>, tensor<3x1xi32>) -> tensor<3xi8>
  return %y : tensor<3xi8>
}

// -----

// What is no integer, or far apart, is compared with each.

// CHECK-LABEL: func.func @compared.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[EACH:.+]] = stablehlo.broadcast_in_dim %[[Y]], dims = [0] : (tensor<3xf32>) -> tensor<3x2xf32>
// CHECK:         %[[IS:.+]] = stablehlo.compare EQ, %[[EACH]], %{{.+}}
// CHECK-NEXT:    %[[PLACES:.+]] = stablehlo.iota dim = 1 : tensor<3x2xi32>
// CHECK:         %[[FOUND:.+]] = stablehlo.select %[[IS]], %[[PLACES]], %{{.+}}
// CHECK:         %[[SUM:.+]] = stablehlo.reduce(%[[FOUND]] init: %{{.+}}) applies stablehlo.add across dimensions = [1]
// CHECK-NEXT:    %[[X:.+]] = stablehlo.reshape %[[SUM]]
// CHECK:         return %[[X]],
func.func @compared(%x: tensor<3x1xi32>) -> tensor<3xf32> {
  %t = stablehlo.constant dense<[0.5, -1.5]> : tensor<2xf32>
  %y = "stablehlo.gather"(%t, %x) <{dimension_numbers = #stablehlo.gather<collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1>, indices_are_sorted = false, slice_sizes = array<i64: 1>}> : (tensor<2xf32>, tensor<3x1xi32>) -> tensor<3xf32>
  return %y : tensor<3xf32>
}
