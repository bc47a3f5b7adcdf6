// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Whatever pass comes first.
// RUN: invhlo-opt %s -invhlo-invert -split-input-file -verify-diagnostics
// RUN: invhlo-opt %s -invhlo-pipeline -split-input-file -verify-diagnostics
// RUN: invhlo-opt %s -invhlo-inline-custom -split-input-file -verify-diagnostics

func.func @no_array(%x: tensor<f32>) -> tensor<f32> {
  // expected-error @+1 {{has an attribute 'invhlo.rules' that is not an array}}
  %y = call @f(%x) {invhlo.rules = 3 : i32} : (tensor<f32>) -> tensor<f32>
  return %y : tensor<f32>
}
func.func private @f(%x: tensor<f32>) -> tensor<f32> { return %x : tensor<f32> }

// -----

func.func @no_dictionary(%x: tensor<f32>) -> tensor<f32> {
  // expected-error @+1 {{is wrongly annotated: a rule is a dictionary, not 1 : i64}}
  %y = call @f(%x) {invhlo.rules = [1]} : (tensor<f32>) -> tensor<f32>
  return %y : tensor<f32>
}
func.func private @f(%x: tensor<f32>) -> tensor<f32> { return %x : tensor<f32> }

// -----

func.func @host_of_a_text(%x: tensor<f32>) -> tensor<f32> {
  // expected-error @+1 {{'host' is an integer of 64 bits, not "f"}}
  %y = call @f(%x) {invhlo.rules = [{host = "f"}]} : (tensor<f32>) -> tensor<f32>
  return %y : tensor<f32>
}
func.func private @f(%x: tensor<f32>) -> tensor<f32> { return %x : tensor<f32> }

// -----

func.func @wide_host(%x: tensor<f32>) -> tensor<f32> {
  // expected-error @+1 {{'host' is an integer of 64 bits, not}}
  %y = call @f(%x) {invhlo.rules = [{host = 36893488147419103232 : i128}]} : (tensor<f32>) -> tensor<f32>
  return %y : tensor<f32>
}
func.func private @f(%x: tensor<f32>) -> tensor<f32> { return %x : tensor<f32> }

// -----

func.func @positions_of_texts(%x: tensor<f32>) -> tensor<f32> {
  // expected-error @+1 {{'finds' is an array<i64: ...>, not ["x"]}}
  %y = call @f(%x) {invhlo.rules = [{inverse = @f, finds = ["x"]}]} : (tensor<f32>) -> tensor<f32>
  return %y : tensor<f32>
}
func.func private @f(%x: tensor<f32>) -> tensor<f32> { return %x : tensor<f32> }

// -----

func.func @no_such_result(%x: tensor<f32>) -> tensor<f32> {
  // expected-error @+1 {{has a rule whose 'results' names result #1 of 1}}
  %y = call @f(%x) {invhlo.rules = [{inverse = @f, results = array<i64: 1>}]} : (tensor<f32>) -> tensor<f32>
  return %y : tensor<f32>
}
func.func private @f(%x: tensor<f32>) -> tensor<f32> { return %x : tensor<f32> }

// -----

func.func @nested_symbol(%x: tensor<f32>) -> tensor<f32> {
  // expected-error @+1 {{'inverse' names a function, not @f::@g}}
  %y = call @f(%x) {invhlo.rules = [{inverse = @f::@g}]} : (tensor<f32>) -> tensor<f32>
  return %y : tensor<f32>
}
func.func private @f(%x: tensor<f32>) -> tensor<f32> { return %x : tensor<f32> }

// -----

func.func @batch_of_a_text(%x: tensor<f32>) -> tensor<f32> {
  // expected-error @+1 {{'batch_dims' is an integer of 64 bits, not "x"}}
  %y = call @f(%x) {invhlo.rules = [{inverse = @f, batch_dims = "x"}]} : (tensor<f32>) -> tensor<f32>
  return %y : tensor<f32>
}
func.func private @f(%x: tensor<f32>) -> tensor<f32> { return %x : tensor<f32> }

// -----

func.func @no_such_batch(%x: tensor<3x2xf32>) -> tensor<6xf32> {
  // expected-error @+1 {{has a rule with 'batch_dims' 1, but one value is 'tensor<6xf32>' and one 'tensor<3x2xf32>'}}
  %y = call @f(%x) {invhlo.rules = [{inverse = @g, batch_dims = 1}]} : (tensor<3x2xf32>) -> tensor<6xf32>
  return %y : tensor<6xf32>
}
func.func private @f(%x: tensor<3x2xf32>) -> tensor<6xf32> {
  %y = stablehlo.reshape %x : (tensor<3x2xf32>) -> tensor<6xf32>
  return %y : tensor<6xf32>
}
func.func private @g(%y: tensor<6xf32>) -> tensor<3x2xf32> {
  %x = stablehlo.reshape %y : (tensor<6xf32>) -> tensor<3x2xf32>
  return %x : tensor<3x2xf32>
}
