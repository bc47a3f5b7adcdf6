// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s --split-input-file --verify-diagnostics

func.func @length(%x: tensor<3xf32>, %s: tensor<2xi32>) {
  // expected-error @+1 {{dims must have 1 entries, got 0}}
  %y = stablehlo.dynamic_broadcast_in_dim %x, %s, dims = [] : (tensor<3xf32>, tensor<2xi32>) -> tensor<?x3xf32>
  return
}
