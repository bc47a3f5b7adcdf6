// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse | FileCheck %s

// What is rounded is its own rounding.

// CHECK-LABEL: func.func @real.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xf32>)
// CHECK-NOT:     stablehlo.reduce_precision
// CHECK:         %[[X:.+]] = stablehlo.exponential %[[Y]]
// CHECK:         return %[[X]], %[[Y]]
func.func @real(%x: tensor<3xf32>) -> tensor<3xf32> {
  %z = stablehlo.reduce_precision %x, format = e8m7 : tensor<3xf32>
  %y = stablehlo.log %z : tensor<3xf32>
  return %y : tensor<3xf32>
}
