// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert -split-input-file | FileCheck %s

// y = x ^ k:  x = y ^ k.

// CHECK-LABEL: func.func @unknown_lhs.inverse(
// CHECK-SAME:    %[[K:.+]]: tensor<3xui32>, %[[Y:.+]]: tensor<3xui32>)
// CHECK:         %[[X:.+]] = stablehlo.xor %[[Y]], %[[K]]
// CHECK:         return %[[X]]
func.func @unknown_lhs(%k: tensor<3xui32>, %x: tensor<3xui32> {invhlo.unknown})
    -> tensor<3xui32> {
  %y = stablehlo.xor %x, %k : tensor<3xui32>
  return %y : tensor<3xui32>
}

// -----

// y = k ^ x is the same.

// CHECK-LABEL: func.func @unknown_rhs.inverse(
// CHECK-SAME:    %[[K:.+]]: tensor<3xi1>, %[[Y:.+]]: tensor<3xi1>)
// CHECK:         %[[X:.+]] = stablehlo.xor %[[Y]], %[[K]]
// CHECK:         return %[[X]]
func.func @unknown_rhs(%k: tensor<3xi1>, %x: tensor<3xi1> {invhlo.unknown})
    -> tensor<3xi1> {
  %y = stablehlo.xor %k, %x : tensor<3xi1>
  return %y : tensor<3xi1>
}
