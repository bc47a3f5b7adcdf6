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
  // expected-error @+1 {{cannot be inverted: 2 operands depend on the unknown}}
  %y = stablehlo.add %x, %z : tensor<3xf32>
  return %y : tensor<3xf32>
}
