// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert -split-input-file -verify-diagnostics

// Which branch is run depends on the unknown.

// expected-note @+1 {{the unknown is argument #0}}
func.func @unknown(%x: tensor<f32>) -> tensor<f32> {
  %zero = stablehlo.constant dense<0.0> : tensor<f32>
  %p = stablehlo.compare GT, %x, %zero : (tensor<f32>, tensor<f32>) -> tensor<i1>
  // expected-error @+1 {{'stablehlo.if' op cannot be inverted: which branch is run is not known}}
  %y = "stablehlo.if"(%p) ({
    %a = stablehlo.exponential %x : tensor<f32>
    stablehlo.return %a : tensor<f32>
  }, {
    stablehlo.return %x : tensor<f32>
  }) : (tensor<i1>) -> tensor<f32>
  return %y : tensor<f32>
}

// -----

// A branch stands in the way.

// expected-note @+1 {{the unknown is argument #1}}
func.func @floor(%i: tensor<i32>, %x: tensor<f32> {invhlo.unknown}) -> tensor<f32> {
  %y = "stablehlo.case"(%i) ({
    %a = stablehlo.exponential %x : tensor<f32>
    stablehlo.return %a : tensor<f32>
  }, {
    // expected-error @+1 {{'stablehlo.floor' op cannot be inverted: it maps many values to one}}
    %a = stablehlo.floor %x : tensor<f32>
    stablehlo.return %a : tensor<f32>
  }) : (tensor<i32>) -> tensor<f32>
  return %y : tensor<f32>
}

// -----

// A choice that a branch makes is contradicted outside.

// expected-note @+1 {{the unknown is argument #1}}
func.func @chosen(%i: tensor<i32>, %x: tensor<f32> {invhlo.unknown}) -> (tensor<f32>, tensor<f32>) {
  // expected-error @+1 {{cannot be inverted: several values have the same result, and another result may say which is meant}}
  %y = "stablehlo.case"(%i) ({
    %a = stablehlo.abs %x : tensor<f32>
    stablehlo.return %a : tensor<f32>
  }, {
    stablehlo.return %x : tensor<f32>
  }) : (tensor<i32>) -> tensor<f32>
  // expected-note @+1 {{this cannot be solved for it, but depends on the choice}}
  %z = stablehlo.floor %x : tensor<f32>
  return %y, %z : tensor<f32>, tensor<f32>
}
