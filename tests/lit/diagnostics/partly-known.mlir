// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="unknown=1 log-det=shares allow-overdetermined=true" -split-input-file -verify-diagnostics

// A log-det needs all of what the op mixes to be unknown.
// expected-note @+1 {{the unknown is argument #1}}
func.func @mixed(%k: tensor<1xf32>, %x: tensor<1xf32>, %a: tensor<2x2xf32>) -> tensor<2xf32> {
  %z = stablehlo.concatenate %k, %x, dim = 0 : (tensor<1xf32>, tensor<1xf32>) -> tensor<2xf32>
  // expected-error @+1 {{cannot be inverted: part of its operand is known already}}
  %y = stablehlo.dot_general %a, %z, contracting_dims = [1] x [0] : (tensor<2x2xf32>, tensor<2xf32>) -> tensor<2xf32>
  return %y : tensor<2xf32>
}

// -----

// expected-note @+1 {{the unknown is argument #1}}
func.func @part(%re: tensor<2xf32>, %im: tensor<2xf32>) -> tensor<2xcomplex<f32>> {
  // expected-error @+1 {{cannot be inverted: one part of it is known already}}
  %y = stablehlo.complex %re, %im : tensor<2xcomplex<f32>>
  return %y : tensor<2xcomplex<f32>>
}

// -----

// expected-note @+1 {{the unknown is argument #1}}
func.func @rule(%k: tensor<1xf32>, %x: tensor<1xf32>) -> tensor<2xf32> {
  %z = stablehlo.concatenate %k, %x, dim = 0 : (tensor<1xf32>, tensor<1xf32>) -> tensor<2xf32>
  // expected-error @+1 {{cannot be inverted: part of its operand is known already}}
  %y = func.call @mix(%z) {invhlo.name = "mix", invhlo.rules = [{inverse = @mix, ildj = @mix}]}
    : (tensor<2xf32>) -> tensor<2xf32>
  return %y : tensor<2xf32>
}
func.func private @mix(%x: tensor<2xf32>) -> tensor<2xf32> {
  %y = stablehlo.reverse %x, dims = [0] : tensor<2xf32>
  return %y : tensor<2xf32>
}

// -----

// Of several values that a rule finds together, none may be known.

// expected-note @+1 {{the unknown is argument #1}}
func.func @rule_of_two(%k: tensor<f32>, %x: tensor<f32>) -> (tensor<f32>, tensor<f32>) {
  // expected-error @+1 {{cannot be inverted: part of its operand is known already}}
  %y:2 = func.call @mix(%k, %x) {invhlo.name = "mix", invhlo.rules = [{inverse_and_ildj = @unmix}]}
    : (tensor<f32>, tensor<f32>) -> (tensor<f32>, tensor<f32>)
  return %y#0, %y#1 : tensor<f32>, tensor<f32>
}
func.func private @mix(%x: tensor<f32>, %y: tensor<f32>) -> (tensor<f32>, tensor<f32>) {
  return %y, %x : tensor<f32>, tensor<f32>
}
func.func private @unmix(%x: tensor<f32>, %y: tensor<f32>, %a: tensor<f32>, %b: tensor<f32>)
    -> (tensor<f32>, tensor<f32>, tensor<f32>, tensor<f32>) {
  return %y, %x, %b, %a : tensor<f32>, tensor<f32>, tensor<f32>, tensor<f32>
}

// -----

// Nor may a value stand twice.

// expected-note @+1 {{the unknown is argument #1}}
func.func @rule_twice(%k: tensor<f32>, %x: tensor<f32>) -> (tensor<f32>, tensor<f32>) {
  // expected-error @+1 {{cannot be inverted: it finds a value twice}}
  %y:2 = func.call @mix(%x, %x) {invhlo.name = "mix", invhlo.rules = [{inverse_and_ildj = @unmix}]}
    : (tensor<f32>, tensor<f32>) -> (tensor<f32>, tensor<f32>)
  return %y#0, %y#1 : tensor<f32>, tensor<f32>
}
func.func private @mix(%x: tensor<f32>, %y: tensor<f32>) -> (tensor<f32>, tensor<f32>) {
  return %y, %x : tensor<f32>, tensor<f32>
}
func.func private @unmix(%x: tensor<f32>, %y: tensor<f32>, %a: tensor<f32>, %b: tensor<f32>)
    -> (tensor<f32>, tensor<f32>, tensor<f32>, tensor<f32>) {
  return %y, %x, %b, %a : tensor<f32>, tensor<f32>, tensor<f32>, tensor<f32>
}

// -----

// expected-note @+1 {{the unknown is argument #1}}
func.func @part_of_a_part(%k: tensor<1xf32>, %x: tensor<1xf32>, %im: tensor<2xf32>) -> tensor<2xcomplex<f32>> {
  %re = stablehlo.concatenate %k, %x, dim = 0 : (tensor<1xf32>, tensor<1xf32>) -> tensor<2xf32>
  // expected-error @+1 {{cannot be inverted: one part of it is known already}}
  %y = stablehlo.complex %re, %im : tensor<2xcomplex<f32>>
  return %y : tensor<2xcomplex<f32>>
}
