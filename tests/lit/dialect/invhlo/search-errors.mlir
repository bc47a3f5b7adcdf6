// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -split-input-file -verify-diagnostics

func.func @edges(%x: tensor<3xf32>, %edges: tensor<8xf32>, %v: tensor<3xf32>) -> tensor<3xf32> {
  // expected-error @+1 {{'invhlo.search' op has edges of 'tensor<8xf32>' for 'tensor<3xf32>'}}
  %0 = invhlo.search(%x) of (%x : tensor<3xf32>) between %edges = %v : tensor<8xf32>, tensor<3xf32> {
  ^bb0(%at: tensor<3xf32>):
    invhlo.yield %at : tensor<3xf32>
  }, {
  ^bb0(%at: tensor<3xf32>):
    invhlo.yield %at : tensor<3xf32>
  }
  return %0 : tensor<3xf32>
}

// -----

func.func @argument(%x: tensor<3xf32>, %edges: tensor<3x8xf32>, %v: tensor<3xf32>) -> tensor<3xf32> {
  // expected-error @+1 {{'invhlo.search' op has a block that does not take a 'tensor<3xf32>'}}
  %0 = invhlo.search(%x) of (%x : tensor<3xf32>) between %edges = %v : tensor<3x8xf32>, tensor<3xf32> {
  ^bb0(%at: tensor<2xf32>):
    invhlo.yield %x : tensor<3xf32>
  }, {
  ^bb0(%at: tensor<3xf32>):
    invhlo.yield %at : tensor<3xf32>
  }
  return %0 : tensor<3xf32>
}

// -----

func.func @yielded(%x: tensor<3xf32>, %edges: tensor<3x8xf32>, %v: tensor<3xf32>) -> tensor<3xf32> {
  // expected-error @+1 {{'invhlo.search' op has a block that does not yield 'tensor<3xf32>'}}
  %0 = invhlo.search(%x) of (%x : tensor<3xf32>) between %edges = %v : tensor<3x8xf32>, tensor<3xf32> {
  ^bb0(%at: tensor<3xf32>):
    invhlo.yield %edges : tensor<3x8xf32>
  }, {
  ^bb0(%at: tensor<3xf32>):
    invhlo.yield %at : tensor<3xf32>
  }
  return %0 : tensor<3xf32>
}
