// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert -split-input-file | FileCheck %s

// y = ~x:  x = ~y.

// CHECK-LABEL: func.func @integer.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xi32>)
// CHECK:         %[[X:.+]] = stablehlo.not %[[Y]]
// CHECK:         return %[[X]]
func.func @integer(%x: tensor<3xi32>) -> tensor<3xi32> {
  %y = stablehlo.not %x : tensor<3xi32>
  return %y : tensor<3xi32>
}

// -----

// Booleans likewise.

// CHECK-LABEL: func.func @boolean.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xi1>)
// CHECK:         %[[X:.+]] = stablehlo.not %[[Y]]
// CHECK:         return %[[X]]
func.func @boolean(%x: tensor<3xi1>) -> tensor<3xi1> {
  %y = stablehlo.not %x : tensor<3xi1>
  return %y : tensor<3xi1>
}
