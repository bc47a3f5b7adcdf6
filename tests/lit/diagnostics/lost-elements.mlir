// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert -split-input-file -verify-diagnostics

// An op that told all it could is not to blame for what it was not told.

// expected-note @+1 {{the unknown is argument #0}}
func.func @slice(%x: tensor<6xf32>) -> tensor<3xf32> {
  // expected-error @+1 {{the results do not tell [3:6] of its operand}}
  %y = stablehlo.slice %x [0:3] : (tensor<6xf32>) -> tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// expected-note @+1 {{the unknown is argument #0}}
func.func @column(%x: tensor<4x2xf32>) -> tensor<4x1xf32> {
  // expected-error @+1 {{the results do not tell [:, 1] of its operand}}
  %y = stablehlo.slice %x [0:4, 0:1] : (tensor<4x2xf32>) -> tensor<4x1xf32>
  return %y : tensor<4x1xf32>
}

// -----

// expected-note @+1 {{the unknown is argument #0}}
func.func @twice(%x: tensor<4xf32>) -> tensor<4xf32> {
  %a = stablehlo.slice %x [0:2] : (tensor<4xf32>) -> tensor<2xf32>
  // expected-note @+1 {{this is used more than once}}
  %b = stablehlo.slice %x [2:4] : (tensor<4xf32>) -> tensor<2xf32>
  %t = stablehlo.tanh %b : tensor<2xf32>
  // expected-error @+1 {{2 operands depend on the unknown}}
  %s = stablehlo.add %b, %t : tensor<2xf32>
  %y = stablehlo.concatenate %a, %s, dim = 0 : (tensor<2xf32>, tensor<2xf32>) -> tensor<4xf32>
  return %y : tensor<4xf32>
}
