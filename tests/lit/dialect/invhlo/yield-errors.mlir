// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -verify-diagnostics

func.func @no_region(%x: tensor<f32>) {
  // expected-error @+1 {{'invhlo.yield' op expects parent op to be one of 'invhlo.alternatives, invhlo.piecewise, invhlo.scan, invhlo.search, invhlo.spline, invhlo.triangular'}}
  invhlo.yield %x : tensor<f32>
}
