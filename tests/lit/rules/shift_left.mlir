// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert -split-input-file -verify-diagnostics

// expected-note @+1 {{the unknown is argument #1}}
func.func @unknown_lhs(%k: tensor<3xui32>, %x: tensor<3xui32> {invhlo.unknown}) -> tensor<3xui32> {
  // expected-error @+1 {{cannot be inverted: it loses the bits that are shifted out}}
  %y = stablehlo.shift_left %x, %k : tensor<3xui32>
  return %y : tensor<3xui32>
}

// -----

// expected-note @+1 {{the unknown is argument #1}}
func.func @unknown_rhs(%k: tensor<3xui32>, %x: tensor<3xui32> {invhlo.unknown}) -> tensor<3xui32> {
  // expected-error @+1 {{cannot be inverted: it loses the bits that are shifted out}}
  %y = stablehlo.shift_left %k, %x : tensor<3xui32>
  return %y : tensor<3xui32>
}
