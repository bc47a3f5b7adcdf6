// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s --split-input-file --verify-diagnostics

func.func @indices(%x: tensor<4xf32>, %i: tensor<2xi32>) {
  // expected-error @+1 {{indices must have 1 entries, got 2}}
  %y = stablehlo.real_dynamic_slice %x, %i, %i, %i : (tensor<4xf32>, tensor<2xi32>, tensor<2xi32>, tensor<2xi32>) -> tensor<?xf32>
  return
}
