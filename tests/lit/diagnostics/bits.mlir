// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-raise-bits -invhlo-invert -split-input-file -verify-diagnostics

// expected-note @+1 {{the unknown is argument #0}}
func.func @low_bits(%x: tensor<3xui32>) -> tensor<3xui32> {
  %seven = stablehlo.constant dense<7> : tensor<3xui32>
  %0 = stablehlo.shift_right_logical %x, %seven : tensor<3xui32>
  // expected-error @+1 {{cannot be inverted: it loses bits 0 to 6 of its operand}}
  %1 = stablehlo.shift_left %0, %seven : tensor<3xui32>
  return %1 : tensor<3xui32>
}

// -----

// The sign is copied, and then taken out again.

// expected-note @+1 {{the unknown is argument #0}}
func.func @sign(%x: tensor<3xi32>) -> tensor<3xi32> {
  %one = stablehlo.constant dense<1> : tensor<3xi32>
  %0 = stablehlo.shift_right_arithmetic %x, %one : tensor<3xi32>
  // expected-error @+1 {{cannot be inverted: its result is the same where the bits 0xffffffff of its operand are flipped}}
  %1 = stablehlo.xor %x, %0 : tensor<3xi32>
  return %1 : tensor<3xi32>
}

// -----

// expected-note @+1 {{the unknown is argument #0}}
func.func @between(%x: tensor<3xi8>) -> (tensor<3xi8>, tensor<3xi8>) {
  %five = stablehlo.constant dense<5> : tensor<3xi8>
  %three = stablehlo.constant dense<3> : tensor<3xi8>
  // expected-error @+1 {{cannot be inverted: it loses bits 2 to 4 of its operand}}
  %0 = stablehlo.and %x, %three : tensor<3xi8>
  %1 = stablehlo.shift_right_logical %x, %five : tensor<3xi8>
  return %0, %1 : tensor<3xi8>, tensor<3xi8>
}

// -----

// A table with an entry that is there twice.

// expected-note @+1 {{the unknown is argument #0}}
func.func @table(%x: tensor<3xi32>) -> tensor<3xi32> {
  %t = stablehlo.constant dense<[5, 2, 7, 2]> : tensor<4xi32>
  %0 = stablehlo.reshape %x : (tensor<3xi32>) -> tensor<3x1xi32>
  // expected-error @+1 {{cannot be inverted: its table has the same entry at 1 and 3}}
  %1 = "stablehlo.gather"(%t, %0) <{dimension_numbers = #stablehlo.gather<collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1>, indices_are_sorted = false, slice_sizes = array<i64: 1>}> : (tensor<4xi32>, tensor<3x1xi32>) -> tensor<3xi32>
  return %1 : tensor<3xi32>
}
