// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s --split-input-file --verify-diagnostics

func.func @feature_index(%x: tensor<8x4xf32>, %s: tensor<4xf32>) {
  // expected-error @+2 {{feature_index must be in [0, 2), got 2}}
  // expected-error @+1 {{failed to infer returned types}}
  %y = "stablehlo.batch_norm_inference"(%x, %s, %s, %s, %s) <{epsilon = 0.1 : f32, feature_index = 2 : i64}> : (tensor<8x4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) -> tensor<8x4xf32>
  return
}

// -----

func.func @features(%x: tensor<8x4xf32>, %s: tensor<8xf32>) {
  // expected-error @+2 {{expected one number a feature of 'tensor<8x4xf32>', got 'tensor<8xf32>'}}
  // expected-error @+1 {{failed to infer returned types}}
  %y = "stablehlo.batch_norm_inference"(%x, %s, %s, %s, %s) <{epsilon = 0.1 : f32, feature_index = 1 : i64}> : (tensor<8x4xf32>, tensor<8xf32>, tensor<8xf32>, tensor<8xf32>, tensor<8xf32>) -> tensor<8x4xf32>
  return
}
