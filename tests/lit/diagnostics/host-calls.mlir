// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-raise-custom-calls -split-input-file -verify-diagnostics
// RUN: invhlo-opt %s -invhlo-pipeline -split-input-file -verify-diagnostics

func.func @no_number(%x: tensor<3xf32>) -> tensor<3xf32> {
  // expected-error @+1 {{'invhlo.primitive' op requires attribute 'host'}}
  %y = stablehlo.custom_call @invhlo.primitive(%x, %x) {host = 0 : i64} : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

func.func @negative_number(%x: tensor<3xf32>) -> tensor<3xf32> {
  // expected-error @+1 {{'invhlo.bind' op attribute 'host' failed to satisfy constraint: 64-bit signless integer attribute whose value is non-negative}}
  %y = stablehlo.custom_call @invhlo.bind(%x) {invhlo.host = -1 : i64} : (tensor<3xf32>) -> tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

func.func @number_of_a_text(%x: tensor<3xf32>) -> tensor<3xf32> {
  // expected-error @+1 {{'invhlo.bind' op requires attribute 'host'}}
  %y = stablehlo.custom_call @invhlo.bind(%x) {invhlo.host = "0"} : (tensor<3xf32>) -> tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

func.func @forged_segments(%x: tensor<3xf32>) -> tensor<3xf32> {
  // expected-error @+1 {{'invhlo.primitive' op failed to verify that each result has the type of what it is lowered to}}
  %y = stablehlo.custom_call @invhlo.primitive() {invhlo.host = 0 : i64, invhlo.operandSegmentSizes = array<i32: 7, 7>, operandSegmentSizes = "x"} : () -> tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

func.func @effects(%x: tensor<3x3xf32>) -> tensor<f32> {
  // expected-error @+1 {{calls 'invhlo.log_abs_det', which has no side effects}}
  %y = stablehlo.custom_call @invhlo.log_abs_det(%x) {has_side_effect = true} : (tensor<3x3xf32>) -> tensor<f32>
  return %y : tensor<f32>
}

// -----

func.func @other_types(%x: tensor<3xf32>) -> tensor<3xf64> {
  // expected-error @+1 {{'invhlo.primitive' op failed to verify that each result has the type of what it is lowered to}}
  %y = stablehlo.custom_call @invhlo.primitive(%x, %x) {invhlo.host = 0 : i64} : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xf64>
  return %y : tensor<3xf64>
}

// -----

func.func @too_few_operands(%x: tensor<3xf32>) -> tensor<3xf32> {
  // expected-error @+1 {{'invhlo.primitive' op failed to verify that each result has the type of what it is lowered to}}
  %y:2 = stablehlo.custom_call @invhlo.primitive(%x) {invhlo.host = 0 : i64} : (tensor<3xf32>) -> (tensor<3xf32>, tensor<3xf32>)
  return %y#0 : tensor<3xf32>
}

// -----

func.func @no_dimension(%x: tensor<4xf32>) -> tensor<2xf32> {
  // expected-error @+1 {{'invhlo.split' op requires attribute 'dim'}}
  %y:2 = stablehlo.custom_call @invhlo.split(%x) : (tensor<4xf32>) -> (tensor<2xf32>, tensor<2xf32>)
  return %y#0 : tensor<2xf32>
}

// -----

func.func @no_such_dimension(%x: tensor<4xf32>) -> tensor<2xf32> {
  // expected-error @+1 {{'invhlo.split' op has no dimension 1 to split 'tensor<4xf32>' along}}
  %y:2 = stablehlo.custom_call @invhlo.split(%x) {invhlo.dim = 1 : i64} : (tensor<4xf32>) -> (tensor<2xf32>, tensor<2xf32>)
  return %y#0 : tensor<2xf32>
}

// -----

func.func @parts_that_do_not_add_up(%x: tensor<4xf32>) -> tensor<2xf32> {
  // expected-error @+1 {{'invhlo.split' op has parts of size 5 in all, but dimension 0 is of size 4}}
  %y:2 = stablehlo.custom_call @invhlo.split(%x) {invhlo.dim = 0 : i64} : (tensor<4xf32>) -> (tensor<2xf32>, tensor<3xf32>)
  return %y#0 : tensor<2xf32>
}

// -----

func.func @no_matrix(%a: tensor<2x3xf32>, %b: tensor<2x1xf32>) -> tensor<2x1xf32> {
  // expected-error @+1 {{'invhlo.solve' op operand #0 must be statically shaped square matrix}}
  %y = stablehlo.custom_call @invhlo.solve(%a, %b) : (tensor<2x3xf32>, tensor<2x1xf32>) -> tensor<2x1xf32>
  return %y : tensor<2x1xf32>
}

// -----

func.func @integers(%a: tensor<2x2xi32>) -> tensor<i32> {
  // expected-error @+1 {{'invhlo.log_abs_det' op operand #0 must be statically shaped square matrix}}
  %y = stablehlo.custom_call @invhlo.log_abs_det(%a) : (tensor<2x2xi32>) -> tensor<i32>
  return %y : tensor<i32>
}

// -----

func.func @no_such_call(%x: tensor<3xf32>) -> tensor<3xf32> {
  // expected-error @+1 {{calls 'invhlo.magic', which invhlo does not have}}
  %y = stablehlo.custom_call @invhlo.magic(%x) : (tensor<3xf32>) -> tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

func.func @not_of_the_host(%x: tensor<3xf32>) -> tensor<3xf32> {
  // expected-error @+1 {{calls 'invhlo.idiom', which invhlo does not have}}
  %y = stablehlo.custom_call @invhlo.idiom(%x, %x) {invhlo.function = "elu"} : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xf32>
  return %y : tensor<3xf32>
}
