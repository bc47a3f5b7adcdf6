// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s --split-input-file --verify-diagnostics

func.func @range(%x: tensor<4xf32>) {
  // expected-error @+2 {{dim must be in [0, 1), got 1}}
  // expected-error @+1 {{failed to infer returned types}}
  %n = stablehlo.get_dimension_size %x, dim = 1 : (tensor<4xf32>) -> tensor<i32>
  return
}
