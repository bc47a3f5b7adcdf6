// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s --split-input-file --verify-diagnostics

func.func @operands(%x: tensor<4xf32>, %v: tensor<f32>, %p: tensor<2xi32>) {
  // expected-error @+1 {{padding must have 1 entries, got 2}}
  %y = stablehlo.dynamic_pad %x, %v, %p, %p, %p : (tensor<4xf32>, tensor<f32>, tensor<2xi32>, tensor<2xi32>, tensor<2xi32>) -> tensor<?xf32>
  return
}
