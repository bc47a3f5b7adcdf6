// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s --split-input-file --verify-diagnostics

func.func @too_many_dims(%x: tensor<8xcomplex<f32>>) {
  // expected-error @+2 {{expected 1 to 3 dimensions of 'tensor<8xcomplex<f32>>' to transform, got 2}}
  // expected-error @+1 {{failed to infer returned types}}
  %y = stablehlo.fft %x, type = FFT, length = [8, 8] : (tensor<8xcomplex<f32>>) -> tensor<8xcomplex<f32>>
  return
}

// -----

func.func @real_operand(%x: tensor<8xf32>) {
  // expected-error @+2 {{unexpected element type for FFT: 'tensor<8xf32>'}}
  // expected-error @+1 {{failed to infer returned types}}
  %y = stablehlo.fft %x, type = FFT, length = [8] : (tensor<8xf32>) -> tensor<8xf32>
  return
}

// -----

func.func @length(%x: tensor<8xf32>) {
  // expected-error @+2 {{length does not fit 'tensor<8xf32>'}}
  // expected-error @+1 {{failed to infer returned types}}
  %y = stablehlo.fft %x, type = RFFT, length = [9] : (tensor<8xf32>) -> tensor<5xcomplex<f32>>
  return
}

// -----

func.func @result(%x: tensor<8xf32>) {
  // expected-error @+2 {{inferred type(s) 'tensor<5xcomplex<f32>>' are incompatible with return type(s) of operation 'tensor<8xcomplex<f32>>'}}
  // expected-error @+1 {{failed to infer returned types}}
  %y = stablehlo.fft %x, type = RFFT, length = [8] : (tensor<8xf32>) -> tensor<8xcomplex<f32>>
  return
}
