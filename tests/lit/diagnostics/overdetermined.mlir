// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -invhlo-lower-shares -split-input-file -verify-diagnostics

// expected-error @+1 {{has more output than input elements (4 > 2): its log-det depends on which of them are used}}
func.func @twice(%x: tensor<2xf32>) -> (tensor<2xf32>, tensor<2xf32>) {
  %y = stablehlo.negate %x : tensor<2xf32>
  return %x, %y : tensor<2xf32>, tensor<2xf32>
}

// -----

// A complex number counts twice.
// expected-error @+1 {{has more output than input elements (4 > 2)}}
func.func @complex(%x: tensor<2xf32>) -> tensor<2xcomplex<f32>> {
  %k = stablehlo.constant dense<0.0> : tensor<2xf32>
  %y = stablehlo.complex %x, %k : tensor<2xcomplex<f32>>
  return %y : tensor<2xcomplex<f32>>
}
