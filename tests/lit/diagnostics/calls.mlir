// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert -split-input-file -verify-diagnostics

func.func private @inner(%x: tensor<3xf32>) -> tensor<3xf32> {
  // expected-error @+1 {{cannot be inverted: it maps many values to one}}
  %y = stablehlo.sign %x : tensor<3xf32>
  return %y : tensor<3xf32>
}
func.func private @middle(%x: tensor<3xf32>) -> tensor<3xf32> {
  // expected-note @+1 {{called from here}}
  %y = call @inner(%x) : (tensor<3xf32>) -> tensor<3xf32>
  return %y : tensor<3xf32>
}
// expected-note @+1 {{the unknown is argument #0}}
func.func @outer(%x: tensor<3xf32>) -> tensor<3xf32> {
  // expected-note @+1 {{called from here}}
  %y = call @middle(%x) : (tensor<3xf32>) -> tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

func.func private @elsewhere(tensor<3xf32>) -> tensor<3xf32>
// expected-note @+1 {{the unknown is argument #0}}
func.func @external(%x: tensor<3xf32>) -> tensor<3xf32> {
  // expected-error @+1 {{cannot be inverted: its callee has no body}}
  %y = call @elsewhere(%x) : (tensor<3xf32>) -> tensor<3xf32>
  return %y : tensor<3xf32>
}
