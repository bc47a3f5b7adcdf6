// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert -split-input-file -verify-diagnostics

// An element that depends on itself twice.

// expected-note @+1 {{the unknown is argument #0}}
func.func @diagonal(%x: tensor<3xf32> {invhlo.unknown}) -> tensor<3xf32> {
  %mask = stablehlo.constant dense<[[1.0, 0.0, 0.0], [1.0, 1.0, 0.0], [1.0, 1.0, 1.0]]> : tensor<3x3xf32>
  %h = stablehlo.dot_general %mask, %x, contracting_dims = [1] x [0] : (tensor<3x3xf32>, tensor<3xf32>) -> tensor<3xf32>
  %t = stablehlo.tanh %h : tensor<3xf32>
  // expected-error @+1 {{'stablehlo.add' op cannot be inverted: 2 operands depend on the unknown}}
  %y = stablehlo.add %x, %t : tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// The first of two layers is triangular, which does not help: what was said of it
// is taken back, and the op that is blamed is the one that was.

// expected-note @+1 {{the unknown is argument #0}}
func.func @layers(%x: tensor<3xf32> {invhlo.unknown}) -> tensor<3xf32> {
  %zero = stablehlo.constant dense<0.0> : tensor<f32>
  %h = stablehlo.pad %x, %zero, low = [1], high = [-1], interior = [0] : (tensor<3xf32>, tensor<f32>) -> tensor<3xf32>
  // expected-note @+1 {{this is used more than once}}
  %z = stablehlo.add %x, %h : tensor<3xf32>
  %t = stablehlo.tanh %z : tensor<3xf32>
  // expected-error @+1 {{'stablehlo.add' op cannot be inverted: 2 operands depend on the unknown}}
  %y = stablehlo.add %z, %t : tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// The formula of what is triangular has no inverse.

// expected-note @+1 {{the unknown is argument #0}}
func.func @formula(%x: tensor<3xf32> {invhlo.unknown}) -> tensor<3xf32> {
  %zero = stablehlo.constant dense<0.0> : tensor<f32>
  // expected-error @+1 {{'stablehlo.floor' op cannot be inverted: it maps many values to one}}
  %f = stablehlo.floor %x : tensor<3xf32>
  %h = stablehlo.pad %x, %zero, low = [1], high = [-1], interior = [0] : (tensor<3xf32>, tensor<f32>) -> tensor<3xf32>
  %y = stablehlo.add %f, %h : tensor<3xf32>
  return %y : tensor<3xf32>
}
