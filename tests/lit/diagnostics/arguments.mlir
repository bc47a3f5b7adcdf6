// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert -split-input-file -verify-diagnostics

// expected-error @+1 {{argument #1 cannot be recovered: it does not reach the results}}
func.func @unused(%x: tensor<3xf32>, %z: tensor<3xf32>) -> tensor<3xf32> {
  %y = stablehlo.negate %x : tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// The unknown that is not found is named, not the first.
// expected-note @+1 {{the unknown is argument #2}}
func.func @third(%a: tensor<2xf32>, %k: tensor<2xf32>, %x: tensor<2xf32>) -> (tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) {
  // expected-error @+1 {{cannot be inverted: it maps many values to one}}
  %y = stablehlo.sign %x : tensor<2xf32>
  return %a, %k, %y : tensor<2xf32>, tensor<2xf32>, tensor<2xf32>
}
