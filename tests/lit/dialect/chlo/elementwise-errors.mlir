// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s --split-input-file --verify-diagnostics

func.func @other_shape(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{requires the same shape for all operands and results}}
  %y = chlo.acos %x : tensor<2x3xf32> -> tensor<2x4xf32>
  return
}

// -----

func.func @sizes_that_are_not_known_are_fine(%x: tensor<2x3xf32>) {
  %y = chlo.acos %x : tensor<2x3xf32> -> tensor<2x?xf32>
  return
}

// -----

func.func @other_type(%x: tensor<2xf32>) {
  // expected-error @+1 {{requires the same element type for all operands and results}}
  %y = chlo.erf %x : tensor<2xf32> -> tensor<2xf16>
  return
}

// -----

func.func @integers(%x: tensor<2xi32>) {
  // expected-error @+1 {{operand #0 must be tensor of}}
  %y = chlo.sinh %x : tensor<2xi32> -> tensor<2xi32>
  return
}

// -----

func.func @complex_erf(%x: tensor<2xcomplex<f32>>) {
  // expected-error @+1 {{operand #0 must be tensor of 4/6/8/16/32/64-bit float values}}
  %y = chlo.erf %x : tensor<2xcomplex<f32>> -> tensor<2xcomplex<f32>>
  return
}

// -----

func.func @predicate_type(%x: tensor<2xf32>) {
  // expected-error @+1 {{result #0 must be tensor of bool values}}
  %y = chlo.is_inf %x : tensor<2xf32> -> tensor<2xf32>
  return
}

// -----

func.func @two_operands(%x: tensor<2xf32>, %q: tensor<3xf32>) {
  // expected-error @+1 {{requires the same shape for all operands and results}}
  %y = chlo.zeta %x, %q : tensor<2xf32>, tensor<3xf32> -> tensor<2xf32>
  return
}

// -----

func.func @float_mulhi(%x: tensor<2xf32>) {
  // expected-error @+1 {{operand #0 must be ranked tensor of 2/4/8/16/32/64-bit integer values}}
  %y = chlo.mulhi %x, %x : tensor<2xf32>, tensor<2xf32> -> tensor<2xf32>
  return
}

// -----

func.func @constant_of_other_type(%x: tensor<2xi32>) {
  // expected-error @+2 {{op inferred type(s) 'tensor<2xf32>' are incompatible with return type(s) of operation 'tensor<2xf64>'}}
  // expected-error @+1 {{failed to infer returned types}}
  %y = "chlo.constant_like"(%x) <{value = 1.0 : f32}> : (tensor<2xi32>) -> tensor<2xf64>
  return
}
