// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s --split-input-file --verify-diagnostics

func.func @no_ragged(%a: tensor<4x5xf32>, %b: tensor<5x7xf32>, %n: tensor<3xi32>) {
  // expected-error @+1 {{expects exactly one ragged dimension, got 0}}
  %y = "chlo.ragged_dot"(%a, %b, %n) <{ragged_dot_dimension_numbers = #chlo.ragged_dot<>}> : (tensor<4x5xf32>, tensor<5x7xf32>, tensor<3xi32>) -> tensor<4x7xf32>
  return
}

// -----

func.func @range(%a: tensor<4x5xf32>, %b: tensor<3x5x7xf32>, %n: tensor<3xi32>) {
  // expected-error @+1 {{dimension numbers are repeated or out of range}}
  %y = "chlo.ragged_dot"(%a, %b, %n) <{ragged_dot_dimension_numbers = #chlo.ragged_dot<lhs_contracting_dimensions = [2], rhs_contracting_dimensions = [1], lhs_ragged_dimensions = [0], rhs_group_dimensions = [0]>}> : (tensor<4x5xf32>, tensor<3x5x7xf32>, tensor<3xi32>) -> tensor<4x7xf32>
  return
}

// -----

func.func @contracting(%a: tensor<4x5xf32>, %b: tensor<3x6x7xf32>, %n: tensor<3xi32>) {
  // expected-error @+1 {{contracting dimensions do not match}}
  %y = "chlo.ragged_dot"(%a, %b, %n) <{ragged_dot_dimension_numbers = #chlo.ragged_dot<lhs_contracting_dimensions = [1], rhs_contracting_dimensions = [1], lhs_ragged_dimensions = [0], rhs_group_dimensions = [0]>}> : (tensor<4x5xf32>, tensor<3x6x7xf32>, tensor<3xi32>) -> tensor<4x7xf32>
  return
}

// -----

func.func @batching(%a: tensor<2x4x5xf32>, %b: tensor<3x5x7xf32>, %n: tensor<3xi32>) {
  // expected-error @+1 {{batching dimensions do not match}}
  %y = "chlo.ragged_dot"(%a, %b, %n) <{ragged_dot_dimension_numbers = #chlo.ragged_dot<lhs_batching_dimensions = [0], rhs_batching_dimensions = [0], lhs_contracting_dimensions = [2], rhs_contracting_dimensions = [1], lhs_ragged_dimensions = [0]>}> : (tensor<2x4x5xf32>, tensor<3x5x7xf32>, tensor<3xi32>) -> tensor<2x4x7xf32>
  return
}

// -----

func.func @group(%a: tensor<4x5xf32>, %b: tensor<5x7xf32>, %n: tensor<3xi32>) {
  // expected-error @+1 {{expects one group dimension for a ragged free dimension, got 0}}
  %y = "chlo.ragged_dot"(%a, %b, %n) <{ragged_dot_dimension_numbers = #chlo.ragged_dot<lhs_contracting_dimensions = [1], rhs_contracting_dimensions = [0], lhs_ragged_dimensions = [0]>}> : (tensor<4x5xf32>, tensor<5x7xf32>, tensor<3xi32>) -> tensor<4x7xf32>
  return
}

// -----

func.func @result(%a: tensor<4x5xf32>, %b: tensor<3x5x7xf32>, %n: tensor<3xi32>) {
  // expected-error @+1 {{inferred shape [4, 7] is incompatible with result type 'tensor<4x8xf32>'}}
  %y = "chlo.ragged_dot"(%a, %b, %n) <{ragged_dot_dimension_numbers = #chlo.ragged_dot<lhs_contracting_dimensions = [1], rhs_contracting_dimensions = [1], lhs_ragged_dimensions = [0], rhs_group_dimensions = [0]>}> : (tensor<4x5xf32>, tensor<3x5x7xf32>, tensor<3xi32>) -> tensor<4x8xf32>
  return
}

// -----

// expected-error @+1 {{unknown list 'lhs_dims'}}
"test.op"() {a = #chlo.ragged_dot<lhs_dims = [0]>} : () -> ()

// -----

// expected-error @+1 {{duplicate list 'lhs_ragged_dimensions'}}
"test.op"() {a = #chlo.ragged_dot<lhs_ragged_dimensions = [0], lhs_ragged_dimensions = [1]>} : () -> ()
