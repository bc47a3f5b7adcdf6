// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s --split-input-file --verify-diagnostics

func.func @no_branches(%i: tensor<i32>) {
  // expected-error @+1 {{expects at least one branch}}
  "stablehlo.case"(%i) : (tensor<i32>) -> ()
  return
}

// -----

func.func @index(%i: tensor<2xi32>, %x: tensor<f32>) {
  // expected-error @+1 {{expects a scalar index, got 'tensor<2xi32>'}}
  %y = "stablehlo.case"(%i) ({
    stablehlo.return %x : tensor<f32>
  }) : (tensor<2xi32>) -> tensor<f32>
  return
}

// -----

func.func @branch(%i: tensor<i32>, %x: tensor<f32>) {
  // expected-error @+1 {{expects the return of branch 1 to have 1 values, got 0}}
  %y = "stablehlo.case"(%i) ({
    stablehlo.return %x : tensor<f32>
  }, {
    stablehlo.return
  }) : (tensor<i32>) -> tensor<f32>
  return
}
