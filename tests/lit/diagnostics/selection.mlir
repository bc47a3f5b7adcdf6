// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert -split-input-file -verify-diagnostics

// expected-note @+1 {{the unknown is argument #0}}
func.func @predicate(%x: tensor<3xf32>) -> tensor<3xf32> {
  %k = stablehlo.constant dense<0.0> : tensor<3xf32>
  %p = stablehlo.compare GT, %x, %k : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
  // expected-error @+1 {{cannot be inverted: its predicate depends on the unknown}}
  %y = stablehlo.select %p, %x, %k : tensor<3xi1>, tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// expected-note @+1 {{the unknown is argument #1}}
func.func @known(%p: tensor<3xi1>, %x: tensor<3xf32> {invhlo.unknown}) -> tensor<3xf32> {
  %k = stablehlo.constant dense<0.0> : tensor<3xf32>
  // expected-error @+1 {{cannot be inverted: its predicate is not a literal}}
  %y = stablehlo.select %p, %x, %k : tensor<3xi1>, tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// expected-note @+1 {{the unknown is argument #0}}
func.func @lost(%x: tensor<2xf32>) -> tensor<2xf32> {
  %k = stablehlo.constant dense<0.0> : tensor<2xf32>
  %p = stablehlo.constant dense<[true, false]> : tensor<2xi1>
  // expected-error @+1 {{cannot be inverted: the results do not tell [1]}}
  %y = stablehlo.select %p, %x, %k : tensor<2xi1>, tensor<2xf32>
  return %y : tensor<2xf32>
}
