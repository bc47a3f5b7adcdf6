// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert -cse | FileCheck %s

// The inverse of the entry point is the entry point.

// CHECK-LABEL: func.func @main(
// CHECK-SAME:    %[[Y:.+]]: tensor<2xf32>)
// CHECK:         %[[X:.+]] = stablehlo.negate %[[Y]]
// CHECK:         return %[[X]]
func.func @main(%x: tensor<2xf32>) -> tensor<2xf32> {
  %y = stablehlo.negate %x : tensor<2xf32>
  return %y : tensor<2xf32>
}
