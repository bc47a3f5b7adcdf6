// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s --split-input-file --verify-diagnostics

func.func @predicate_shape(%p: tensor<3xi1>, %x: tensor<2xf32>) {
  // expected-error @+1 {{expects a scalar predicate or one shaped like 'tensor<2xf32>', got 'tensor<3xi1>'}}
  %y = stablehlo.select %p, %x, %x : tensor<3xi1>, tensor<2xf32>
  return
}

// -----

func.func @predicate_type(%p: tensor<2xi32>, %x: tensor<2xf32>) {
  // expected-error @+1 {{operand #0 must be ranked tensor of predicate (i1) values, but got 'tensor<2xi32>'}}
  %y = stablehlo.select %p, %x, %x : tensor<2xi32>, tensor<2xf32>
  return
}
