// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="unknown=1" | FileCheck %s

// The unknown arguments by position.

// CHECK-LABEL: func.func @second.inverse(
// CHECK-SAME:    %[[A:.+]]: tensor<2xf32>, %[[Y:.+]]: tensor<2xf32>)
// CHECK:         %[[X:.+]] = stablehlo.subtract %[[A]], %[[Y]]
// CHECK:         return %[[X]]
func.func @second(%a: tensor<2xf32>, %b: tensor<2xf32>) -> tensor<2xf32> {
  %y = stablehlo.subtract %a, %b : tensor<2xf32>
  return %y : tensor<2xf32>
}
