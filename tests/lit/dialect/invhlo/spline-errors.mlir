// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -split-input-file -verify-diagnostics

func.func @knots(%x: tensor<3xf32>, %knots: tensor<3xf32>, %table: tensor<1x2xf32>, %v: tensor<3xf32>) -> tensor<3xf32> {
  // expected-error @+1 {{'invhlo.spline' op has knots of 'tensor<3xf32>' with images of 'tensor<3xf32>' for 'tensor<3xf32>'}}
  %0 = invhlo.spline(%x) of (%x : tensor<3xf32>) in (%table : tensor<1x2xf32>) at [array<i64: 0, 0, 1, 1>] between %knots to %knots = %v : tensor<3xf32>, tensor<3xf32>, tensor<3xf32> {
  ^bb0(%at: tensor<3xf32>):
    invhlo.yield %at : tensor<3xf32>
  }
  return %0 : tensor<3xf32>
}

// -----

func.func @table(%x: tensor<3xf32>, %knots: tensor<1x3xf32>, %table: tensor<2x2xf32>, %v: tensor<3xf32>) -> tensor<3xf32> {
  // expected-error @+1 {{'invhlo.spline' op has a table of 'tensor<2x2xf32>' for 'tensor<3xf32>'}}
  %0 = invhlo.spline(%x) of (%x : tensor<3xf32>) in (%table : tensor<2x2xf32>) at [array<i64: 0, 0, 1, 1>] between %knots to %knots = %v : tensor<1x3xf32>, tensor<1x3xf32>, tensor<3xf32> {
  ^bb0(%at: tensor<3xf32>):
    invhlo.yield %at : tensor<3xf32>
  }
  return %0 : tensor<3xf32>
}

// -----

func.func @count(%x: tensor<3xf32>, %knots: tensor<1x3xf32>, %table: tensor<1x2xf32>, %v: tensor<3xf32>) -> tensor<3xf32> {
  // expected-error @+1 {{'invhlo.spline' op has 1 tables and 2 arrays of rows for 1 steps}}
  %0 = invhlo.spline(%x) of (%x : tensor<3xf32>) in (%table : tensor<1x2xf32>) at [array<i64: 0>, array<i64: 0>] between %knots to %knots = %v : tensor<1x3xf32>, tensor<1x3xf32>, tensor<3xf32> {
  ^bb0(%at: tensor<3xf32>):
    invhlo.yield %at : tensor<3xf32>
  }
  return %0 : tensor<3xf32>
}

// -----

func.func @rows(%x: tensor<3xf32>, %knots: tensor<1x3xf32>, %table: tensor<1x2xf32>, %v: tensor<3xf32>) -> tensor<3xf32> {
  // expected-error @+1 {{'invhlo.spline' op has rows that are not those of 2 entries for 3 knots}}
  %0 = invhlo.spline(%x) of (%x : tensor<3xf32>) in (%table : tensor<1x2xf32>) at [array<i64: 0, 1, 2, 1>] between %knots to %knots = %v : tensor<1x3xf32>, tensor<1x3xf32>, tensor<3xf32> {
  ^bb0(%at: tensor<3xf32>):
    invhlo.yield %at : tensor<3xf32>
  }
  return %0 : tensor<3xf32>
}

// -----

func.func @few_rows(%x: tensor<3xf32>, %knots: tensor<1x3xf32>, %table: tensor<1x2xf32>, %v: tensor<3xf32>) -> tensor<3xf32> {
  // expected-error @+1 {{'invhlo.spline' op has rows that are not those of 2 entries for 3 knots}}
  %0 = invhlo.spline(%x) of (%x : tensor<3xf32>) in (%table : tensor<1x2xf32>) at [array<i64: 0, 1, 1>] between %knots to %knots = %v : tensor<1x3xf32>, tensor<1x3xf32>, tensor<3xf32> {
  ^bb0(%at: tensor<3xf32>):
    invhlo.yield %at : tensor<3xf32>
  }
  return %0 : tensor<3xf32>
}

// -----

func.func @argument(%x: tensor<3xf32>, %knots: tensor<1x3xf32>, %table: tensor<1x2xf32>, %v: tensor<3xf32>) -> tensor<3xf32> {
  // expected-error @+1 {{'invhlo.spline' op has a block that does not take a 'tensor<3xf32>'}}
  %0 = invhlo.spline(%x) of (%x : tensor<3xf32>) in (%table : tensor<1x2xf32>) at [array<i64: 0, 0, 1, 1>] between %knots to %knots = %v : tensor<1x3xf32>, tensor<1x3xf32>, tensor<3xf32> {
  ^bb0(%at: tensor<2xf32>):
    invhlo.yield %x : tensor<3xf32>
  }
  return %0 : tensor<3xf32>
}

// -----

func.func @yielded(%x: tensor<3xf32>, %knots: tensor<1x3xf32>, %table: tensor<1x2xf32>, %v: tensor<3xf32>) -> tensor<3xf32> {
  // expected-error @+1 {{'invhlo.spline' op has a block that does not yield 'tensor<3xf32>'}}
  %0 = invhlo.spline(%x) of (%x : tensor<3xf32>) in (%table : tensor<1x2xf32>) at [array<i64: 0, 0, 1, 1>] between %knots to %knots = %v : tensor<1x3xf32>, tensor<1x3xf32>, tensor<3xf32> {
  ^bb0(%at: tensor<3xf32>):
    invhlo.yield %knots : tensor<1x3xf32>
  }
  return %0 : tensor<3xf32>
}
