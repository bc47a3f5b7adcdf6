// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert -split-input-file -verify-diagnostics
// RUN: invhlo-opt %s -invhlo-pipeline -split-input-file -verify-diagnostics
// RUN: invhlo-opt %s -invhlo-host-primitives -split-input-file -verify-diagnostics
// RUN: invhlo-opt %s -invhlo-lower-primitives -split-input-file -verify-diagnostics

func.func @no_number(%x: tensor<3xf32>) -> tensor<3xf32> {
  // expected-error @+1 {{has no attribute 'invhlo.host' that is a non-negative integer of 64 bits}}
  %y = stablehlo.custom_call @invhlo.primitive(%x, %x) : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

func.func @negative_number(%x: tensor<3xf32>) -> tensor<3xf32> {
  // expected-error @+1 {{has no attribute 'invhlo.host' that is a non-negative integer of 64 bits}}
  %y = stablehlo.custom_call @invhlo.bind(%x) {invhlo.host = -1 : i64} : (tensor<3xf32>) -> tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

func.func @other_types(%x: tensor<3xf32>) -> tensor<3xf64> {
  // expected-error @+1 {{has other types than its last operands, which it stands for}}
  %y = stablehlo.custom_call @invhlo.primitive(%x, %x) {invhlo.host = 0 : i64} : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xf64>
  return %y : tensor<3xf64>
}

// -----

func.func @too_few_operands(%x: tensor<3xf32>) -> tensor<3xf32> {
  // expected-error @+1 {{has other types than its last operands, which it stands for}}
  %y:2 = stablehlo.custom_call @invhlo.primitive(%x) {invhlo.host = 0 : i64} : (tensor<3xf32>) -> (tensor<3xf32>, tensor<3xf32>)
  return %y#0 : tensor<3xf32>
}

// -----

func.func @no_dimension(%x: tensor<4xf32>) -> tensor<2xf32> {
  // expected-error @+1 {{does not split its operand along 'invhlo.dim'}}
  %y:2 = stablehlo.custom_call @invhlo.split(%x) : (tensor<4xf32>) -> (tensor<2xf32>, tensor<2xf32>)
  return %y#0 : tensor<2xf32>
}

// -----

func.func @no_such_dimension(%x: tensor<4xf32>) -> tensor<2xf32> {
  // expected-error @+1 {{does not split its operand along 'invhlo.dim'}}
  %y:2 = stablehlo.custom_call @invhlo.split(%x) {invhlo.dim = 1 : i64} : (tensor<4xf32>) -> (tensor<2xf32>, tensor<2xf32>)
  return %y#0 : tensor<2xf32>
}

// -----

func.func @parts_that_do_not_add_up(%x: tensor<4xf32>) -> tensor<2xf32> {
  // expected-error @+1 {{does not split its operand along 'invhlo.dim'}}
  %y:2 = stablehlo.custom_call @invhlo.split(%x) {invhlo.dim = 0 : i64} : (tensor<4xf32>) -> (tensor<2xf32>, tensor<3xf32>)
  return %y#0 : tensor<2xf32>
}

// -----

func.func @no_matrix(%a: tensor<2x3xf32>, %b: tensor<2x1xf32>) -> tensor<2x1xf32> {
  // expected-error @+1 {{does not take a matrix and columns to columns}}
  %y = stablehlo.custom_call @invhlo.solve(%a, %b) : (tensor<2x3xf32>, tensor<2x1xf32>) -> tensor<2x1xf32>
  return %y : tensor<2x1xf32>
}

// -----

func.func @integers(%a: tensor<2x2xi32>) -> tensor<i32> {
  // expected-error @+1 {{does not take a matrix to a real number}}
  %y = stablehlo.custom_call @invhlo.log_abs_det(%a) : (tensor<2x2xi32>) -> tensor<i32>
  return %y : tensor<i32>
}

// -----

func.func @no_function(%x: tensor<3xf32>) -> tensor<3xf32> {
  // expected-error @+1 {{does not call one function}}
  %y = stablehlo.custom_call @invhlo.custom_inverse(%x) : (tensor<3xf32>) -> tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

func.func @no_such_call(%x: tensor<3xf32>) -> tensor<3xf32> {
  // expected-error @+1 {{calls 'invhlo.magic', which invhlo does not have}}
  %y = stablehlo.custom_call @invhlo.magic(%x) : (tensor<3xf32>) -> tensor<3xf32>
  return %y : tensor<3xf32>
}
