// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s --invhlo-invert -split-input-file -verify-diagnostics

// expected-note @+1 {{the unknown is argument #0}}
func.func @mish(%x: tensor<3xf32>) -> tensor<3xf32> {
  %0 = stablehlo.negate %x : tensor<3xf32>
  // expected-error @+1 {{cannot be inverted: mish is not injective: it falls up to -1.192 and rises from there}}
  %y = invhlo.idiom "mish"(%x) = %0 : tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// expected-note @+1 {{the unknown is argument #0}}
func.func @falling_elu(%x: tensor<3xf32>) -> tensor<3xf32> {
  %0 = stablehlo.negate %x : tensor<3xf32>
  %alpha = stablehlo.constant dense<[1.0, -1.0, 2.0]> : tensor<3xf32>
  // expected-error @+1 {{cannot be inverted: `elu` is not injective unless its parameter is positive}}
  %y = invhlo.idiom "elu"(%x, %alpha) = %0 : tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// expected-note @+1 {{the unknown is argument #0}}
func.func @twice(%x: tensor<3xf32>) -> tensor<3xf32> {
  %0 = stablehlo.negate %x : tensor<3xf32>
  // expected-error @+1 {{cannot be inverted: it uses the unknown more than once}}
  %y = invhlo.idiom "logaddexp"(%x, %x) = %0 : tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// expected-note @+1 {{the unknown is argument #0}}
func.func @unheard_of(%x: tensor<3xf32>) -> tensor<3xf32> {
  %0 = stablehlo.negate %x : tensor<3xf32>
  // expected-error @+1 {{cannot be inverted: there is no inversion rule for this function}}
  %y = invhlo.idiom "unheard_of"(%x) = %0 : tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// expected-note @+1 {{the unknown is argument #0}}
func.func @of_one_value(%x: tensor<3xf32>) -> tensor<3xf32> {
  %0 = stablehlo.negate %x : tensor<3xf32>
  // expected-error @+1 {{cannot be inverted: it is a function of two values}}
  %y = invhlo.idiom "logaddexp"(%x) = %0 : tensor<3xf32>
  return %y : tensor<3xf32>
}
