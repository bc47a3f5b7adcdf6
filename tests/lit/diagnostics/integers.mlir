// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert -split-input-file -verify-diagnostics

// expected-note @+1 {{the unknown is argument #0}}
func.func @f(%x: tensor<3xi32>) -> tensor<3xi32> {
  %k = stablehlo.constant dense<2> : tensor<3xi32>
  // expected-error @+1 {{cannot be inverted: it multiplies by an even integer}}
  %y = stablehlo.multiply %x, %k : tensor<3xi32>
  return %y : tensor<3xi32>
}

// -----

// expected-note @+1 {{the unknown is argument #0}}
func.func @f(%x: tensor<3xui8>) -> tensor<3xui8> {
  %k = stablehlo.constant dense<[1, 2, 3]> : tensor<3xui8>
  // expected-error @+1 {{cannot be inverted: it multiplies by an even integer}}
  %y = stablehlo.multiply %k, %x : tensor<3xui8>
  return %y : tensor<3xui8>
}

// -----

// expected-note @+1 {{the unknown is argument #1}}
func.func @unknown_lhs(%k: tensor<3xi32>, %x: tensor<3xi32> {invhlo.unknown}) -> tensor<3xi32> {
  // expected-error @+1 {{cannot be inverted: an integer factor is not known to be odd}}
  %y = stablehlo.multiply %x, %k : tensor<3xi32>
  return %y : tensor<3xi32>
}

// -----

// expected-note @+1 {{the unknown is argument #0}}
func.func @f(%x: tensor<3xi32>) -> tensor<3xi32> {
  %k = stablehlo.constant dense<3> : tensor<3xi32>
  // expected-error @+1 {{cannot be inverted: an integer division loses the remainder}}
  %y = stablehlo.divide %x, %k : tensor<3xi32>
  return %y : tensor<3xi32>
}

// -----

// expected-note @+1 {{the unknown is argument #0}}
func.func @f(%x: tensor<3xui32>) -> tensor<3xui32> {
  %k = stablehlo.constant dense<3> : tensor<3xui32>
  // expected-error @+1 {{cannot be inverted: an integer division loses the remainder}}
  %y = stablehlo.divide %k, %x : tensor<3xui32>
  return %y : tensor<3xui32>
}

// -----

// expected-note @+1 {{the unknown is argument #0}}
func.func @f(%x: tensor<3xi32>) -> tensor<3xi32> {
  %k = stablehlo.constant dense<3> : tensor<3xi32>
  // expected-error @+1 {{cannot be inverted: an integer power is not invertible modulo 2^n}}
  %y = stablehlo.power %x, %k : tensor<3xi32>
  return %y : tensor<3xi32>
}

// -----

// expected-note @+1 {{the unknown is argument #0}}
func.func @f(%x: tensor<3xi32>) -> tensor<3xi32> {
  // expected-error @+1 {{cannot be inverted: it loses the sign}}
  %y = stablehlo.abs %x : tensor<3xi32>
  return %y : tensor<3xi32>
}

// -----

// expected-note @+1 {{the unknown is argument #1}}
func.func @or(%k: tensor<3xi1>, %x: tensor<3xi1> {invhlo.unknown}) -> tensor<3xi1> {
  // expected-error @+1 {{cannot be inverted: a logical or does not determine its operands}}
  %y = stablehlo.add %x, %k : tensor<3xi1>
  return %y : tensor<3xi1>
}

// -----

// expected-note @+1 {{the unknown is argument #1}}
func.func @and(%k: tensor<3xi1>, %x: tensor<3xi1> {invhlo.unknown}) -> tensor<3xi1> {
  // expected-error @+1 {{cannot be inverted: a logical and does not determine its operands}}
  %y = stablehlo.multiply %k, %x : tensor<3xi1>
  return %y : tensor<3xi1>
}
