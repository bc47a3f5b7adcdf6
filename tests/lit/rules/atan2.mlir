// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse -split-input-file | FileCheck %s

// y = atan2(x, k):  x = k tan y,  log|dx/dy| = log|k| - 2 log|cos y|.
// y = atan2(k, x):  x = k / tan y,  log|dx/dy| = log|k| - 2 log|sin y|.

// CHECK-LABEL: func.func @unknown_lhs.inverse(
// CHECK-SAME:    %[[K:.+]]: tensor<3xf32>, %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[TAN:.+]] = stablehlo.tan %[[Y]] : tensor<3xf32>
// CHECK:         %[[MULTIPLY:.+]] = stablehlo.multiply %[[K]], %[[TAN]] : tensor<3xf32>
// CHECK:         %[[ABS:.+]] = stablehlo.abs %[[K]] : tensor<3xf32>
// CHECK:         %[[LOG:.+]] = stablehlo.log %[[ABS]] : tensor<3xf32>
// CHECK:         %[[COSINE:.+]] = stablehlo.cosine %[[Y]] : tensor<3xf32>
// CHECK:         %[[ABS2:.+]] = stablehlo.abs %[[COSINE]] : tensor<3xf32>
// CHECK:         %[[LOG2:.+]] = stablehlo.log %[[ABS2]] : tensor<3xf32>
// CHECK:         %[[C:.+]] = stablehlo.constant dense<2.000000e+00> : tensor<3xf32>
// CHECK:         %[[MULTIPLY2:.+]] = stablehlo.multiply %[[C]], %[[LOG2]] : tensor<3xf32>
// CHECK:         %[[SUBTRACT:.+]] = stablehlo.subtract %[[LOG]], %[[MULTIPLY2]] : tensor<3xf32>
// CHECK:         return %[[MULTIPLY]], %[[SUBTRACT]] : tensor<3xf32>, tensor<3xf32>
func.func @unknown_lhs(%k: tensor<3xf32>, %x: tensor<3xf32> {invhlo.unknown})
    -> tensor<3xf32> {
  %y = stablehlo.atan2 %x, %k : tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// CHECK-LABEL: func.func @unknown_rhs.inverse(
// CHECK-SAME:    %[[K:.+]]: tensor<3xf32>, %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[TAN:.+]] = stablehlo.tan %[[Y]] : tensor<3xf32>
// CHECK:         %[[DIVIDE:.+]] = stablehlo.divide %[[K]], %[[TAN]] : tensor<3xf32>
// CHECK:         %[[ABS:.+]] = stablehlo.abs %[[K]] : tensor<3xf32>
// CHECK:         %[[LOG:.+]] = stablehlo.log %[[ABS]] : tensor<3xf32>
// CHECK:         %[[SINE:.+]] = stablehlo.sine %[[Y]] : tensor<3xf32>
// CHECK:         %[[ABS2:.+]] = stablehlo.abs %[[SINE]] : tensor<3xf32>
// CHECK:         %[[LOG2:.+]] = stablehlo.log %[[ABS2]] : tensor<3xf32>
// CHECK:         %[[C:.+]] = stablehlo.constant dense<2.000000e+00> : tensor<3xf32>
// CHECK:         %[[MULTIPLY:.+]] = stablehlo.multiply %[[C]], %[[LOG2]] : tensor<3xf32>
// CHECK:         %[[SUBTRACT:.+]] = stablehlo.subtract %[[LOG]], %[[MULTIPLY]] : tensor<3xf32>
// CHECK:         return %[[DIVIDE]], %[[SUBTRACT]] : tensor<3xf32>, tensor<3xf32>
func.func @unknown_rhs(%k: tensor<3xf32>, %x: tensor<3xf32> {invhlo.unknown})
    -> tensor<3xf32> {
  %y = stablehlo.atan2 %k, %x : tensor<3xf32>
  return %y : tensor<3xf32>
}
