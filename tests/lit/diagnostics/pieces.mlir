// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s --invhlo-pipeline=preimage=0 -split-input-file -verify-diagnostics

// What has several solutions is to have them element by element.

// expected-note @+1 {{the unknown is argument #0}}
func.func @main(%x: tensor<3xf32>) -> tensor<3xf32> {
  %0 = stablehlo.reverse %x, dims = [0] : tensor<3xf32>
  // expected-error @+1 {{cannot be inverted: several values have the same result}}
  %1 = stablehlo.abs %0 : tensor<3xf32>
  return %1 : tensor<3xf32>
}
