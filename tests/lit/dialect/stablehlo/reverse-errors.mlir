// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s --split-input-file --verify-diagnostics

func.func @repeated(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{dims must not repeat, got 1 twice}}
  %y = stablehlo.reverse %x, dims = [1, 1] : tensor<2x3xf32>
  return
}

// -----

func.func @range(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{dims must be in [0, 2), got 2}}
  %y = stablehlo.reverse %x, dims = [2] : tensor<2x3xf32>
  return
}
