// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s --split-input-file --verify-diagnostics

func.func @indices(%x: tensor<4xf32>, %i: tensor<i32>) {
  // expected-error @+2 {{start indices must have 1 entries, got 2}}
  // expected-error @+1 {{failed to infer returned types}}
  %y = stablehlo.dynamic_slice %x, %i, %i, sizes = [1] : (tensor<4xf32>, tensor<i32>, tensor<i32>) -> tensor<1xf32>
  return
}

// -----

func.func @size(%x: tensor<4xf32>, %i: tensor<i32>) {
  // expected-error @+2 {{size 5 does not fit dimension 0 of 'tensor<4xf32>'}}
  // expected-error @+1 {{failed to infer returned types}}
  %y = stablehlo.dynamic_slice %x, %i, sizes = [5] : (tensor<4xf32>, tensor<i32>) -> tensor<5xf32>
  return
}
