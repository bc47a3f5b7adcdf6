// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert -split-input-file -verify-diagnostics

// expected-note @+1 {{the unknown is argument #1}}
func.func @tall(%a: tensor<3x2xf32>, %x: tensor<2xf32> {invhlo.unknown}) -> tensor<3xf32> {
  // expected-error @+1 {{the known matrix is not square: it takes 2 elements to 3}}
  %y = stablehlo.dot_general %a, %x, contracting_dims = [1] x [0] : (tensor<3x2xf32>, tensor<2xf32>) -> tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// expected-note @+1 {{the unknown is argument #0}}
func.func @both(%a: tensor<2x2xf32>, %b: tensor<2x2xf32>) -> tensor<2x2xf32> {
  // expected-error @+1 {{both factors depend on the unknown}}
  %y = stablehlo.dot_general %a, %b, contracting_dims = [1] x [0] : (tensor<2x2xf32>, tensor<2x2xf32>) -> tensor<2x2xf32>
  return %y : tensor<2x2xf32>
}

// -----

// expected-note @+1 {{the unknown is argument #1}}
func.func @integer(%a: tensor<2x2xi32>, %x: tensor<2xi32> {invhlo.unknown}) -> tensor<2xi32> {
  // expected-error @+1 {{integer matrices are not inverted}}
  %y = stablehlo.dot_general %a, %x, contracting_dims = [1] x [0] : (tensor<2x2xi32>, tensor<2xi32>) -> tensor<2xi32>
  return %y : tensor<2xi32>
}
