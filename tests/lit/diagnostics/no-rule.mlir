// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert -split-input-file -verify-diagnostics

// expected-note @+1 {{the unknown is argument #0}}
func.func @sort(%x: tensor<3xf32>) -> tensor<3xf32> {
  // expected-error @+1 {{cannot be inverted: there is no inversion rule for this op}}
  %y = "stablehlo.sort"(%x) <{dimension = 0 : i64}> ({
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    %p = stablehlo.compare LT, %a, %b : (tensor<f32>, tensor<f32>) -> tensor<i1>
    stablehlo.return %p : tensor<i1>
  }) : (tensor<3xf32>) -> tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// expected-note @+1 {{the unknown is argument #0}}
func.func @sum(%x: tensor<3xf32>) -> tensor<f32> {
  %zero = stablehlo.constant dense<0.0> : tensor<f32>
  // expected-error @+1 {{cannot be inverted: there is no inversion rule for this op}}
  %y = stablehlo.reduce(%x init: %zero) applies stablehlo.add across dimensions = [0] : (tensor<3xf32>, tensor<f32>) -> tensor<f32>
  return %y : tensor<f32>
}

// -----

// expected-note @+1 {{the unknown is argument #0}}
func.func @call(%x: tensor<3xf32>) -> tensor<3xf32> {
  // expected-error @+1 {{cannot be inverted: there is no inversion rule for what it calls}}
  %y = stablehlo.custom_call @someone_elses(%x) : (tensor<3xf32>) -> tensor<3xf32>
  return %y : tensor<3xf32>
}
