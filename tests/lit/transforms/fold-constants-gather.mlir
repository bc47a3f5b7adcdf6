// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-fold-constants | FileCheck %s

// Gathers, scatters and reductions of literals. XLA gives the same.

// A gather moves windows inside.
// CHECK-LABEL: func.func @gather(
// CHECK-NEXT:    %[[C:.+]] = stablehlo.constant dense<{{\[\[}}3, 4], [0, 1], [1, 2]]> : tensor<3x2xi32>
// CHECK-NEXT:    return %[[C]]
func.func @gather() -> tensor<3x2xi32> {
  %x = stablehlo.constant dense<[0, 1, 2, 3, 4]> : tensor<5xi32>
  %i = stablehlo.constant dense<[[4], [-1], [1]]> : tensor<3x1xi32>
  %y = "stablehlo.gather"(%x, %i) <{
    dimension_numbers = #stablehlo.gather<offset_dims = [1], start_index_map = [0], index_vector_dim = 1>,
    slice_sizes = array<i64: 2>
  }> : (tensor<5xi32>, tensor<3x1xi32>) -> tensor<3x2xi32>
  return %y : tensor<3x2xi32>
}

// The index vectors are columns, and name the dimensions in another order.
// CHECK-LABEL: func.func @gather_elements(
// CHECK-NEXT:    %[[C:.+]] = stablehlo.constant dense<[1, 12, 20]> : tensor<3xi32>
// CHECK-NEXT:    return %[[C]]
func.func @gather_elements() -> tensor<3xi32> {
  %x = stablehlo.constant dense<[[0, 1, 2], [10, 11, 12], [20, 21, 22]]> : tensor<3x3xi32>
  %i = stablehlo.constant dense<[[1, 2, 0], [0, 1, 2]]> : tensor<2x3xi32>
  %y = "stablehlo.gather"(%x, %i) <{
    dimension_numbers = #stablehlo.gather<collapsed_slice_dims = [0, 1], start_index_map = [1, 0], index_vector_dim = 0>,
    slice_sizes = array<i64: 1, 1>
  }> : (tensor<3x3xi32>, tensor<2x3xi32>) -> tensor<3xi32>
  return %y : tensor<3xi32>
}

// An index for each row: jnp.take_along_axis(x, i, axis=1).
// CHECK-LABEL: func.func @gather_batch(
// CHECK-NEXT:    %[[C:.+]] = stablehlo.constant dense<{{\[\[}}2, 0], [11, 11]]> : tensor<2x2xi32>
// CHECK-NEXT:    return %[[C]]
func.func @gather_batch() -> tensor<2x2xi32> {
  %x = stablehlo.constant dense<[[0, 1, 2], [10, 11, 12]]> : tensor<2x3xi32>
  %i = stablehlo.constant dense<[[[2], [0]], [[1], [1]]]> : tensor<2x2x1xi32>
  %y = "stablehlo.gather"(%x, %i) <{
    dimension_numbers = #stablehlo.gather<collapsed_slice_dims = [1], operand_batching_dims = [0], start_indices_batching_dims = [0], start_index_map = [1], index_vector_dim = 2>,
    slice_sizes = array<i64: 1, 1>
  }> : (tensor<2x3xi32>, tensor<2x2x1xi32>) -> tensor<2x2xi32>
  return %y : tensor<2x2xi32>
}

// A scatter drops windows that are not wholly inside.
// CHECK-LABEL: func.func @scatter(
// CHECK-NEXT:    %[[C:.+]] = stablehlo.constant dense<[0, 5, 6, 7, 8]> : tensor<5xi32>
// CHECK-NEXT:    return %[[C]]
func.func @scatter() -> tensor<5xi32> {
  %x = stablehlo.constant dense<0> : tensor<5xi32>
  %i = stablehlo.constant dense<[[4], [1], [-1], [3]]> : tensor<4x1xi32>
  %u = stablehlo.constant dense<[[1, 2], [5, 6], [3, 4], [7, 8]]> : tensor<4x2xi32>
  %y = "stablehlo.scatter"(%x, %i, %u) <{
    scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [1], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>
  }> ({
  ^bb0(%a: tensor<i32>, %b: tensor<i32>):
    stablehlo.return %b : tensor<i32>
  }) : (tensor<5xi32>, tensor<4x1xi32>, tensor<4x2xi32>) -> tensor<5xi32>
  return %y : tensor<5xi32>
}

// CHECK-LABEL: func.func @scatter_sums(
// CHECK-NEXT:    %[[C:.+]] = stablehlo.constant dense<[5, 1, 1]> : tensor<3xi32>
// CHECK-NEXT:    return %[[C]]
func.func @scatter_sums() -> tensor<3xi32> {
  %x = stablehlo.constant dense<1> : tensor<3xi32>
  %i = stablehlo.constant dense<[[0], [0], [3]]> : tensor<3x1xi32>
  %u = stablehlo.constant dense<2> : tensor<3xi32>
  %y = "stablehlo.scatter"(%x, %i, %u) <{
    scatter_dimension_numbers = #stablehlo.scatter<inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>
  }> ({
  ^bb0(%a: tensor<i32>, %b: tensor<i32>):
    %c = stablehlo.add %b, %a : tensor<i32>
    stablehlo.return %c : tensor<i32>
  }) : (tensor<3xi32>, tensor<3x1xi32>, tensor<3xi32>) -> tensor<3xi32>
  return %y : tensor<3xi32>
}

// The order of differences is open.
// CHECK-LABEL: func.func @scatter_differences(
// CHECK:         stablehlo.scatter
func.func @scatter_differences() -> tensor<3xi32> {
  %x = stablehlo.constant dense<1> : tensor<3xi32>
  %i = stablehlo.constant dense<[[0], [0]]> : tensor<2x1xi32>
  %u = stablehlo.constant dense<2> : tensor<2xi32>
  %y = "stablehlo.scatter"(%x, %i, %u) <{
    scatter_dimension_numbers = #stablehlo.scatter<inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>
  }> ({
  ^bb0(%a: tensor<i32>, %b: tensor<i32>):
    %c = stablehlo.subtract %a, %b : tensor<i32>
    stablehlo.return %c : tensor<i32>
  }) : (tensor<3xi32>, tensor<2x1xi32>, tensor<2xi32>) -> tensor<3xi32>
  return %y : tensor<3xi32>
}

// CHECK-LABEL: func.func @running_maxima(
// CHECK-NEXT:    %[[C:.+]] = stablehlo.constant dense<{{\[\[}}1, 5], [3, 5], [3, 6]]> : tensor<3x2xi32>
// CHECK-NEXT:    return %[[C]]
func.func @running_maxima() -> tensor<3x2xi32> {
  %x = stablehlo.constant dense<[[1, 5], [3, 4], [2, 6]]> : tensor<3x2xi32>
  %low = stablehlo.constant dense<0> : tensor<i32>
  %y = "stablehlo.reduce_window"(%x, %low) <{
    padding = dense<[[2, 0], [0, 0]]> : tensor<2x2xi64>, window_dimensions = array<i64: 3, 1>
  }> ({
  ^bb0(%a: tensor<i32>, %b: tensor<i32>):
    %c = stablehlo.maximum %b, %a : tensor<i32>
    stablehlo.return %c : tensor<i32>
  }) : (tensor<3x2xi32>, tensor<i32>) -> tensor<3x2xi32>
  return %y : tensor<3x2xi32>
}

// Sums along the rows, and a shift along the columns.
// CHECK-LABEL: func.func @shifted_sums(
// CHECK:         stablehlo.reduce_window
func.func @shifted_sums() -> tensor<3x2xi32> {
  %x = stablehlo.constant dense<[[1, 5], [3, 4], [2, 6]]> : tensor<3x2xi32>
  %zero = stablehlo.constant dense<0> : tensor<i32>
  %y = "stablehlo.reduce_window"(%x, %zero) <{
    padding = dense<[[2, 0], [1, -1]]> : tensor<2x2xi64>, window_dimensions = array<i64: 3, 1>
  }> ({
  ^bb0(%a: tensor<i32>, %b: tensor<i32>):
    %c = stablehlo.add %a, %b : tensor<i32>
    stablehlo.return %c : tensor<i32>
  }) : (tensor<3x2xi32>, tensor<i32>) -> tensor<3x2xi32>
  return %y : tensor<3x2xi32>
}

// -----

// From the far end a running reduction combines in another order, which only
// commutative ones allow.

// CHECK-LABEL: func.func @last_of_the_rest
// CHECK:         stablehlo.reduce_window
func.func @last_of_the_rest() -> tensor<3xi8> {
  %c = stablehlo.constant dense<[8, 5, -3]> : tensor<3xi8>
  %z = stablehlo.constant dense<-2> : tensor<i8>
  %y = "stablehlo.reduce_window"(%c, %z) <{padding = dense<[[0, 2]]> : tensor<1x2xi64>, window_dimensions = array<i64: 3>}> ({
  ^bb0(%l: tensor<i8>, %r: tensor<i8>):
    stablehlo.return %r : tensor<i8>
  }) : (tensor<3xi8>, tensor<i8>) -> tensor<3xi8>
  return %y : tensor<3xi8>
}

// Entries that are all the same, wherever they are taken from.

// CHECK-LABEL: func.func @equal_entries(
// CHECK:         %[[C:.+]] = stablehlo.constant dense<2.000000e+00> : tensor<3xf32>
// CHECK:         return %[[C]]
func.func @equal_entries(%i: tensor<3x1xi32>) -> tensor<3xf32> {
  %table = stablehlo.constant dense<2.0> : tensor<5xf32>
  %y = "stablehlo.gather"(%table, %i) <{dimension_numbers = #stablehlo.gather<collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1>, slice_sizes = array<i64: 1>}> : (tensor<5xf32>, tensor<3x1xi32>) -> tensor<3xf32>
  return %y : tensor<3xf32>
}
