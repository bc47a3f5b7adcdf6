// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -split-input-file -verify-diagnostics

func.func @terms(%x: tensor<3xi32>, %y: tensor<3xi32>) {
  // expected-error @+1 {{has 3 numbers, which are not terms of four}}
  invhlo.bits(%y) = (%x) by [0, 0, 7] flipping [0] : (tensor<3xi32>) = (tensor<3xi32>)
  return
}

// -----

func.func @flips(%x: tensor<3xi32>, %y: tensor<3xi32>) {
  // expected-error @+1 {{has 1 values and flips 2}}
  invhlo.bits(%y) = (%x) by [0, 0, 7, 1] flipping [0, 1] : (tensor<3xi32>) = (tensor<3xi32>)
  return
}

// -----

func.func @word(%x: tensor<3xi32>, %y: tensor<3xi32>) {
  // expected-error @+1 {{has a term #0 of a value or word that is not there}}
  invhlo.bits(%y) = (%x) by [0, 1, 7, 1] flipping [0] : (tensor<3xi32>) = (tensor<3xi32>)
  return
}

// -----

func.func @shift(%x: tensor<3xi32>, %y: tensor<3xi32>) {
  // expected-error @+1 {{has a term #0 that is moved by 64}}
  invhlo.bits(%y) = (%x) by [0, 0, 64, 1] flipping [0] : (tensor<3xi32>) = (tensor<3xi32>)
  return
}

// -----

func.func @shapes(%x: tensor<4xi32>, %y: tensor<3xi32>) {
  // expected-error @+1 {{requires the same shape for all operands}}
  invhlo.bits(%y) = (%x) by [0, 0, 7, 1] flipping [0] : (tensor<3xi32>) = (tensor<4xi32>)
  return
}

// -----

func.func @floats(%x: tensor<3xf32>, %y: tensor<3xi32>) {
  // expected-error @+1 {{must be variadic of statically shaped tensor of integers}}
  invhlo.bits(%y) = (%x) by [0, 0, 7, 1] flipping [0] : (tensor<3xi32>) = (tensor<3xf32>)
  return
}
