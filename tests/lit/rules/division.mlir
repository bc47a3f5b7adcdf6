// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert -invhlo-lower-idioms -split-input-file | FileCheck %s

// x = 10 q + r, whatever computes these.

// CHECK-LABEL: func.func @both.inverse(
// CHECK-SAME:    %[[Q:.+]]: tensor<3xi32>, %[[R:.+]]: tensor<3xi32>)
// CHECK-NEXT:    %[[TEN:.+]] = stablehlo.constant dense<10>
// CHECK-NEXT:    %[[PRODUCT:.+]] = stablehlo.multiply %[[Q]], %[[TEN]]
// CHECK-NEXT:    %[[X:.+]] = stablehlo.add %[[PRODUCT]], %[[R]]
// CHECK-NEXT:    return %[[X]]
func.func @both(%x: tensor<3xi32>) -> (tensor<3xi32>, tensor<3xi32>) {
  %ten = stablehlo.constant dense<10> : tensor<3xi32>
  %q = stablehlo.divide %x, %ten : tensor<3xi32>
  %r = stablehlo.remainder %x, %ten : tensor<3xi32>
  invhlo.division %x = %q * 10 + %r : tensor<3xi32>
  return %q, %r : tensor<3xi32>, tensor<3xi32>
}

// -----

// One is known in part.

// CHECK-LABEL: func.func @parts.inverse(
// CHECK-SAME:    %[[Q:.+]]: tensor<4xi32>, %[[R:.+]]: tensor<2xi32>, %[[REST:.+]]: tensor<2xi32>)
// CHECK:         %[[SLICE:.+]] = stablehlo.slice %[[Q]] [0:2]
// CHECK:         %[[PRODUCT:.+]] = stablehlo.multiply %[[SLICE]], %{{.+}}
// CHECK:         %[[FIRST:.+]] = stablehlo.add %[[PRODUCT]], %[[R]]
// CHECK:         %[[X:.+]] = stablehlo.concatenate %[[FIRST]], %[[REST]], dim = 0
// CHECK:         return %[[X]]
func.func @parts(%x: tensor<4xi32>) -> (tensor<4xi32>, tensor<2xi32>, tensor<2xi32>) {
  %ten = stablehlo.constant dense<10> : tensor<4xi32>
  %q = stablehlo.divide %x, %ten : tensor<4xi32>
  %r = stablehlo.remainder %x, %ten : tensor<4xi32>
  invhlo.division %x = %q * 10 + %r : tensor<4xi32>
  %0 = stablehlo.slice %r [0:2] : (tensor<4xi32>) -> tensor<2xi32>
  %1 = stablehlo.slice %x [2:4] : (tensor<4xi32>) -> tensor<2xi32>
  return %q, %0, %1 : tensor<4xi32>, tensor<2xi32>, tensor<2xi32>
}
