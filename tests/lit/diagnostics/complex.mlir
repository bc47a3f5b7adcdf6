// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert -split-input-file -verify-diagnostics

// expected-note @+1 {{the unknown is argument #0}}
func.func @modulus(%x: tensor<3xcomplex<f32>>) -> tensor<3xf32> {
  // expected-error @+1 {{cannot be inverted: the modulus loses the angle}}
  %y = stablehlo.abs %x : (tensor<3xcomplex<f32>>) -> tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// expected-note @+1 {{the unknown is argument #0}}
func.func @real(%x: tensor<3xcomplex<f32>>) -> tensor<3xf32> {
  // expected-error @+1 {{cannot be inverted: it keeps one part of a complex value}}
  %y = stablehlo.real %x : (tensor<3xcomplex<f32>>) -> tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// expected-note @+1 {{the unknown is argument #0}}
func.func @imag(%x: tensor<3xcomplex<f32>>) -> tensor<3xf32> {
  // expected-error @+1 {{cannot be inverted: it keeps one part of a complex value}}
  %y = stablehlo.imag %x : (tensor<3xcomplex<f32>>) -> tensor<3xf32>
  return %y : tensor<3xf32>
}
