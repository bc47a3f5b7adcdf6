// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert -split-input-file -verify-diagnostics

// expected-note @+1 {{the unknown is argument #0}}
func.func @f(%x: tensor<3xf32>) -> tensor<3xi1> {
  // expected-error @+1 {{cannot be inverted: it maps many values to one}}
  %y = chlo.is_inf %x : tensor<3xf32> -> tensor<3xi1>
  return %y : tensor<3xi1>
}
