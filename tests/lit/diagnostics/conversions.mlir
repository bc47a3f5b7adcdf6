// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert -split-input-file -verify-diagnostics

// expected-note @+1 {{the unknown is argument #0}}
func.func @fraction(%x: tensor<3xf32>) -> tensor<3xi32> {
  // expected-error @+1 {{cannot be inverted: it loses the fraction}}
  %y = stablehlo.convert %x : (tensor<3xf32>) -> tensor<3xi32>
  return %y : tensor<3xi32>
}

// -----

// expected-note @+1 {{the unknown is argument #0}}
func.func @bits(%x: tensor<3xi32>) -> tensor<3xi8> {
  // expected-error @+1 {{cannot be inverted: it loses the high bits}}
  %y = stablehlo.convert %x : (tensor<3xi32>) -> tensor<3xi8>
  return %y : tensor<3xi8>
}

// -----

// expected-note @+1 {{the unknown is argument #0}}
func.func @boolean(%x: tensor<3xi32>) -> tensor<3xi1> {
  // expected-error @+1 {{cannot be inverted: it loses the high bits}}
  %y = stablehlo.convert %x : (tensor<3xi32>) -> tensor<3xi1>
  return %y : tensor<3xi1>
}

// -----

// expected-note @+1 {{the unknown is argument #0}}
func.func @imaginary(%x: tensor<3xcomplex<f32>>) -> tensor<3xf32> {
  // expected-error @+1 {{cannot be inverted: it loses the imaginary part}}
  %y = stablehlo.convert %x : (tensor<3xcomplex<f32>>) -> tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// expected-note @+1 {{the unknown is argument #0}}
func.func @real(%x: tensor<3xf32>) -> tensor<3xcomplex<f32>> {
  // expected-error @+1 {{cannot be inverted: a real value in a complex one has fewer dimensions}}
  %y = stablehlo.convert %x : (tensor<3xf32>) -> tensor<3xcomplex<f32>>
  return %y : tensor<3xcomplex<f32>>
}
