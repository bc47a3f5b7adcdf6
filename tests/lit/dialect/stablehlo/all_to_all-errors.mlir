// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s --split-input-file --verify-diagnostics

func.func @split(%x: tensor<2x3xf32>) {
  // expected-error @+2 {{cannot split dimension 1 of 'tensor<2x3xf32>' into 2}}
  // expected-error @+1 {{failed to infer returned types}}
  %y = "stablehlo.all_to_all"(%x) <{concat_dimension = 0 : i64, replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>, split_count = 2 : i64, split_dimension = 1 : i64}> : (tensor<2x3xf32>) -> tensor<4x1xf32>
  return
}

// -----

func.func @dimension(%x: tensor<2x4xf32>) {
  // expected-error @+2 {{concat_dimension must be in [0, 2), got 2}}
  // expected-error @+1 {{failed to infer returned types}}
  %y = "stablehlo.all_to_all"(%x) <{concat_dimension = 2 : i64, replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>, split_count = 2 : i64, split_dimension = 1 : i64}> : (tensor<2x4xf32>) -> tensor<4x2xf32>
  return
}
