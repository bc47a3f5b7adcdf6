// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -split-input-file -verify-diagnostics

func.func @negative(%x: tensor<3xf32>) -> tensor<3xf32> {
  // expected-error @+1 {{'invhlo.primitive' op attribute 'host' failed to satisfy constraint: 64-bit signless integer attribute whose value is non-negative}}
  %0 = invhlo.primitive -1(%x) = %x : (tensor<3xf32>) -> tensor<3xf32>
  return %0 : tensor<3xf32>
}

// -----

func.func @no_number(%x: tensor<3xf32>) -> tensor<3xf32> {
  // expected-error @+1 {{'invhlo.primitive' op requires attribute 'host'}}
  %0 = "invhlo.primitive"(%x, %x) <{operandSegmentSizes = array<i32: 1, 1>}> : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xf32>
  return %0 : tensor<3xf32>
}

// -----

func.func @other_types(%x: tensor<3xf32>) -> tensor<3xf64> {
  // expected-error @+1 {{'invhlo.primitive' op failed to verify that each result has the type of what it is lowered to}}
  %0 = "invhlo.primitive"(%x, %x) <{host = 0 : i64, operandSegmentSizes = array<i32: 1, 1>}> : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xf64>
  return %0 : tensor<3xf64>
}

// -----

func.func @too_few(%x: tensor<3xf32>) -> tensor<3xf32> {
  // expected-error @+1 {{'invhlo.primitive' op failed to verify that each result has the type of what it is lowered to}}
  %0 = "invhlo.primitive"(%x) <{host = 0 : i64, operandSegmentSizes = array<i32: 1, 0>}> : (tensor<3xf32>) -> tensor<3xf32>
  return %0 : tensor<3xf32>
}
