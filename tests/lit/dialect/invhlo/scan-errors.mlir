// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -split-input-file -verify-diagnostics

func.func @rows(%xs: tensor<4xf32>) {
  // expected-error @+1 {{'invhlo.scan' op takes 5 rows of 'tensor<4xf32>'}}
  invhlo.scan 5 () over (%xs) : (tensor<4xf32>) -> () {
  ^bb0(%t: tensor<i32>, %x: tensor<f32>):
    invhlo.yield
  }
  return
}

// -----

func.func @scalar(%xs: tensor<f32>) {
  // expected-error @+1 {{'invhlo.scan' op takes 5 rows of 'tensor<f32>'}}
  invhlo.scan 5 () over (%xs) : (tensor<f32>) -> () {
  ^bb0(%t: tensor<i32>, %x: tensor<f32>):
    invhlo.yield
  }
  return
}

// -----

func.func @arguments(%xs: tensor<5xf32>) {
  // expected-error @+1 {{'invhlo.scan' op has a body that takes 'tensor<i32>', 'tensor<5xf32>', where it gives 'tensor<i32>', 'tensor<f32>'}}
  invhlo.scan 5 () over (%xs) : (tensor<5xf32>) -> () {
  ^bb0(%t: tensor<i32>, %x: tensor<5xf32>):
    invhlo.yield
  }
  return
}

// -----

func.func @results(%c0: tensor<f32>) {
  // expected-error @+1 {{'invhlo.scan' op carries 1 values, and has 0 results}}
  invhlo.scan 5 (%c0) over () : (tensor<f32>) -> () {
  ^bb0(%t: tensor<i32>, %c: tensor<f32>):
    invhlo.yield %c : tensor<f32>
  }
  return
}

// -----

func.func @ends(%c0: tensor<f32>) {
  // expected-error @+1 {{'invhlo.scan' op starts from 'tensor<f32>', and ends with 'tensor<2xf32>'}}
  %0 = invhlo.scan 5 (%c0) over () : (tensor<f32>) -> tensor<2xf32> {
  ^bb0(%t: tensor<i32>, %c: tensor<f32>):
    invhlo.yield %c : tensor<f32>
  }
  return
}

// -----

func.func @arrays() {
  // expected-error @+1 {{'invhlo.scan' op makes 'tensor<3xi32>' of 5 rows}}
  %0 = invhlo.scan 5 () over () : () -> tensor<3xi32> {
  ^bb0(%t: tensor<i32>):
    invhlo.yield %t : tensor<i32>
  }
  return
}

// -----

func.func @yields(%c0: tensor<f32>) {
  // expected-error @+1 {{'invhlo.scan' op has a body that yields 'tensor<i32>', where it needs 'tensor<f32>'}}
  %0 = invhlo.scan 5 (%c0) over () : (tensor<f32>) -> tensor<f32> {
  ^bb0(%t: tensor<i32>, %c: tensor<f32>):
    invhlo.yield %t : tensor<i32>
  }
  return
}

// -----

func.func @count() {
  // expected-error @+1 {{'invhlo.scan' op attribute 'count' failed to satisfy constraint}}
  invhlo.scan -1 () over () : () -> () {
  ^bb0(%t: tensor<i32>):
    invhlo.yield
  }
  return
}
