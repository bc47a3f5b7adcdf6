// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s --split-input-file --verify-diagnostics

func.func @limit(%x: tensor<4xf32>) {
  // expected-error @+2 {{invalid range 1:6:1 in dimension 0 of 'tensor<4xf32>'}}
  // expected-error @+1 {{failed to infer returned types}}
  %y = stablehlo.slice %x [1:6] : (tensor<4xf32>) -> tensor<5xf32>
  return
}

// -----

func.func @start_after_limit(%x: tensor<4xf32>) {
  // expected-error @+2 {{invalid range 3:1:1 in dimension 0 of 'tensor<4xf32>'}}
  // expected-error @+1 {{failed to infer returned types}}
  %y = stablehlo.slice %x [3:1] : (tensor<4xf32>) -> tensor<2xf32>
  return
}

// -----

func.func @stride(%x: tensor<4xf32>) {
  // expected-error @+2 {{invalid range 0:4:0 in dimension 0 of 'tensor<4xf32>'}}
  // expected-error @+1 {{failed to infer returned types}}
  %y = stablehlo.slice %x [0:4:0] : (tensor<4xf32>) -> tensor<4xf32>
  return
}

// -----

func.func @rank(%x: tensor<4xf32>) {
  // expected-error @+2 {{start_indices must have 1 entries, got 2}}
  // expected-error @+1 {{failed to infer returned types}}
  %y = stablehlo.slice %x [0:4, 0:1] : (tensor<4xf32>) -> tensor<4xf32>
  return
}

// -----

func.func @result(%x: tensor<4xf32>) {
  // expected-error @+2 {{inferred type(s) 'tensor<2xf32>' are incompatible with return type(s) of operation 'tensor<3xf32>'}}
  // expected-error @+1 {{failed to infer returned types}}
  %y = stablehlo.slice %x [0:4:2] : (tensor<4xf32>) -> tensor<3xf32>
  return
}
