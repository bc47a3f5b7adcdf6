// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s --split-input-file --verify-diagnostics

func.func @dimension(%x: tensor<2xf32>) {
  // expected-error @+1 {{all_gather_dim must be in [0, 1), got 1}}
  %y = "stablehlo.all_gather"(%x) <{all_gather_dim = 1 : i64, replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>}> : (tensor<2xf32>) -> tensor<4xf32>
  return
}

// -----

func.func @result(%x: tensor<2x2xf32>) {
  // expected-error @+1 {{expects a result like 'tensor<2x2xf32>' but for dimension 1, got 'tensor<4x4xf32>'}}
  %y = "stablehlo.all_gather"(%x) <{all_gather_dim = 1 : i64, replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>}> : (tensor<2x2xf32>) -> tensor<4x4xf32>
  return
}
