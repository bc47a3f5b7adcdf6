// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -split-input-file -verify-diagnostics

func.func @shape(%x: tensor<2xf32>, %v: tensor<3xf32>) -> tensor<3xf32> {
  // expected-error @+1 {{op requires the same type for all operands and results}}
  %0 = "invhlo.idiom"(%x, %v) <{function = "softplus"}> : (tensor<2xf32>, tensor<3xf32>) -> tensor<3xf32>
  return %0 : tensor<3xf32>
}

// -----

func.func @name(%x: tensor<3xf32>, %v: tensor<3xf32>) -> tensor<3xf32> {
  // expected-error @+1 {{op requires attribute 'function'}}
  %0 = "invhlo.idiom"(%x, %v) : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xf32>
  return %0 : tensor<3xf32>
}

// -----

func.func @integers(%x: tensor<3xi32>) -> tensor<3xi32> {
  // expected-error @+1 {{must be variadic of ranked tensor of floating-point values}}
  %0 = "invhlo.idiom"(%x, %x) <{function = "elu"}> : (tensor<3xi32>, tensor<3xi32>) -> tensor<3xi32>
  return %0 : tensor<3xi32>
}
