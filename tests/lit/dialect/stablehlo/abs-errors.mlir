// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s --split-input-file --verify-diagnostics

func.func @complex_result(%x: tensor<2xcomplex<f32>>) {
  // expected-error @+2 {{inferred type(s) 'tensor<2xf32>' are incompatible with return type(s) of operation 'tensor<2xcomplex<f32>>'}}
  // expected-error @+1 {{failed to infer returned types}}
  %y = stablehlo.abs %x : (tensor<2xcomplex<f32>>) -> tensor<2xcomplex<f32>>
  return
}
