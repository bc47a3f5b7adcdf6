// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert -split-input-file -verify-diagnostics

// expected-note @+1 {{the unknown is argument #1}}
func.func @f(%low: tensor<f32>, %x: tensor<3xf32> {invhlo.unknown}, %high: tensor<f32>)
    -> tensor<3xf32> {
  // expected-error @+1 {{cannot be inverted: it loses the operand that is not taken}}
  %y = stablehlo.clamp %low, %x, %high : (tensor<f32>, tensor<3xf32>, tensor<f32>) -> tensor<3xf32>
  return %y : tensor<3xf32>
}
