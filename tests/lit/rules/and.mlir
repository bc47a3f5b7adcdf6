// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert -split-input-file -verify-diagnostics

// expected-note @+1 {{the unknown is argument #1}}
func.func @unknown_lhs(%k: tensor<3xi32>, %x: tensor<3xi32> {invhlo.unknown}) -> tensor<3xi32> {
  // expected-error @+1 {{cannot be inverted: it loses the masked bits}}
  %y = stablehlo.and %x, %k : tensor<3xi32>
  return %y : tensor<3xi32>
}

// -----

// expected-note @+1 {{the unknown is argument #1}}
func.func @unknown_rhs(%k: tensor<3xi32>, %x: tensor<3xi32> {invhlo.unknown}) -> tensor<3xi32> {
  // expected-error @+1 {{cannot be inverted: it loses the masked bits}}
  %y = stablehlo.and %k, %x : tensor<3xi32>
  return %y : tensor<3xi32>
}
