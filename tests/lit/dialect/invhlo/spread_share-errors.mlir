// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -split-input-file -verify-diagnostics

func.func @rank(%s: tensor<2xf32>) -> tensor<2x3xf32> {
  // expected-error @+1 {{'invhlo.spread_share' op has a share of 1 dimensions along 2}}
  %each = invhlo.spread_share %s along [0, 1] among 3 : tensor<2xf32> -> tensor<2x3xf32>
  return %each : tensor<2x3xf32>
}

// -----

func.func @no_such_dimension(%s: tensor<2xf32>) -> tensor<2x3xf32> {
  // expected-error @+1 {{'invhlo.spread_share' op lies along [2], which are not increasing dimensions of 'tensor<2x3xf32>'}}
  %each = invhlo.spread_share %s along [2] among 3 : tensor<2xf32> -> tensor<2x3xf32>
  return %each : tensor<2x3xf32>
}

// -----

func.func @order(%s: tensor<2x2xf32>) -> tensor<2x2xf32> {
  // expected-error @+1 {{'invhlo.spread_share' op lies along [1, 0], which are not increasing dimensions of 'tensor<2x2xf32>'}}
  %each = invhlo.spread_share %s along [1, 0] among 1 : tensor<2x2xf32> -> tensor<2x2xf32>
  return %each : tensor<2x2xf32>
}

// -----

func.func @size(%s: tensor<2xf32>) -> tensor<2x3xf32> {
  // expected-error @+1 {{'invhlo.spread_share' op has a dimension #0 of size 2 along one of size 3}}
  %each = invhlo.spread_share %s along [1] among 3 : tensor<2xf32> -> tensor<2x3xf32>
  return %each : tensor<2x3xf32>
}

// -----

func.func @count(%s: tensor<2xf32>) -> tensor<2x3xf32> {
  // expected-error @+1 {{'invhlo.spread_share' op attribute 'count' failed to satisfy constraint}}
  %each = invhlo.spread_share %s along [0] among 0 : tensor<2xf32> -> tensor<2x3xf32>
  return %each : tensor<2x3xf32>
}

// -----

func.func @element_types(%s: tensor<2xf32>) -> tensor<2x3xf64> {
  // expected-error @+1 {{'invhlo.spread_share' op failed to verify that all of {share, result} have same element type}}
  %each = invhlo.spread_share %s along [0] among 3 : tensor<2xf32> -> tensor<2x3xf64>
  return %each : tensor<2x3xf64>
}
