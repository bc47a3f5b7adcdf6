// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s --split-input-file --verify-diagnostics

func.func @float_result(%x: tensor<2xf32>) {
  // expected-error @+1 {{result #0 must be ranked tensor of predicate (i1) values, but got 'tensor<2xf32>'}}
  %y = stablehlo.is_finite %x : (tensor<2xf32>) -> tensor<2xf32>
  return
}
