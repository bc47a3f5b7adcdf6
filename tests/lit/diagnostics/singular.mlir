// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert -split-input-file -verify-diagnostics

// expected-note @+1 {{the unknown is argument #0}}
func.func @f(%x: tensor<3xf32>) -> tensor<3xf32> {
  %k = stablehlo.constant dense<0.0> : tensor<3xf32>
  // expected-error @+1 {{cannot be inverted: it multiplies by zero}}
  %y = stablehlo.multiply %x, %k : tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// expected-note @+1 {{the unknown is argument #0}}
func.func @f(%x: tensor<3xf32>) -> tensor<3xf32> {
  %k = stablehlo.constant dense<[0.0, -0.0, 0.0]> : tensor<3xf32>
  // expected-error @+1 {{cannot be inverted: it multiplies by zero}}
  %y = stablehlo.multiply %k, %x : tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// expected-note @+1 {{the unknown is argument #0}}
func.func @f(%x: tensor<3xcomplex<f32>>) -> tensor<3xcomplex<f32>> {
  %k = stablehlo.constant dense<(0.0, 0.0)> : tensor<3xcomplex<f32>>
  // expected-error @+1 {{cannot be inverted: it multiplies by zero}}
  %y = stablehlo.multiply %x, %k : tensor<3xcomplex<f32>>
  return %y : tensor<3xcomplex<f32>>
}

// -----

// expected-note @+1 {{the unknown is argument #0}}
func.func @f(%x: tensor<3xf32>) -> tensor<3xf32> {
  %k = stablehlo.constant dense<[1.0, 0.0, 2.0]> : tensor<3xf32>
  // expected-error @+1 {{cannot be inverted: it multiplies by zero}}
  %y = stablehlo.multiply %x, %k : tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// expected-note @+1 {{the unknown is argument #0}}
func.func @f(%x: tensor<3xf32>) -> tensor<3xf32> {
  %k = stablehlo.constant dense<0.0> : tensor<3xf32>
  // expected-error @+1 {{cannot be inverted: it divides by zero}}
  %y = stablehlo.divide %x, %k : tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// expected-note @+1 {{the unknown is argument #0}}
func.func @f(%x: tensor<3xf32>) -> tensor<3xf32> {
  %k = stablehlo.constant dense<0.0> : tensor<3xf32>
  // expected-error @+1 {{cannot be inverted: it divides zero}}
  %y = stablehlo.divide %k, %x : tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// expected-note @+1 {{the unknown is argument #0}}
func.func @f(%x: tensor<3xf32>) -> tensor<3xf32> {
  %k = stablehlo.constant dense<[1.0, 0.0, 2.0]> : tensor<3xf32>
  // expected-error @+1 {{cannot be inverted: it divides by zero}}
  %y = stablehlo.divide %x, %k : tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// expected-note @+1 {{the unknown is argument #0}}
func.func @f(%x: tensor<3xf32>) -> tensor<3xf32> {
  %k = stablehlo.constant dense<0x7F800000> : tensor<3xf32>
  // expected-error @+1 {{cannot be inverted: it divides by what is not finite}}
  %y = stablehlo.divide %x, %k : tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// expected-note @+1 {{the unknown is argument #0}}
func.func @f(%x: tensor<3xf32>) -> tensor<3xf32> {
  %k = stablehlo.constant dense<0.0> : tensor<3xf32>
  // expected-error @+1 {{cannot be inverted: its exponent is zero}}
  %y = stablehlo.power %x, %k : tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// expected-note @+1 {{the unknown is argument #0}}
func.func @f(%x: tensor<3xf32>) -> tensor<3xf32> {
  %k = stablehlo.constant dense<1.0> : tensor<3xf32>
  // expected-error @+1 {{cannot be inverted: its base is zero or one}}
  %y = stablehlo.power %k, %x : tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// expected-note @+1 {{the unknown is argument #0}}
func.func @f(%x: tensor<3xf32>) -> tensor<3xf32> {
  %k = stablehlo.constant dense<0x7F800000> : tensor<3xf32>
  // expected-error @+1 {{cannot be inverted: it adds what is not finite}}
  %y = stablehlo.add %x, %k : tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// expected-note @+1 {{the unknown is argument #0}}
func.func @f(%x: tensor<3xf32>) -> tensor<3xf32> {
  %k = stablehlo.constant dense<[0.0, 0x7F800000, 1.0]> : tensor<3xf32>
  // expected-error @+1 {{cannot be inverted: it adds what is not finite}}
  %y = stablehlo.add %x, %k : tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// expected-note @+1 {{the unknown is argument #0}}
func.func @f(%x: tensor<3xf32>) -> tensor<3xf32> {
  %k = stablehlo.constant dense<0x7FC00000> : tensor<3xf32>
  // expected-error @+1 {{cannot be inverted: it subtracts what is not finite}}
  %y = stablehlo.subtract %k, %x : tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// expected-note @+1 {{the unknown is argument #0}}
func.func @f(%x: tensor<3xf32>) -> tensor<3xf32> {
  %k = stablehlo.constant dense<[1.0, 0x7F800000, 2.0]> : tensor<3xf32>
  // expected-error @+1 {{cannot be inverted: it multiplies by what is not finite}}
  %y = stablehlo.multiply %x, %k : tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// expected-note @+1 {{the unknown is argument #0}}
func.func @f(%x: tensor<3xcomplex<f32>>) -> tensor<3xcomplex<f32>> {
  %k = stablehlo.constant dense<(0x7F800000, 1.0)> : tensor<3xcomplex<f32>>
  // expected-error @+1 {{cannot be inverted: it multiplies by what is not finite}}
  %y = stablehlo.multiply %x, %k : tensor<3xcomplex<f32>>
  return %y : tensor<3xcomplex<f32>>
}

// -----

// expected-note @+1 {{the unknown is argument #0}}
func.func @f(%x: tensor<3xf32>) -> tensor<3xf32> {
  %k = stablehlo.constant dense<0x7F800000> : tensor<3xf32>
  // expected-error @+1 {{cannot be inverted: it divides what is not finite}}
  %y = stablehlo.divide %k, %x : tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// expected-note @+1 {{the unknown is argument #0}}
func.func @f(%x: tensor<3xf32>) -> tensor<3xf32> {
  %k = stablehlo.constant dense<[3.0, 0x7F800000, 1.0]> : tensor<3xf32>
  // expected-error @+1 {{cannot be inverted: its exponent is not finite}}
  %y = stablehlo.power %x, %k : tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// expected-note @+1 {{the unknown is argument #0}}
func.func @f(%x: tensor<3xf32>) -> tensor<3xf32> {
  %k = stablehlo.constant dense<-2.0> : tensor<3xf32>
  // expected-error @+1 {{cannot be inverted: its base is negative}}
  %y = stablehlo.power %k, %x : tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// expected-note @+1 {{the unknown is argument #0}}
func.func @f(%x: tensor<3xf32>) -> tensor<3xf32> {
  %k = stablehlo.constant dense<0x7F800000> : tensor<3xf32>
  // expected-error @+1 {{cannot be inverted: its base is not finite}}
  %y = stablehlo.power %k, %x : tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// expected-note @+1 {{the unknown is argument #0}}
func.func @f(%x: tensor<3xf32>) -> tensor<3xf32> {
  %k = stablehlo.constant dense<0.0> : tensor<3xf32>
  // expected-error @+1 {{cannot be inverted: its denominator is zero}}
  %y = stablehlo.atan2 %x, %k : tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// expected-note @+1 {{the unknown is argument #0}}
func.func @f(%x: tensor<3xf32>) -> tensor<3xf32> {
  %k = stablehlo.constant dense<[1.0, 0.0, 2.0]> : tensor<3xf32>
  // expected-error @+1 {{cannot be inverted: its numerator is zero}}
  %y = stablehlo.atan2 %k, %x : tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// expected-note @+1 {{the unknown is argument #0}}
func.func @f(%x: tensor<3xf32>) -> tensor<3xf32> {
  %k = stablehlo.constant dense<0x7F800000> : tensor<3xf32>
  // expected-error @+1 {{cannot be inverted: its other operand is not finite}}
  %y = stablehlo.atan2 %x, %k : tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// expected-note @+1 {{the unknown is argument #0}}
func.func @equal(%x: tensor<2xf32>) -> tensor<2xf32> {
  %a = stablehlo.constant dense<1.0> : tensor<2x2xf32>
  // expected-error @+1 {{cannot be inverted: the known matrix is singular}}
  %y = stablehlo.dot_general %a, %x, contracting_dims = [1] x [0] : (tensor<2x2xf32>, tensor<2xf32>) -> tensor<2xf32>
  return %y : tensor<2xf32>
}

// -----

// expected-note @+1 {{the unknown is argument #0}}
func.func @rank_two(%x: tensor<3xf32>) -> tensor<3xf32> {
  %a = stablehlo.constant dense<[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0]]> : tensor<3x3xf32>
  // expected-error @+1 {{cannot be inverted: the known matrix is singular}}
  %y = stablehlo.dot_general %x, %a, contracting_dims = [0] x [1] : (tensor<3xf32>, tensor<3x3xf32>) -> tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// One matrix of the batch is enough.
// expected-note @+1 {{the unknown is argument #0}}
func.func @batch(%x: tensor<2x2xf32>) -> tensor<2x2xf32> {
  %a = stablehlo.constant dense<[[[1.0, 0.0], [0.0, 1.0e30]], [[1.0, 2.0], [2.0, 4.0]]]> : tensor<2x2x2xf32>
  // expected-error @+1 {{cannot be inverted: the known matrix is singular}}
  %y = stablehlo.dot_general %a, %x, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<2x2x2xf32>, tensor<2x2xf32>) -> tensor<2x2xf32>
  return %y : tensor<2x2xf32>
}
