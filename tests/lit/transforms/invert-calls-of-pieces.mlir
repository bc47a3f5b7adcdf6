// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -invhlo-lower-shares | FileCheck %s

// A callee is given a share for the pieces that have one, and for no other.

// CHECK-LABEL: func.func @main(
// CHECK:         call @f.inverse(%{{[^,]+}}, %{{[^,]+}}, %{{[^,]+}}) : (tensor<2xf64>, tensor<2xf64>, tensor<2xf64>) -> (tensor<4xf64>, tensor<4xf64>)
func.func @main(%x: tensor<4xf64>) -> (tensor<2xf64>, tensor<2xf64>) {
  %h = call @f(%x) : (tensor<4xf64>) -> tensor<4xf64>
  %a = stablehlo.slice %h [0:2] : (tensor<4xf64>) -> tensor<2xf64>
  %b = stablehlo.slice %h [2:4] : (tensor<4xf64>) -> tensor<2xf64>
  %c = stablehlo.multiply %a, %b : tensor<2xf64>
  return %a, %c : tensor<2xf64>, tensor<2xf64>
}
func.func private @f(%x: tensor<4xf64>) -> tensor<4xf64> {
  %0 = stablehlo.exponential %x : tensor<4xf64>
  return %0 : tensor<4xf64>
}
