// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert -split-input-file -verify-diagnostics

// expected-note @+1 {{the unknown is argument #1}}
func.func @gather(%i: tensor<2x1xi32>, %x: tensor<2xf32> {invhlo.unknown}) -> tensor<2xf32> {
  // expected-error @+1 {{cannot be inverted: its indices are not literals}}
  %y = "stablehlo.gather"(%x, %i) <{dimension_numbers = #stablehlo.gather<collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1>, slice_sizes = array<i64: 1>}> : (tensor<2xf32>, tensor<2x1xi32>) -> tensor<2xf32>
  return %y : tensor<2xf32>
}

// -----

// A table cannot be read backwards.
// expected-note @+1 {{the unknown is argument #1}}
func.func @table(%t: tensor<4xf32>, %i: tensor<2x1xi32> {invhlo.unknown}) -> tensor<2xf32> {
  // expected-error @+1 {{cannot be inverted: its indices are not literals}}
  %y = "stablehlo.gather"(%t, %i) <{dimension_numbers = #stablehlo.gather<collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1>, slice_sizes = array<i64: 1>}> : (tensor<4xf32>, tensor<2x1xi32>) -> tensor<2xf32>
  return %y : tensor<2xf32>
}

// -----

// The first element is never read.
// expected-note @+1 {{the unknown is argument #0}}
func.func @part(%x: tensor<2xf32>) -> tensor<2xf32> {
  %i = stablehlo.constant dense<1> : tensor<2x1xi32>
  // expected-error @+1 {{cannot be inverted: the results do not tell [0]}}
  %y = "stablehlo.gather"(%x, %i) <{dimension_numbers = #stablehlo.gather<collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1>, slice_sizes = array<i64: 1>}> : (tensor<2xf32>, tensor<2x1xi32>) -> tensor<2xf32>
  return %y : tensor<2xf32>
}

// -----

// expected-note @+1 {{the unknown is argument #1}}
func.func @scatter(%i: tensor<2x1xi32>, %x: tensor<4xf32> {invhlo.unknown}, %u: tensor<2xf32>) -> tensor<4xf32> {
  // expected-error @+1 {{cannot be inverted: its indices are not literals}}
  %y = "stablehlo.scatter"(%x, %i, %u) <{scatter_dimension_numbers = #stablehlo.scatter<inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>}> ({
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    stablehlo.return %b : tensor<f32>
  }) : (tensor<4xf32>, tensor<2x1xi32>, tensor<2xf32>) -> tensor<4xf32>
  return %y : tensor<4xf32>
}

// -----

// expected-note @+1 {{the unknown is argument #1}}
func.func @repeated(%x: tensor<4xf32>, %u: tensor<2xf32> {invhlo.unknown}) -> tensor<4xf32> {
  %i = stablehlo.constant dense<1> : tensor<2x1xi32>
  // expected-error @+1 {{cannot be inverted: its indices repeat}}
  %y = "stablehlo.scatter"(%x, %i, %u) <{scatter_dimension_numbers = #stablehlo.scatter<inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>}> ({
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    stablehlo.return %b : tensor<f32>
  }) : (tensor<4xf32>, tensor<2x1xi32>, tensor<2xf32>) -> tensor<4xf32>
  return %y : tensor<4xf32>
}

// -----

// expected-note @+1 {{the unknown is argument #0}}
func.func @overwritten(%x: tensor<4xf32> {invhlo.unknown}, %u: tensor<2xf32>) -> tensor<4xf32> {
  %i = stablehlo.constant dense<[[0], [2]]> : tensor<2x1xi32>
  // expected-error @+1 {{cannot be inverted: the results do not tell 2 of the 4 elements}}
  %y = "stablehlo.scatter"(%x, %i, %u) <{scatter_dimension_numbers = #stablehlo.scatter<inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>}> ({
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    stablehlo.return %b : tensor<f32>
  }) : (tensor<4xf32>, tensor<2x1xi32>, tensor<2xf32>) -> tensor<4xf32>
  return %y : tensor<4xf32>
}

// -----

// expected-note @+1 {{the unknown is argument #1}}
func.func @maximum(%i: tensor<2x1xi32>, %x: tensor<4xf32> {invhlo.unknown}, %u: tensor<2xf32>) -> tensor<4xf32> {
  // expected-error @+1 {{cannot be inverted: what it combines with is not undone}}
  %y = "stablehlo.scatter"(%x, %i, %u) <{scatter_dimension_numbers = #stablehlo.scatter<inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>}> ({
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    %c = stablehlo.maximum %a, %b : tensor<f32>
    stablehlo.return %c : tensor<f32>
  }) : (tensor<4xf32>, tensor<2x1xi32>, tensor<2xf32>) -> tensor<4xf32>
  return %y : tensor<4xf32>
}

// -----

// expected-note @+1 {{the unknown is argument #1}}
func.func @zero(%i: tensor<2x1xi32>, %x: tensor<4xf32> {invhlo.unknown}) -> tensor<4xf32> {
  %u = stablehlo.constant dense<[0.0, 1.0]> : tensor<2xf32>
  // expected-error @+1 {{cannot be inverted: it multiplies by zero}}
  %y = "stablehlo.scatter"(%x, %i, %u) <{scatter_dimension_numbers = #stablehlo.scatter<inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>}> ({
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    %c = stablehlo.multiply %a, %b : tensor<f32>
    stablehlo.return %c : tensor<f32>
  }) : (tensor<4xf32>, tensor<2x1xi32>, tensor<2xf32>) -> tensor<4xf32>
  return %y : tensor<4xf32>
}

// -----

// expected-note @+1 {{the unknown is argument #1}}
func.func @update(%i: tensor<i32>, %x: tensor<3xf32> {invhlo.unknown}, %u: tensor<2xf32>) -> tensor<3xf32> {
  // expected-error @+1 {{cannot be inverted: its start is not a literal}}
  %y = stablehlo.dynamic_update_slice %x, %u, %i : (tensor<3xf32>, tensor<2xf32>, tensor<i32>) -> tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// A window that is partly outside is dropped as a whole.
// expected-note @+1 {{the unknown is argument #1}}
func.func @dropped(%x: tensor<4xf32>, %u: tensor<2x2xf32> {invhlo.unknown}) -> tensor<4xf32> {
  %i = stablehlo.constant dense<[[3], [0]]> : tensor<2x1xi32>
  // expected-error @+1 {{cannot be inverted: the results do not tell 2 of the 4 elements, [0, 0] first, of its operand}}
  %y = "stablehlo.scatter"(%x, %i, %u) <{scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [1], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>}> ({
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    stablehlo.return %b : tensor<f32>
  }) : (tensor<4xf32>, tensor<2x1xi32>, tensor<2x2xf32>) -> tensor<4xf32>
  return %y : tensor<4xf32>
}
