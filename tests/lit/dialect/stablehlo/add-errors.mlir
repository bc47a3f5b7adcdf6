// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s --split-input-file --verify-diagnostics

func.func @shapes(%x: tensor<2xf32>, %y: tensor<3xf32>) {
  // expected-error @+1 {{all non-scalar operands/results must have the same shape and base type}}
  %z = stablehlo.add %x, %y : (tensor<2xf32>, tensor<3xf32>) -> tensor<2xf32>
  return
}

// -----

func.func @element_types(%x: tensor<2xf32>, %y: tensor<2xf16>) {
  // expected-error @+1 {{requires compatible types for all operands and results, got 'tensor<2xf32>' and 'tensor<2xf16>'}}
  %z = stablehlo.add %x, %y : (tensor<2xf32>, tensor<2xf16>) -> tensor<2xf32>
  return
}

// -----

func.func @result(%x: tensor<2xf32>) {
  // expected-error @+1 {{all non-scalar operands/results must have the same shape and base type}}
  %z = stablehlo.add %x, %x : (tensor<2xf32>, tensor<2xf32>) -> tensor<3xf32>
  return
}

// -----

func.func @token(%x: !stablehlo.token) {
  // expected-error @+1 {{operand #0 must be ranked tensor of integer or index or floating-point or complex-type or quantized element values, but got '!stablehlo.token'}}
  %z = "stablehlo.add"(%x, %x) : (!stablehlo.token, !stablehlo.token) -> !stablehlo.token
  return
}
