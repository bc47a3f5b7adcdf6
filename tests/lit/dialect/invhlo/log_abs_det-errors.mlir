// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -split-input-file -verify-diagnostics

func.func @integers(%a: tensor<2x2xi32>) -> tensor<f32> {
  // expected-error @+1 {{'invhlo.log_abs_det' op operand #0 must be statically shaped square matrix, or batch of such, of floating-point or complex-type values, but got 'tensor<2x2xi32>'}}
  %0 = "invhlo.log_abs_det"(%a) : (tensor<2x2xi32>) -> tensor<f32>
  return %0 : tensor<f32>
}

// -----

func.func @vector(%a: tensor<2xf32>) -> tensor<f32> {
  // expected-error @+1 {{'invhlo.log_abs_det' op operand #0 must be statically shaped square matrix}}
  %0 = "invhlo.log_abs_det"(%a) : (tensor<2xf32>) -> tensor<f32>
  return %0 : tensor<f32>
}

// -----

func.func @complex(%a: tensor<2x2xcomplex<f32>>) -> tensor<f64> {
  // expected-error @+1 {{'invhlo.log_abs_det' op failed to verify that the result is a real number for each matrix}}
  %0 = "invhlo.log_abs_det"(%a) : (tensor<2x2xcomplex<f32>>) -> tensor<f64>
  return %0 : tensor<f64>
}
