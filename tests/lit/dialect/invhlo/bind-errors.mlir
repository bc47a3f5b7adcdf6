// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -split-input-file -verify-diagnostics

func.func @negative(%x: tensor<3xf32>) -> tensor<3xf32> {
  // expected-error @+1 {{'invhlo.bind' op attribute 'host' failed to satisfy constraint: 64-bit signless integer attribute whose value is non-negative}}
  %0 = invhlo.bind -1(%x) : (tensor<3xf32>) -> tensor<3xf32>
  return %0 : tensor<3xf32>
}

// -----

func.func @no_number(%x: tensor<3xf32>) -> tensor<3xf32> {
  // expected-error @+1 {{'invhlo.bind' op requires attribute 'host'}}
  %0 = "invhlo.bind"(%x) : (tensor<3xf32>) -> tensor<3xf32>
  return %0 : tensor<3xf32>
}
