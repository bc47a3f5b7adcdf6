// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s --split-input-file --verify-diagnostics

func.func @no_exponent(%x: tensor<2xf32>) {
  // expected-error @+1 {{expects at least 1 exponent bit, got 0}}
  %y = stablehlo.reduce_precision %x, format = e0m7 : tensor<2xf32>
  return
}

// -----

func.func @format(%x: tensor<2xf32>) {
  // expected-error @+1 {{custom op 'stablehlo.reduce_precision' expected a float format such as e5m10}}
  %y = stablehlo.reduce_precision %x, format = f8 : tensor<2xf32>
  return
}
