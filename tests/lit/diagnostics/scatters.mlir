// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert -split-input-file -verify-diagnostics

// expected-note @+1 {{the unknown is argument #0}}
func.func @updates(%x: tensor<4xf32>) -> tensor<4xf32> {
  %i = stablehlo.constant dense<1> : tensor<2x1xi32>
  %0 = stablehlo.slice %x [0:2] : (tensor<4xf32>) -> tensor<2xf32>
  %u = stablehlo.sine %0 : tensor<2xf32>
  // expected-error @+1 {{cannot be inverted: its updates depend on the unknown}}
  %y = "stablehlo.scatter"(%x, %i, %u) <{scatter_dimension_numbers = #stablehlo.scatter<inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>}> ({
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    %c = stablehlo.add %a, %b : tensor<f32>
    stablehlo.return %c : tensor<f32>
  }) : (tensor<4xf32>, tensor<2x1xi32>, tensor<2xf32>) -> tensor<4xf32>
  return %y : tensor<4xf32>
}

// -----

// expected-note @+1 {{the unknown is argument #0}}
func.func @indices(%x: tensor<4xf32>, %u: tensor<2xf32>) -> tensor<4xf32> {
  %s = stablehlo.slice %x [0:2] : (tensor<4xf32>) -> tensor<2xf32>
  %n = stablehlo.convert %s : (tensor<2xf32>) -> tensor<2xi32>
  %i = stablehlo.reshape %n : (tensor<2xi32>) -> tensor<2x1xi32>
  // expected-error @+1 {{cannot be inverted: its indices depend on the unknown}}
  %y = "stablehlo.scatter"(%x, %i, %u) <{scatter_dimension_numbers = #stablehlo.scatter<inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>}> ({
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    %c = stablehlo.add %a, %b : tensor<f32>
    stablehlo.return %c : tensor<f32>
  }) : (tensor<4xf32>, tensor<2x1xi32>, tensor<2xf32>) -> tensor<4xf32>
  return %y : tensor<4xf32>
}

// -----

// expected-note @+1 {{the unknown is argument #0}}
func.func @several(%x: tensor<4xf32>, %z: tensor<4xf32>, %i: tensor<2x1xi32>, %u: tensor<2xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  // expected-error @+1 {{cannot be inverted: it scatters several tensors at once}}
  %y:2 = "stablehlo.scatter"(%x, %z, %i, %u, %u) <{scatter_dimension_numbers = #stablehlo.scatter<inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>}> ({
  ^bb0(%a: tensor<f32>, %b: tensor<f32>, %c: tensor<f32>, %d: tensor<f32>):
    stablehlo.return %c, %d : tensor<f32>, tensor<f32>
  }) : (tensor<4xf32>, tensor<4xf32>, tensor<2x1xi32>, tensor<2xf32>, tensor<2xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  return %y#0, %y#1 : tensor<4xf32>, tensor<4xf32>
}

// -----

// Of booleans the sum is a logical or.
// expected-note @+1 {{the unknown is argument #0}}
func.func @booleans(%x: tensor<4xi1>) -> tensor<4xi1> {
  %i = stablehlo.constant dense<[[1], [2]]> : tensor<2x1xi32>
  %u = stablehlo.constant dense<true> : tensor<2xi1>
  // expected-error @+1 {{cannot be inverted: what it combines with is not undone}}
  %y = "stablehlo.scatter"(%x, %i, %u) <{scatter_dimension_numbers = #stablehlo.scatter<inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>}> ({
  ^bb0(%a: tensor<i1>, %b: tensor<i1>):
    %c = stablehlo.add %a, %b : tensor<i1>
    stablehlo.return %c : tensor<i1>
  }) : (tensor<4xi1>, tensor<2x1xi32>, tensor<2xi1>) -> tensor<4xi1>
  return %y : tensor<4xi1>
}

// -----

// expected-note @+1 {{the unknown is argument #0}}
func.func @infinite(%x: tensor<4xf32>) -> tensor<4xf32> {
  %i = stablehlo.constant dense<[[1], [2]]> : tensor<2x1xi32>
  %u = stablehlo.constant dense<[1.0, 0x7F800000]> : tensor<2xf32>
  // expected-error @+1 {{cannot be inverted: it adds what is not finite}}
  %y = "stablehlo.scatter"(%x, %i, %u) <{scatter_dimension_numbers = #stablehlo.scatter<inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>}> ({
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    %c = stablehlo.add %a, %b : tensor<f32>
    stablehlo.return %c : tensor<f32>
  }) : (tensor<4xf32>, tensor<2x1xi32>, tensor<2xf32>) -> tensor<4xf32>
  return %y : tensor<4xf32>
}
