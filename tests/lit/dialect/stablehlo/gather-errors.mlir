// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s --split-input-file --verify-diagnostics

func.func @slice_sizes(%x: tensor<5x3xf32>, %i: tensor<2x1xi32>) {
  // expected-error @+2 {{slice_sizes must have 2 entries, got 1}}
  // expected-error @+1 {{failed to infer returned types}}
  %y = "stablehlo.gather"(%x, %i) <{dimension_numbers = #stablehlo.gather<offset_dims = [1], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1>, slice_sizes = array<i64: 1>}> : (tensor<5x3xf32>, tensor<2x1xi32>) -> tensor<2x3xf32>
  return
}

// -----

func.func @slice_size_too_large(%x: tensor<5x3xf32>, %i: tensor<2x1xi32>) {
  // expected-error @+2 {{slice size 4 does not fit dimension 1 of 'tensor<5x3xf32>'}}
  // expected-error @+1 {{failed to infer returned types}}
  %y = "stablehlo.gather"(%x, %i) <{dimension_numbers = #stablehlo.gather<offset_dims = [1], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1>, slice_sizes = array<i64: 1, 4>}> : (tensor<5x3xf32>, tensor<2x1xi32>) -> tensor<2x4xf32>
  return
}

// -----

func.func @collapsed_size(%x: tensor<5x3xf32>, %i: tensor<2x1xi32>) {
  // expected-error @+2 {{slice size 2 of dropped dimension 0 exceeds 1}}
  // expected-error @+1 {{failed to infer returned types}}
  %y = "stablehlo.gather"(%x, %i) <{dimension_numbers = #stablehlo.gather<offset_dims = [1], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1>, slice_sizes = array<i64: 2, 3>}> : (tensor<5x3xf32>, tensor<2x1xi32>) -> tensor<2x3xf32>
  return
}

// -----

func.func @start_index_map(%x: tensor<5x3xf32>, %i: tensor<2x1xi32>) {
  // expected-error @+2 {{the index map must be in [0, 2), got 2}}
  // expected-error @+1 {{failed to infer returned types}}
  %y = "stablehlo.gather"(%x, %i) <{dimension_numbers = #stablehlo.gather<offset_dims = [1], collapsed_slice_dims = [0], start_index_map = [2], index_vector_dim = 1>, slice_sizes = array<i64: 1, 3>}> : (tensor<5x3xf32>, tensor<2x1xi32>) -> tensor<2x3xf32>
  return
}

// -----

func.func @index_vector_dim(%x: tensor<5x3xf32>, %i: tensor<2x1xi32>) {
  // expected-error @+2 {{index_vector_dim must be in [0, 3), got 3}}
  // expected-error @+1 {{failed to infer returned types}}
  %y = "stablehlo.gather"(%x, %i) <{dimension_numbers = #stablehlo.gather<offset_dims = [1], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 3>, slice_sizes = array<i64: 1, 3>}> : (tensor<5x3xf32>, tensor<2x1xi32>) -> tensor<2x3xf32>
  return
}

// -----

func.func @offset_dims(%x: tensor<5x3xf32>, %i: tensor<2x1xi32>) {
  // expected-error @+2 {{window dims must have 1 entries, got 2}}
  // expected-error @+1 {{failed to infer returned types}}
  %y = "stablehlo.gather"(%x, %i) <{dimension_numbers = #stablehlo.gather<offset_dims = [0, 1], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1>, slice_sizes = array<i64: 1, 3>}> : (tensor<5x3xf32>, tensor<2x1xi32>) -> tensor<2x3xf32>
  return
}

// -----

func.func @result(%x: tensor<5x3xf32>, %i: tensor<2x1xi32>) {
  // expected-error @+2 {{inferred type(s) 'tensor<2x3xf32>' are incompatible with return type(s) of operation 'tensor<2x4xf32>'}}
  // expected-error @+1 {{failed to infer returned types}}
  %y = "stablehlo.gather"(%x, %i) <{dimension_numbers = #stablehlo.gather<offset_dims = [1], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1>, slice_sizes = array<i64: 1, 3>}> : (tensor<5x3xf32>, tensor<2x1xi32>) -> tensor<2x4xf32>
  return
}

// -----

func.func @repeated_entry(%x: tensor<5x3xf32>, %i: tensor<2x1xi32>) {
  // expected-error @+1 {{duplicate entry: offset_dims}}
  %y = "stablehlo.gather"(%x, %i) <{dimension_numbers = #stablehlo.gather<offset_dims = [1], offset_dims = [1]>, slice_sizes = array<i64: 1, 3>}> : (tensor<5x3xf32>, tensor<2x1xi32>) -> tensor<2x3xf32>
  return
}

// -----

func.func @unknown_entry(%x: tensor<5x3xf32>, %i: tensor<2x1xi32>) {
  // expected-error @+1 {{unknown entry: window_dims}}
  %y = "stablehlo.gather"(%x, %i) <{dimension_numbers = #stablehlo.gather<window_dims = [1]>, slice_sizes = array<i64: 1, 3>}> : (tensor<5x3xf32>, tensor<2x1xi32>) -> tensor<2x3xf32>
  return
}

// -----

func.func @offset_dims_order(%x: tensor<5x3xf32>, %i: tensor<2x1xi32>) {
  // expected-error @+2 {{window dims must be sorted}}
  // expected-error @+1 {{failed to infer returned types}}
  %y = "stablehlo.gather"(%x, %i) <{dimension_numbers = #stablehlo.gather<offset_dims = [2, 1], start_index_map = [0], index_vector_dim = 1>, slice_sizes = array<i64: 1, 3>}> : (tensor<5x3xf32>, tensor<2x1xi32>) -> tensor<2x1x3xf32>
  return
}

// -----

func.func @batching_sizes(%x: tensor<5x3xf32>, %i: tensor<2x4x1xi32>) {
  // expected-error @+2 {{batching dims must agree in size, got 5 and 2}}
  // expected-error @+1 {{failed to infer returned types}}
  %y = "stablehlo.gather"(%x, %i) <{dimension_numbers = #stablehlo.gather<collapsed_slice_dims = [1], operand_batching_dims = [0], start_indices_batching_dims = [0], start_index_map = [1], index_vector_dim = 2>, slice_sizes = array<i64: 1, 1>}> : (tensor<5x3xf32>, tensor<2x4x1xi32>) -> tensor<2x4xf32>
  return
}

// -----

func.func @batching_vectors(%x: tensor<1x3xf32>, %i: tensor<2x1xi32>) {
  // expected-error @+2 {{batching dims of the indices must not hold index_vector_dim}}
  // expected-error @+1 {{failed to infer returned types}}
  %y = "stablehlo.gather"(%x, %i) <{dimension_numbers = #stablehlo.gather<collapsed_slice_dims = [1], operand_batching_dims = [0], start_indices_batching_dims = [1], start_index_map = [1], index_vector_dim = 1>, slice_sizes = array<i64: 1, 1>}> : (tensor<1x3xf32>, tensor<2x1xi32>) -> tensor<2xf32>
  return
}
