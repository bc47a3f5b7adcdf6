// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s --split-input-file --verify-diagnostics

func.func @bounds(%lo: tensor<3xf32>, %x: tensor<2xf32>) {
  // expected-error @+1 {{expects a bound to be a scalar or like 'tensor<2xf32>', got 'tensor<3xf32>'}}
  %y = stablehlo.clamp %lo, %x, %lo : (tensor<3xf32>, tensor<2xf32>, tensor<3xf32>) -> tensor<2xf32>
  return
}
