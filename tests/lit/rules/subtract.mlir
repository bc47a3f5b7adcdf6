// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse -split-input-file | FileCheck %s

// y = x - k:  x = y + k.

// CHECK-LABEL: func.func @unknown_lhs.inverse(
// CHECK-SAME:    %[[K:.+]]: tensor<3xf32>, %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[X:.+]] = stablehlo.add %[[Y]], %[[K]]
// CHECK:         %[[ZERO:.+]] = stablehlo.constant dense<0.000000e+00>
// CHECK:         return %[[X]], %[[ZERO]]
func.func @unknown_lhs(%k: tensor<3xf32>, %x: tensor<3xf32> {invhlo.unknown})
    -> tensor<3xf32> {
  %y = stablehlo.subtract %x, %k : tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// y = k - x:  x = k - y.

// CHECK-LABEL: func.func @unknown_rhs.inverse(
// CHECK-SAME:    %[[K:.+]]: tensor<3xf32>, %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[X:.+]] = stablehlo.subtract %[[K]], %[[Y]]
// CHECK:         %[[ZERO:.+]] = stablehlo.constant dense<0.000000e+00>
// CHECK:         return %[[X]], %[[ZERO]]
func.func @unknown_rhs(%k: tensor<3xf32>, %x: tensor<3xf32> {invhlo.unknown})
    -> tensor<3xf32> {
  %y = stablehlo.subtract %k, %x : tensor<3xf32>
  return %y : tensor<3xf32>
}
