// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s --split-input-file --verify-diagnostics

func.func @dimension() {
  // expected-error @+1 {{dim must be in [0, 2), got 2}}
  %i = stablehlo.iota dim = 2 : tensor<2x3xi32>
  return
}

// -----

func.func @scalar() {
  // expected-error @+1 {{dim must be in [0, 0), got 0}}
  %i = stablehlo.iota dim = 0 : tensor<i32>
  return
}
