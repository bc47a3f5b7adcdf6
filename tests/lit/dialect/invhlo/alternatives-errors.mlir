// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -split-input-file -verify-diagnostics

func.func @no_arm(%x: tensor<3xf32>) -> tensor<3xf32> {
  // expected-error @+1 {{op has no arm}}
  %0 = "invhlo.alternatives"(%x) : (tensor<3xf32>) -> tensor<3xf32>
  return %0 : tensor<3xf32>
}

// -----

func.func @predicate(%x: tensor<3xf32>, %p: tensor<3xi1>) -> tensor<3xf32> {
  // expected-error @+1 {{op has an arm that yields 'tensor<3xf32>', 'tensor<3xi1>', where it needs 'tensor<3xf32>', 'tensor<i1>'}}
  %0 = invhlo.alternatives(%x) : (tensor<3xf32>) -> tensor<3xf32> {
    invhlo.yield %x, %p : tensor<3xf32>, tensor<3xi1>
  }, {
    invhlo.yield %x, %p : tensor<3xf32>, tensor<3xi1>
  }
  return %0 : tensor<3xf32>
}

// -----

func.func @types(%x: tensor<3xf32>, %p: tensor<i1>) -> tensor<f32> {
  // expected-error @+1 {{op gives 'tensor<f32>' for values of 'tensor<3xf32>'}}
  %0 = invhlo.alternatives(%x) : (tensor<3xf32>) -> tensor<f32> {
    invhlo.yield %x, %p : tensor<3xf32>, tensor<i1>
  }, {
    invhlo.yield %x, %p : tensor<3xf32>, tensor<i1>
  }
  return %0 : tensor<f32>
}
