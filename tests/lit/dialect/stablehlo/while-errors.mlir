// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s --split-input-file --verify-diagnostics

func.func @condition(%x: tensor<i1>) {
  // expected-error @+1 {{expects the return of cond to have 1 values, got 2}}
  %y = stablehlo.while(%v = %x) : tensor<i1>
  cond {
    stablehlo.return %v, %v : tensor<i1>, tensor<i1>
  } do {
    stablehlo.return %v : tensor<i1>
  }
  return
}

// -----

func.func @body(%x: tensor<i1>) {
  // expected-error @+1 {{expects the return of body to have 1 values, got 2}}
  %y = stablehlo.while(%v = %x) : tensor<i1>
  cond {
    stablehlo.return %v : tensor<i1>
  } do {
    stablehlo.return %v, %v : tensor<i1>, tensor<i1>
  }
  return
}

// -----

func.func @condition_type(%x: tensor<2xi1>) {
  // expected-error @+1 {{expects value 0 of the return of cond to be 'tensor<i1>', got 'tensor<2xi1>'}}
  %y = stablehlo.while(%v = %x) : tensor<2xi1>
  cond {
    stablehlo.return %v : tensor<2xi1>
  } do {
    stablehlo.return %v : tensor<2xi1>
  }
  return
}
