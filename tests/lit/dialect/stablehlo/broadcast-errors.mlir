// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s --split-input-file --verify-diagnostics

func.func @negative(%x: tensor<3xf32>) {
  // expected-error @+2 {{sizes must not be negative}}
  // expected-error @+1 {{failed to infer returned types}}
  %y = stablehlo.broadcast %x, sizes = [-1] : (tensor<3xf32>) -> tensor<1x3xf32>
  return
}
