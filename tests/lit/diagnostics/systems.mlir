// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=total" -split-input-file -verify-diagnostics

// expected-note @+1 {{the unknown is argument #0}}
func.func @without_mean(%x: tensor<3xf32>) -> tensor<3xf32> {
  %zero = stablehlo.constant dense<0.0> : tensor<f32>
  %three = stablehlo.constant dense<3.0> : tensor<3xf32>
  %0 = stablehlo.reduce(%x init: %zero) applies stablehlo.add across dimensions = [0] : (tensor<3xf32>, tensor<f32>) -> tensor<f32>
  %1 = stablehlo.broadcast_in_dim %0, dims = [] : (tensor<f32>) -> tensor<3xf32>
  %2 = stablehlo.divide %1, %three : tensor<3xf32>
  // expected-error @+1 {{it belongs to 3 equations that do not tell 3 unknown numbers: their matrix is singular}}
  %3 = stablehlo.subtract %x, %2 : tensor<3xf32>
  return %3 : tensor<3xf32>
}

// -----

// Whatever the parameter is.
// expected-note @+1 {{the unknown is argument #0}}
func.func @for_all_parameters(%x: tensor<3xf32> {invhlo.unknown}, %w: tensor<3xf32>) -> tensor<3xf32> {
  %0 = stablehlo.reverse %x, dims = [0] : tensor<3xf32>
  %1 = stablehlo.multiply %x, %w : tensor<3xf32>
  %2 = stablehlo.multiply %0, %w : tensor<3xf32>
  // expected-error @+1 {{it belongs to 3 equations that do not tell 3 unknown numbers: their matrix is singular}}
  %3 = stablehlo.subtract %1, %2 : tensor<3xf32>
  return %3 : tensor<3xf32>
}

// -----

// expected-note @+1 {{the unknown is argument #0}}
func.func @large(%x: tensor<3000xf32> {invhlo.unknown}, %w: tensor<3000xf32>) -> tensor<3000xf32> {
  %0 = stablehlo.dot_general %x, %w, contracting_dims = [0] x [0] : (tensor<3000xf32>, tensor<3000xf32>) -> tensor<f32>
  %1 = stablehlo.broadcast_in_dim %0, dims = [] : (tensor<f32>) -> tensor<3000xf32>
  // expected-error @+1 {{3000 unknown numbers depend on each other, which is more than a matrix is made for (2048)}}
  %2 = stablehlo.add %x, %1 : tensor<3000xf32>
  return %2 : tensor<3000xf32>
}

// -----

// What rules refuse for good is no equation of a system.
// expected-note @+1 {{the unknown is argument #0}}
func.func @infinite(%x: tensor<2xf32>) -> tensor<2xf32> {
  %inf = stablehlo.constant dense<[0.0, 0x7F800000]> : tensor<2xf32>
  // expected-error @+1 {{it adds what is not finite}}
  %0 = stablehlo.add %x, %inf : tensor<2xf32>
  %1 = stablehlo.reverse %0, dims = [0] : tensor<2xf32>
  %2 = stablehlo.add %0, %0 : tensor<2xf32>
  %3 = stablehlo.add %2, %1 : tensor<2xf32>
  return %3 : tensor<2xf32>
}
