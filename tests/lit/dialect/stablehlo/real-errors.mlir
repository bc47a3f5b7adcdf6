// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s --split-input-file --verify-diagnostics

func.func @complex_result(%x: tensor<2xcomplex<f32>>) {
  // expected-error @+1 {{result #0 must be ranked tensor of floating-point or quantized element values, but got 'tensor<2xcomplex<f32>>'}}
  %y = stablehlo.real %x : (tensor<2xcomplex<f32>>) -> tensor<2xcomplex<f32>>
  return
}
