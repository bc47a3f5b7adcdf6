// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -split-input-file -verify-diagnostics

func.func @complex(%x: tensor<3xcomplex<f32>>) -> tensor<3xcomplex<f32>> {
  // expected-error @+1 {{operand #0 must be}}
  %0 = invhlo.quadratic(%x) of %x, %x, %x over %x, %x, %x = %x : tensor<3xcomplex<f32>>, tensor<3xcomplex<f32>>
  return %0 : tensor<3xcomplex<f32>>
}

// -----

func.func @shapes(%x: tensor<3xf32>, %k: tensor<f32>) -> tensor<3xf32> {
  // expected-error @+1 {{op failed to verify that all of {a, b, c, p, q, r} have same type}}
  %0 = "invhlo.quadratic"(%x, %k, %x, %x, %x, %x, %x, %x) : (tensor<3xf32>, tensor<f32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>) -> tensor<3xf32>
  return %0 : tensor<3xf32>
}
