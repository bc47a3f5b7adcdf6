// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s --split-input-file --verify-diagnostics

func.func @range(%x: tensor<2x3xf32>, %i: tensor<f32>) {
  // expected-error @+1 {{dimensions must be in [0, 2), got 2}}
  %y = "stablehlo.reduce"(%x, %i) <{dimensions = array<i64: 2>}> ({
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    stablehlo.return %a : tensor<f32>
  }) : (tensor<2x3xf32>, tensor<f32>) -> tensor<2xf32>
  return
}

// -----

func.func @repeated(%x: tensor<2x3xf32>, %i: tensor<f32>) {
  // expected-error @+1 {{dimensions must not repeat, got 1 twice}}
  %y = "stablehlo.reduce"(%x, %i) <{dimensions = array<i64: 1, 1>}> ({
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    stablehlo.return %a : tensor<f32>
  }) : (tensor<2x3xf32>, tensor<f32>) -> tensor<f32>
  return
}

// -----

func.func @init(%x: tensor<2x3xf32>, %i: tensor<1xf32>) {
  // expected-error @+1 {{expects scalar initial values, got 'tensor<1xf32>'}}
  %y = "stablehlo.reduce"(%x, %i) <{dimensions = array<i64: 1>}> ({
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    stablehlo.return %a : tensor<f32>
  }) : (tensor<2x3xf32>, tensor<1xf32>) -> tensor<2xf32>
  return
}

// -----

func.func @result(%x: tensor<2x3xf32>, %i: tensor<f32>) {
  // expected-error @+1 {{expects a result shaped like 'tensor<2xf32>', got 'tensor<3xf32>'}}
  %y = "stablehlo.reduce"(%x, %i) <{dimensions = array<i64: 1>}> ({
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    stablehlo.return %a : tensor<f32>
  }) : (tensor<2x3xf32>, tensor<f32>) -> tensor<3xf32>
  return
}

// -----

func.func @body_arguments(%x: tensor<2x3xf32>, %i: tensor<f32>) {
  // expected-error @+1 {{expects the arguments of the body to have 2 values, got 1}}
  %y = "stablehlo.reduce"(%x, %i) <{dimensions = array<i64: 1>}> ({
  ^bb0(%a: tensor<f32>):
    stablehlo.return %a : tensor<f32>
  }) : (tensor<2x3xf32>, tensor<f32>) -> tensor<2xf32>
  return
}

// -----

func.func @body_result(%x: tensor<2x3xf32>, %i: tensor<f32>) {
  // expected-error @+1 {{expects the return of the body to have 1 values, got 2}}
  %y = "stablehlo.reduce"(%x, %i) <{dimensions = array<i64: 1>}> ({
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    stablehlo.return %a, %b : tensor<f32>, tensor<f32>
  }) : (tensor<2x3xf32>, tensor<f32>) -> tensor<2xf32>
  return
}
