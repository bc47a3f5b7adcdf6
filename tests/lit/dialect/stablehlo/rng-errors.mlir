// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s --split-input-file --verify-diagnostics

func.func @shape(%a: tensor<f32>, %s: tensor<1x1xi64>) {
  // expected-error @+1 {{operand #2 must be 1D tensor of integer or index values, but got 'tensor<1x1xi64>'}}
  %y = stablehlo.rng %a, %a, %s, distribution = UNIFORM : (tensor<f32>, tensor<f32>, tensor<1x1xi64>) -> tensor<1xf32>
  return
}

// -----

func.func @parameters(%a: tensor<2xf32>, %s: tensor<1xi64>) {
  // expected-error @+1 {{operand #0 must be 0D tensor of integer or floating-point values, but got 'tensor<2xf32>'}}
  %y = stablehlo.rng %a, %a, %s, distribution = UNIFORM : (tensor<2xf32>, tensor<2xf32>, tensor<1xi64>) -> tensor<?xf32>
  return
}
