// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s --split-input-file --verify-diagnostics

func.func private @composite_no_name(tensor<f32>) -> tensor<f32>
func.func @no_name(%x: tensor<f32>) {
  // expected-error @+1 {{expects a name}}
  %y = stablehlo.composite "" %x {decomposition = @composite_no_name} : (tensor<f32>) -> tensor<f32>
  return
}

// -----

func.func @unknown_decomposition(%x: tensor<f32>) {
  // expected-error @+1 {{expects a function to decompose into, found none named nobody}}
  %y = stablehlo.composite "a.b" %x {decomposition = @nobody} : (tensor<f32>) -> tensor<f32>
  return
}
