// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert -split-input-file -verify-diagnostics

// expected-error @+1 {{cannot be inverted: it has values that are not tensors of static shape}}
func.func @dynamic(%x: tensor<?xf32>) -> tensor<?xf32> {
  %y = stablehlo.negate %x : tensor<?xf32>
  return %y : tensor<?xf32>
}

// -----

func.func @effects(%x: tensor<3xf32>) -> tensor<3xf32> {
  // expected-error @+1 {{has side effects, so the function cannot be inverted}}
  stablehlo.custom_call @print(%x) {has_side_effect = true} : (tensor<3xf32>) -> ()
  return %x : tensor<3xf32>
}

// -----

func.func @dynamic_in_a_callee(%x: tensor<3xf32>) -> tensor<3xf32> {
  %y = call @callee(%x) : (tensor<3xf32>) -> tensor<3xf32>
  return %y : tensor<3xf32>
}
// expected-error @+1 {{cannot be inverted: it has values that are not tensors of static shape}}
func.func private @callee(%x: tensor<3xf32>) -> tensor<3xf32> {
  %n = stablehlo.constant dense<3> : tensor<1xi32>
  %d = stablehlo.dynamic_reshape %x, %n : (tensor<3xf32>, tensor<1xi32>) -> tensor<?xf32>
  %y = stablehlo.dynamic_reshape %d, %n : (tensor<?xf32>, tensor<1xi32>) -> tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

func.func @effects_in_a_callee_of_a_callee(%x: tensor<3xf32>) -> tensor<3xf32> {
  %y = call @outer(%x) : (tensor<3xf32>) -> tensor<3xf32>
  return %y : tensor<3xf32>
}
func.func private @outer(%x: tensor<3xf32>) -> tensor<3xf32> {
  %y = call @inner(%x) : (tensor<3xf32>) -> tensor<3xf32>
  return %y : tensor<3xf32>
}
func.func private @inner(%x: tensor<3xf32>) -> tensor<3xf32> {
  // expected-error @+1 {{has side effects, so the function cannot be inverted}}
  stablehlo.custom_call @print(%x) {has_side_effect = true} : (tensor<3xf32>) -> ()
  return %x : tensor<3xf32>
}

// -----

func.func @dynamic_in_a_rule(%x: tensor<3xf32>) -> tensor<3xf32> {
  %y = call @f(%x) {invhlo.rules = [{inverse = @f_inverse}]} : (tensor<3xf32>) -> tensor<3xf32>
  return %y : tensor<3xf32>
}
func.func private @f(%x: tensor<3xf32>) -> tensor<3xf32> { return %x : tensor<3xf32> }
// expected-error @+1 {{cannot be inverted: it has values that are not tensors of static shape}}
func.func private @f_inverse(%x: tensor<3xf32>) -> tensor<3xf32> {
  %n = stablehlo.constant dense<3> : tensor<1xi32>
  %d = stablehlo.dynamic_reshape %x, %n : (tensor<3xf32>, tensor<1xi32>) -> tensor<?xf32>
  %y = stablehlo.dynamic_reshape %d, %n : (tensor<?xf32>, tensor<1xi32>) -> tensor<3xf32>
  return %y : tensor<3xf32>
}
