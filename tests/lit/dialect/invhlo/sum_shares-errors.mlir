// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -split-input-file -verify-diagnostics

func.func @types(%a: tensor<3xf32>, %b: tensor<2xf32>) -> tensor<3xf32> {
  // expected-error @+1 {{'invhlo.sum_shares' op requires the same type for all operands and results}}
  %s = "invhlo.sum_shares"(%a, %b) : (tensor<3xf32>, tensor<2xf32>) -> tensor<3xf32>
  return %s : tensor<3xf32>
}

// -----

func.func @integers(%a: tensor<3xi32>) -> tensor<3xi32> {
  // expected-error @+1 {{'invhlo.sum_shares' op operand #0 must be ranked tensor of floating-point values}}
  %s = invhlo.sum_shares %a, %a : tensor<3xi32>
  return %s : tensor<3xi32>
}
