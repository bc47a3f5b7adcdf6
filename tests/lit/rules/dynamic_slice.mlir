// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert -split-input-file -verify-diagnostics

// expected-note @+1 {{the unknown is argument #1}}
func.func @f(%i: tensor<i32>, %x: tensor<3xf32> {invhlo.unknown}) -> tensor<2xf32> {
  // expected-error @+1 {{cannot be inverted: its start is not a literal}}
  %y = stablehlo.dynamic_slice %x, %i, sizes = [2] : (tensor<3xf32>, tensor<i32>) -> tensor<2xf32>
  return %y : tensor<2xf32>
}
