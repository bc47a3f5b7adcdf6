// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -split-input-file -verify-diagnostics

func.func @ranks_of_x(%x: tensor<3xf32>, %r: tensor<3xi64>, %s: tensor<3xi32>, %v: tensor<3xf32>) -> tensor<3xf32> {
  // expected-error @+1 {{'invhlo.triangular' op has ranks of 'tensor<3xi64>' for 'tensor<3xf32>'}}
  %0 = invhlo.triangular(%x by %r) of (%v : tensor<3xf32>) = (%v by %s) to 3 : tensor<3xf32>, tensor<3xi64>, tensor<3xf32>, tensor<3xi32> {
  ^bb0(%at: tensor<3xf32>):
    invhlo.yield %v : tensor<3xf32>
  }, {
  ^bb0(%at: tensor<3xf32>):
    invhlo.yield %at : tensor<3xf32>
  }
  return %0 : tensor<3xf32>
}

// -----

func.func @ranks_of_value(%x: tensor<3xf32>, %r: tensor<3xi32>, %s: tensor<2xi32>, %v: tensor<3xf32>) -> tensor<3xf32> {
  // expected-error @+1 {{'invhlo.triangular' op has ranks of 'tensor<2xi32>' for 'tensor<3xf32>'}}
  %0 = invhlo.triangular(%x by %r) of (%v : tensor<3xf32>) = (%v by %s) to 3 : tensor<3xf32>, tensor<3xi32>, tensor<3xf32>, tensor<2xi32> {
  ^bb0(%at: tensor<3xf32>):
    invhlo.yield %v : tensor<3xf32>
  }, {
  ^bb0(%at: tensor<3xf32>):
    invhlo.yield %at : tensor<3xf32>
  }
  return %0 : tensor<3xf32>
}

// -----

func.func @nothing_earlier(%x: tensor<3xf32>, %r: tensor<3xi32>, %v: tensor<3xf32>) -> tensor<3xf32> {
  // expected-error @+1 {{'invhlo.triangular' op has nothing that is earlier}}
  %0 = "invhlo.triangular"(%x, %r, %r, %v) <{depth = 3 : i64}> ({
  ^bb0(%at: tensor<3xf32>):
    "invhlo.yield"() : () -> ()
  }, {
  ^bb0(%at: tensor<3xf32>):
    "invhlo.yield"(%at) : (tensor<3xf32>) -> ()
  }) : (tensor<3xf32>, tensor<3xi32>, tensor<3xi32>, tensor<3xf32>) -> tensor<3xf32>
  return %0 : tensor<3xf32>
}

// -----

func.func @depth(%x: tensor<3xf32>, %r: tensor<3xi32>, %s: tensor<3xi32>, %v: tensor<3xf32>) -> tensor<3xf32> {
  // expected-error @+1 {{'invhlo.triangular' op attribute 'depth' failed to satisfy constraint: 64-bit signless integer attribute whose value is positive}}
  %0 = invhlo.triangular(%x by %r) of (%v : tensor<3xf32>) = (%v by %s) to 0 : tensor<3xf32>, tensor<3xi32>, tensor<3xf32>, tensor<3xi32> {
  ^bb0(%at: tensor<3xf32>):
    invhlo.yield %v : tensor<3xf32>
  }, {
  ^bb0(%at: tensor<3xf32>):
    invhlo.yield %at : tensor<3xf32>
  }
  return %0 : tensor<3xf32>
}

// -----

func.func @argument(%x: tensor<3xf32>, %r: tensor<3xi32>, %s: tensor<3xi32>, %v: tensor<3xf32>) -> tensor<3xf32> {
  // expected-error @+1 {{'invhlo.triangular' op has a block that does not take a 'tensor<3xf32>'}}
  %0 = invhlo.triangular(%x by %r) of (%v : tensor<3xf32>) = (%v by %s) to 3 : tensor<3xf32>, tensor<3xi32>, tensor<3xf32>, tensor<3xi32> {
  ^bb0(%at: tensor<2xf32>):
    invhlo.yield %v : tensor<3xf32>
  }, {
  ^bb0(%at: tensor<3xf32>):
    invhlo.yield %at : tensor<3xf32>
  }
  return %0 : tensor<3xf32>
}

// -----

func.func @conditioner(%x: tensor<3xf32>, %r: tensor<3xi32>, %s: tensor<3xi32>, %v: tensor<3xf32>) -> tensor<3xf32> {
  // expected-error @+1 {{'invhlo.triangular' op has a block that does not yield 'tensor<3xf32>'}}
  %0 = invhlo.triangular(%x by %r) of (%v : tensor<3xf32>) = (%v by %s) to 3 : tensor<3xf32>, tensor<3xi32>, tensor<3xf32>, tensor<3xi32> {
  ^bb0(%at: tensor<3xf32>):
    invhlo.yield %s : tensor<3xi32>
  }, {
  ^bb0(%at: tensor<3xf32>):
    invhlo.yield %at : tensor<3xf32>
  }
  return %0 : tensor<3xf32>
}

// -----

func.func @formula(%x: tensor<3xf32>, %r: tensor<3xi32>, %s: tensor<3xi32>, %v: tensor<3xf32>) -> tensor<3xf32> {
  // expected-error @+1 {{'invhlo.triangular' op has a block that does not yield 'tensor<3xf32>'}}
  %0 = invhlo.triangular(%x by %r) of (%v : tensor<3xf32>) = (%v by %s) to 3 : tensor<3xf32>, tensor<3xi32>, tensor<3xf32>, tensor<3xi32> {
  ^bb0(%at: tensor<3xf32>):
    invhlo.yield %v : tensor<3xf32>
  }, {
  ^bb0(%at: tensor<3xf32>):
    invhlo.yield %at, %at : tensor<3xf32>, tensor<3xf32>
  }
  return %0 : tensor<3xf32>
}
