// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert -split-input-file -verify-diagnostics

// expected-note @+1 {{the unknown is argument #0}}
func.func @square(%x: tensor<3xf32>) -> tensor<3xf32> {
  // expected-error @+1 {{cannot be inverted: it uses the unknown more than once}}
  %y = stablehlo.multiply %x, %x : tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// expected-note @+1 {{the unknown is argument #0}}
func.func @residual(%x: tensor<3xf32>) -> tensor<3xf32> {
  %s = stablehlo.sine %x : tensor<3xf32>
  // expected-error @+1 {{cannot be inverted: 2 operands depend on the unknown}}
  %y = stablehlo.add %x, %s : tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// expected-note @+1 {{the unknown is argument #0}}
func.func @two_unknowns(%x: tensor<3xf32>, %z: tensor<3xf32>) -> tensor<3xf32> {
  // expected-error @+1 {{cannot be inverted: 6 unknown elements are seen by 3 equations only}}
  %y = stablehlo.add %x, %z : tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// Of several equations that are too few, the others are named as well.

// expected-note @+1 {{the unknown is argument #0}}
func.func @three_in_two(%x: tensor<f32>, %y: tensor<f32>, %z: tensor<f32>) -> (tensor<f32>, tensor<f32>) {
  // expected-error @+1 {{cannot be inverted: 3 unknown elements are seen by 2 equations only}}
  %a = stablehlo.add %x, %y : tensor<f32>
  // expected-note @+1 {{and by this}}
  %b = stablehlo.multiply %y, %z : tensor<f32>
  return %a, %b : tensor<f32>, tensor<f32>
}

// -----

// What is solved by itself is not in the way: the sum is, of which both terms
// depend on the exponential.

// expected-note @+1 {{the unknown is argument #0}}
func.func @in_a_chain(%x: tensor<3xf32>) -> tensor<3xf32> {
  // expected-note @+1 {{this is used more than once}}
  %h = stablehlo.exponential %x : tensor<3xf32>
  %t = stablehlo.tanh %h : tensor<3xf32>
  // expected-error @+1 {{cannot be inverted: 2 operands depend on the unknown}}
  %s = stablehlo.multiply %h, %t : tensor<3xf32>
  %y = stablehlo.negate %s : tensor<3xf32>
  return %y : tensor<3xf32>
}
