// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -split-input-file -verify-diagnostics

func.func @number(%x: tensor<3xf32>) -> tensor<3xf32> {
  // expected-error @+1 {{op has 1 arguments and 2 exponents}}
  %0 = invhlo.monomial(%x) to [2, 3] = %x : tensor<3xf32>
  return %0 : tensor<3xf32>
}

// -----

func.func @zero(%x: tensor<3xf32>, %k: tensor<3xf32>) -> tensor<3xf32> {
  // expected-error @+1 {{op has an exponent of zero}}
  %0 = invhlo.monomial(%x, %k) to [2, 0] = %x : tensor<3xf32>
  return %0 : tensor<3xf32>
}

// -----

func.func @integers(%x: tensor<3xi32>) -> tensor<3xi32> {
  // expected-error @+1 {{must be variadic of ranked tensor of floating-point or complex-type values}}
  %0 = invhlo.monomial(%x) to [2] = %x : tensor<3xi32>
  return %0 : tensor<3xi32>
}
