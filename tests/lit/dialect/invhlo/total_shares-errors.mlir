// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -split-input-file -verify-diagnostics

func.func @no_scalar(%a: tensor<3xf32>) -> tensor<3xf32> {
  // expected-error @+1 {{'invhlo.total_shares' op result #0 must be 0D tensor of floating-point values}}
  %total = invhlo.total_shares %a : (tensor<3xf32>) -> tensor<3xf32>
  return %total : tensor<3xf32>
}

// -----

func.func @complex(%a: tensor<3xcomplex<f32>>) -> tensor<f32> {
  // expected-error @+1 {{'invhlo.total_shares' op operand #0 must be variadic of statically shaped tensor of floats}}
  %total = invhlo.total_shares %a : (tensor<3xcomplex<f32>>) -> tensor<f32>
  return %total : tensor<f32>
}
