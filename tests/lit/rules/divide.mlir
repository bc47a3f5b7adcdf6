// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse -split-input-file | FileCheck %s

// y = x / k:  x = y k,  log|dx/dy| = log|k|.

// CHECK-LABEL: func.func @unknown_lhs.inverse(
// CHECK-SAME:    %[[K:.+]]: tensor<3xf32>, %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[X:.+]] = stablehlo.multiply %[[Y]], %[[K]]
// CHECK:         %[[ABS:.+]] = stablehlo.abs %[[K]]
// CHECK:         %[[SHARE:.+]] = stablehlo.log %[[ABS]]
// CHECK:         return %[[X]], %[[SHARE]]
func.func @unknown_lhs(%k: tensor<3xf32>, %x: tensor<3xf32> {invhlo.unknown})
    -> tensor<3xf32> {
  %y = stablehlo.divide %x, %k : tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// y = k / x:  x = k / y,  log|dx/dy| = log|k| - 2 log|y|.

// CHECK-LABEL: func.func @unknown_rhs.inverse(
// CHECK-SAME:    %[[K:.+]]: tensor<3xf32>, %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[X:.+]] = stablehlo.divide %[[K]], %[[Y]]
// CHECK:         %[[ABS_K:.+]] = stablehlo.abs %[[K]]
// CHECK:         %[[LOG_K:.+]] = stablehlo.log %[[ABS_K]]
// CHECK:         %[[ABS_Y:.+]] = stablehlo.abs %[[Y]]
// CHECK:         %[[LOG_Y:.+]] = stablehlo.log %[[ABS_Y]]
// CHECK:         %[[TWO:.+]] = stablehlo.constant dense<2.000000e+00>
// CHECK:         %[[TWICE:.+]] = stablehlo.multiply %[[TWO]], %[[LOG_Y]]
// CHECK:         %[[SHARE:.+]] = stablehlo.subtract %[[LOG_K]], %[[TWICE]]
// CHECK:         return %[[X]], %[[SHARE]]
func.func @unknown_rhs(%k: tensor<3xf32>, %x: tensor<3xf32> {invhlo.unknown})
    -> tensor<3xf32> {
  %y = stablehlo.divide %k, %x : tensor<3xf32>
  return %y : tensor<3xf32>
}
