// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -split-input-file -verify-diagnostics

func.func @integers(%x: tensor<3xi32>) -> tensor<3xi32> {
  // expected-error @+1 {{operand #0 must be ranked tensor of floating-point or complex-type values}}
  %0 = invhlo.fraction(%x) of %x, %x over %x, %x = %x : tensor<3xi32>, tensor<3xi32>
  return %0 : tensor<3xi32>
}

// -----

func.func @shapes(%x: tensor<3xf32>, %k: tensor<f32>) -> tensor<3xf32> {
  // expected-error @+1 {{op failed to verify that all of {a, b, c, d} have same type}}
  %0 = "invhlo.fraction"(%x, %k, %x, %x, %x, %x) : (tensor<3xf32>, tensor<f32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>) -> tensor<3xf32>
  return %0 : tensor<3xf32>
}
