// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s --split-input-file --verify-diagnostics

func.func @sizes(%a: tensor<4x3xf32>, %b: tensor<2xf32>) {
  // expected-error @+2 {{sizes 3 and 2 of dimension 1 do not broadcast}}
  // expected-error @+1 {{failed to infer returned types}}
  %y = chlo.broadcast_add %a, %b : (tensor<4x3xf32>, tensor<2xf32>) -> tensor<4x3xf32>
  return
}

// -----

func.func @result(%a: tensor<4x3xf32>, %b: tensor<3xf32>) {
  // expected-error @+2 {{op inferred type(s) 'tensor<4x3xf32>' are incompatible}}
  // expected-error @+1 {{failed to infer returned types}}
  %y = chlo.broadcast_add %a, %b : (tensor<4x3xf32>, tensor<3xf32>) -> tensor<4x4xf32>
  return
}

// -----

func.func @number_of_dims(%a: tensor<4x3xf32>, %b: tensor<3xf32>) {
  // expected-error @+2 {{expects 1 broadcast dimensions, got 2}}
  // expected-error @+1 {{failed to infer returned types}}
  %y = chlo.broadcast_add %a, %b {broadcast_dimensions = array<i64: 0, 1>} : (tensor<4x3xf32>, tensor<3xf32>) -> tensor<4x3xf32>
  return
}

// -----

func.func @dim_out_of_range(%a: tensor<4x3xf32>, %b: tensor<3xf32>) {
  // expected-error @+2 {{broadcast dimension 2 is out of range for rank 2}}
  // expected-error @+1 {{failed to infer returned types}}
  %y = chlo.broadcast_add %a, %b {broadcast_dimensions = array<i64: 2>} : (tensor<4x3xf32>, tensor<3xf32>) -> tensor<4x3xf32>
  return
}

// -----

func.func @element_types(%a: tensor<3xf32>, %b: tensor<3xf16>) {
  // expected-error @+1 {{requires the same element type for all operands and results}}
  %y = chlo.broadcast_add %a, %b : (tensor<3xf32>, tensor<3xf16>) -> tensor<3xf32>
  return
}

// -----

func.func @float_and(%a: tensor<3xf32>) {
  // expected-error @+1 {{operand #0 must be tensor of bool or 2/4/8/16/32/64-bit integer values}}
  %y = chlo.broadcast_and %a, %a : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xf32>
  return
}

// -----

func.func @select_types(%p: tensor<i1>, %a: tensor<3xf32>, %b: tensor<3xf16>) {
  // expected-error @+2 {{element types of 'tensor<3xf32>' and 'tensor<3xf16>' differ}}
  // expected-error @+1 {{failed to infer returned types}}
  %y = chlo.broadcast_select %p, %a, %b : (tensor<i1>, tensor<3xf32>, tensor<3xf16>) -> tensor<3xf32>
  return
}

// -----

func.func @unranked_is_fine(%a: tensor<*xf32>, %b: tensor<3xf32>) {
  %y = chlo.broadcast_add %a, %b : (tensor<*xf32>, tensor<3xf32>) -> tensor<*xf32>
  return
}
