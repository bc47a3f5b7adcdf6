// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s --split-input-file --verify-diagnostics

func.func @nothing_to_scan(%init: tensor<f32>) {
  // expected-error @+1 {{expects an input or an output}}
  %y = chlo.scan() inits (%init) dimension=0  {
  ^bb0(%carry: tensor<f32>):
    stablehlo.return %carry : tensor<f32>
  } : (tensor<f32>) -> tensor<f32>
  return
}

// -----

func.func @dimension(%x: tensor<4xf32>) {
  // expected-error @+1 {{dimension 1 is out of range for input #0}}
  %y = chlo.scan(%x) inits () dimension=1  {
  ^bb0(%input: tensor<f32>):
    stablehlo.return %input : tensor<f32>
  } : (tensor<4xf32>) -> tensor<4xf32>
  return
}

// -----

func.func @size(%x: tensor<4xf32>) {
  // expected-error @+1 {{scan_dim_size 5 differs from input #0}}
  %y = chlo.scan(%x) inits () dimension=0  attributes {scan_dim_size = 5 : i64} {
  ^bb0(%input: tensor<f32>):
    stablehlo.return %input : tensor<f32>
  } : (tensor<4xf32>) -> tensor<4xf32>
  return
}

// -----

func.func @arguments(%x: tensor<4x3xf32>) {
  // expected-error @+1 {{expects a body with arguments of types 'tensor<3xf32>'}}
  %y = chlo.scan(%x) inits () dimension=0  {
  ^bb0(%input: tensor<4xf32>):
    stablehlo.return %input : tensor<4xf32>
  } : (tensor<4x3xf32>) -> tensor<4x4xf32>
  return
}

// -----

func.func @returned(%x: tensor<4xf32>, %init: tensor<f32>) {
  // expected-error @+1 {{expects a body that returns types 'tensor<f32>', 'tensor<f32>'}}
  %y:2 = chlo.scan(%x) inits (%init) dimension=0  {
  ^bb0(%input: tensor<f32>, %carry: tensor<f32>):
    stablehlo.return %carry : tensor<f32>
  } : (tensor<4xf32>, tensor<f32>) -> (tensor<4xf32>, tensor<f32>)
  return
}

// -----

func.func @one_result_per_init(%x: tensor<4xf32>, %init: tensor<f32>) {
  // expected-error @+1 {{expects one result per init}}
  chlo.scan(%x) inits (%init) dimension=0  {
  ^bb0(%input: tensor<f32>, %carry: tensor<f32>):
    stablehlo.return
  } : (tensor<4xf32>, tensor<f32>) -> ()
  return
}
