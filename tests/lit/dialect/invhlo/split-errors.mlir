// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -split-input-file -verify-diagnostics

func.func @no_dimension(%x: tensor<4xf32>) -> tensor<2xf32> {
  // expected-error @+1 {{'invhlo.split' op requires attribute 'dim'}}
  %0:2 = "invhlo.split"(%x) : (tensor<4xf32>) -> (tensor<2xf32>, tensor<2xf32>)
  return %0#0 : tensor<2xf32>
}

// -----

func.func @negative_dimension(%x: tensor<4xf32>) -> tensor<2xf32> {
  // expected-error @+1 {{'invhlo.split' op attribute 'dim' failed to satisfy constraint: 64-bit signless integer attribute whose value is non-negative}}
  %0:2 = invhlo.split %x, dim = -1 : (tensor<4xf32>) -> (tensor<2xf32>, tensor<2xf32>)
  return %0#0 : tensor<2xf32>
}

// -----

func.func @no_such_dimension(%x: tensor<4xf32>) -> tensor<2xf32> {
  // expected-error @+1 {{'invhlo.split' op has no dimension 1 to split 'tensor<4xf32>' along}}
  %0:2 = invhlo.split %x, dim = 1 : (tensor<4xf32>) -> (tensor<2xf32>, tensor<2xf32>)
  return %0#0 : tensor<2xf32>
}

// -----

func.func @sizes(%x: tensor<4xf32>) -> tensor<2xf32> {
  // expected-error @+1 {{'invhlo.split' op has parts of size 5 in all, but dimension 0 is of size 4}}
  %0:2 = invhlo.split %x, dim = 0 : (tensor<4xf32>) -> (tensor<2xf32>, tensor<3xf32>)
  return %0#0 : tensor<2xf32>
}

// -----

func.func @other_dimension(%x: tensor<4x3xf32>) -> tensor<4x2xf32> {
  // expected-error @+1 {{'invhlo.split' op has 'tensor<4x2xf32>' for a part of 'tensor<4x3xf32>' along dimension 0}}
  %0 = invhlo.split %x, dim = 0 : (tensor<4x3xf32>) -> tensor<4x2xf32>
  return %0 : tensor<4x2xf32>
}

// -----

func.func @rank(%x: tensor<4x3xf32>) -> tensor<4xf32> {
  // expected-error @+1 {{'invhlo.split' op has 'tensor<4xf32>' for a part of 'tensor<4x3xf32>' along dimension 0}}
  %0 = invhlo.split %x, dim = 0 : (tensor<4x3xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// -----

func.func @element_type(%x: tensor<4xf32>) -> tensor<4xf64> {
  // expected-error @+1 {{'invhlo.split' op has 'tensor<4xf64>' for a part of 'tensor<4xf32>' along dimension 0}}
  %0 = invhlo.split %x, dim = 0 : (tensor<4xf32>) -> tensor<4xf64>
  return %0 : tensor<4xf64>
}

// -----

func.func @dynamic(%x: tensor<?xf32>) -> tensor<4xf32> {
  // expected-error @+1 {{'invhlo.split' op operand #0 must be statically shaped ranked tensor}}
  %0 = invhlo.split %x, dim = 0 : (tensor<?xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}
