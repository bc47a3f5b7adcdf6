// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert -split-input-file -verify-diagnostics

// expected-note @+1 {{the unknown is argument #1}}
func.func @f(%k: tensor<3xf32>, %x: tensor<3xf32> {invhlo.unknown}) -> tensor<3xi1> {
  // expected-error @+1 {{cannot be inverted: it maps many values to one}}
  %y = stablehlo.compare LT, %x, %k : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
  return %y : tensor<3xi1>
}
