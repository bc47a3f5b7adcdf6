// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse -split-input-file | FileCheck %s

// y = x / k:  x = y k,  log|dx/dy| = log|k|.
// y = k / x:  x = k / y,  log|dx/dy| = log|k| - 2 log|y|.

// CHECK-LABEL: func.func @unknown_lhs.inverse(
// CHECK-SAME:    %[[K:.+]]: tensor<3xf32>, %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[MULTIPLY:.+]] = stablehlo.multiply %[[Y]], %[[K]] : tensor<3xf32>
// CHECK:         %[[ABS:.+]] = stablehlo.abs %[[K]] : tensor<3xf32>
// CHECK:         %[[LOG:.+]] = stablehlo.log %[[ABS]] : tensor<3xf32>
// CHECK:         return %[[MULTIPLY]], %[[LOG]] : tensor<3xf32>, tensor<3xf32>
func.func @unknown_lhs(%k: tensor<3xf32>, %x: tensor<3xf32> {invhlo.unknown})
    -> tensor<3xf32> {
  %y = stablehlo.divide %x, %k : tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// CHECK-LABEL: func.func @unknown_rhs.inverse(
// CHECK-SAME:    %[[K:.+]]: tensor<3xf32>, %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[DIVIDE:.+]] = stablehlo.divide %[[K]], %[[Y]] : tensor<3xf32>
// CHECK:         %[[ABS:.+]] = stablehlo.abs %[[K]] : tensor<3xf32>
// CHECK:         %[[LOG:.+]] = stablehlo.log %[[ABS]] : tensor<3xf32>
// CHECK:         %[[ABS2:.+]] = stablehlo.abs %[[Y]] : tensor<3xf32>
// CHECK:         %[[LOG2:.+]] = stablehlo.log %[[ABS2]] : tensor<3xf32>
// CHECK:         %[[C:.+]] = stablehlo.constant dense<2.000000e+00> : tensor<3xf32>
// CHECK:         %[[MULTIPLY:.+]] = stablehlo.multiply %[[C]], %[[LOG2]] : tensor<3xf32>
// CHECK:         %[[SUBTRACT:.+]] = stablehlo.subtract %[[LOG]], %[[MULTIPLY]] : tensor<3xf32>
// CHECK:         return %[[DIVIDE]], %[[SUBTRACT]] : tensor<3xf32>, tensor<3xf32>
func.func @unknown_rhs(%k: tensor<3xf32>, %x: tensor<3xf32> {invhlo.unknown})
    -> tensor<3xf32> {
  %y = stablehlo.divide %k, %x : tensor<3xf32>
  return %y : tensor<3xf32>
}
