// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -split-input-file -verify-diagnostics

func.func @types(%x: tensor<3xi32>, %q: tensor<4xi32>) {
  // expected-note @-1 {{prior use here}}
  // expected-error @+1 {{expects different type than prior uses}}
  invhlo.division %x = %q * 10 + %x : tensor<3xi32>
  return
}

// -----

func.func @floats(%x: tensor<3xf32>) {
  // expected-error @+1 {{must be statically shaped tensor of integers}}
  invhlo.division %x = %x * 10 + %x : tensor<3xf32>
  return
}
