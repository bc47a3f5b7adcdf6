// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -split-input-file -verify-diagnostics

func.func @no_matrix(%a: tensor<2x3xf32>, %b: tensor<2x1xf32>) -> tensor<2x1xf32> {
  // expected-error @+1 {{'invhlo.solve' op operand #0 must be statically shaped square matrix, or batch of such, of floating-point or complex-type values, but got 'tensor<2x3xf32>'}}
  %0 = invhlo.solve %a, %b : tensor<2x3xf32>, tensor<2x1xf32>
  return %0 : tensor<2x1xf32>
}

// -----

func.func @vectors(%a: tensor<2xf32>) -> tensor<2xf32> {
  // expected-error @+1 {{'invhlo.solve' op operand #0 must be statically shaped square matrix}}
  %0 = invhlo.solve %a, %a : tensor<2xf32>, tensor<2xf32>
  return %0 : tensor<2xf32>
}

// -----

func.func @rows(%a: tensor<2x2xf32>, %b: tensor<3x1xf32>) -> tensor<3x1xf32> {
  // expected-error @+1 {{'invhlo.solve' op has a right-hand side of 'tensor<3x1xf32>', which a matrix of 'tensor<2x2xf32>' does not take anything to}}
  %0 = invhlo.solve %a, %b : tensor<2x2xf32>, tensor<3x1xf32>
  return %0 : tensor<3x1xf32>
}

// -----

func.func @batch(%a: tensor<5x2x2xf32>, %b: tensor<2x1xf32>) -> tensor<2x1xf32> {
  // expected-error @+1 {{'invhlo.solve' op has a right-hand side of 'tensor<2x1xf32>', which}}
  %0 = invhlo.solve %a, %b : tensor<5x2x2xf32>, tensor<2x1xf32>
  return %0 : tensor<2x1xf32>
}

// -----

func.func @element_types(%a: tensor<2x2xf32>, %b: tensor<2x1xf64>) -> tensor<2x1xf64> {
  // expected-error @+1 {{'invhlo.solve' op failed to verify that all of {matrix, rhs} have same element type}}
  %0 = invhlo.solve %a, %b : tensor<2x2xf32>, tensor<2x1xf64>
  return %0 : tensor<2x1xf64>
}

// -----

func.func @result(%a: tensor<2x2xf32>, %b: tensor<2x1xf32>) -> tensor<2x2xf32> {
  // expected-error @+1 {{'invhlo.solve' op failed to verify that all of {rhs, result} have same type}}
  %0 = "invhlo.solve"(%a, %b) : (tensor<2x2xf32>, tensor<2x1xf32>) -> tensor<2x2xf32>
  return %0 : tensor<2x2xf32>
}

// -----

func.func @no_right_hand_side(%a: tensor<2x2xf32>) -> tensor<2x2xf32> {
  // expected-error @+1 {{'invhlo.solve' op expected 2 operands, but found 1}}
  %0 = "invhlo.solve"(%a) : (tensor<2x2xf32>) -> tensor<2x2xf32>
  return %0 : tensor<2x2xf32>
}
