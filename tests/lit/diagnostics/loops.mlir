// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert -split-input-file -verify-diagnostics

// expected-note @+1 {{the unknown is argument #0}}
func.func @found_out(%x: tensor<f32> {invhlo.unknown}) -> tensor<f32> {
  %nine = stablehlo.constant dense<9.0> : tensor<f32>
  // expected-error @+1 {{cannot be inverted: how often it runs depends on the unknown: its condition reads carried value 0}}
  %0 = stablehlo.while(%c = %x) : tensor<f32>
  cond {
    %p = stablehlo.compare LT, %c, %nine : (tensor<f32>, tensor<f32>) -> tensor<i1>
    stablehlo.return %p : tensor<i1>
  } do {
    %d = stablehlo.exponential %c : tensor<f32>
    stablehlo.return %d : tensor<f32>
  }
  return %0 : tensor<f32>
}

// -----

// A counter that may wrap around does not tell how many steps there were.

// expected-note @+1 {{the unknown is argument #1}}
func.func @narrow(%n: tensor<i8>, %x: tensor<f32> {invhlo.unknown}) -> tensor<f32> {
  %zero = stablehlo.constant dense<0> : tensor<i8>
  // expected-error @+1 {{cannot be inverted: its counter may wrap around}}
  %0:2 = stablehlo.while(%i = %zero, %c = %x) : tensor<i8>, tensor<f32>
  cond {
    %p = stablehlo.compare LT, %i, %n : (tensor<i8>, tensor<i8>) -> tensor<i1>
    stablehlo.return %p : tensor<i1>
  } do {
    %one = stablehlo.constant dense<1> : tensor<i8>
    %j = stablehlo.add %i, %one : tensor<i8>
    %d = stablehlo.exponential %c : tensor<f32>
    stablehlo.return %j, %d : tensor<i8>, tensor<f32>
  }
  return %0#1 : tensor<f32>
}

// -----

// A front end may name what is carried.

#c = loc("carry:state[1]")

// expected-note @+1 {{the unknown is argument #1}}
func.func @named(%n: tensor<i32>, %x: tensor<f32> {invhlo.unknown}) -> tensor<f32> {
  %zero = stablehlo.constant dense<0> : tensor<i32>
  // expected-note @+1 {{`state[1]` is not found before a step of this loop}}
  %0:2 = "stablehlo.while"(%zero, %x) ({
  ^bb0(%i: tensor<i32>, %c: tensor<f32>):
    %p = stablehlo.compare LT, %i, %n : (tensor<i32>, tensor<i32>) -> tensor<i1>
    stablehlo.return %p : tensor<i1>
  }, {
  ^bb0(%i: tensor<i32>, %c: tensor<f32> loc(#c)):
    %one = stablehlo.constant dense<1> : tensor<i32>
    %j = stablehlo.add %i, %one : tensor<i32>
    // expected-error @+1 {{cannot be inverted: it maps many values to one}}
    %d = stablehlo.floor %c : tensor<f32>
    stablehlo.return %j, %d : tensor<i32>, tensor<f32>
  }) : (tensor<i32>, tensor<f32>) -> (tensor<i32>, tensor<f32>)
  return %0#1 : tensor<f32>
}

// -----

// expected-note @+1 {{the unknown is argument #1}}
func.func @lost(%n: tensor<i32>, %x: tensor<f32> {invhlo.unknown}) -> tensor<f32> {
  %zero = stablehlo.constant dense<0> : tensor<i32>
  // expected-note @+1 {{carried value 1 is not found before a step of this loop}}
  %0:2 = stablehlo.while(%i = %zero, %c = %x) : tensor<i32>, tensor<f32>
  cond {
    %p = stablehlo.compare LT, %i, %n : (tensor<i32>, tensor<i32>) -> tensor<i1>
    stablehlo.return %p : tensor<i1>
  } do {
    %one = stablehlo.constant dense<1> : tensor<i32>
    %j = stablehlo.add %i, %one : tensor<i32>
    // expected-error @+1 {{cannot be inverted: it maps many values to one}}
    %d = stablehlo.floor %c : tensor<f32>
    stablehlo.return %j, %d : tensor<i32>, tensor<f32>
  }
  return %0#1 : tensor<f32>
}
