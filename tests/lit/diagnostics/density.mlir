// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -invhlo-lower-shares -split-input-file -verify-diagnostics

// Without a log-det the bits come back.
// expected-note @+1 {{the unknown is argument #0}}
func.func @bits(%x: tensor<3xf32>) -> tensor<3xi32> {
  // expected-error @+1 {{cannot be inverted: the bits of a float have no density}}
  %y = stablehlo.bitcast_convert %x : (tensor<3xf32>) -> tensor<3xi32>
  return %y : tensor<3xi32>
}
