// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse -split-input-file | FileCheck %s

// y = x + k:  x = y - k.

// CHECK-LABEL: func.func @unknown_lhs.inverse(
// CHECK-SAME:    %[[K:.+]]: tensor<3xf32>, %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[X:.+]] = stablehlo.subtract %[[Y]], %[[K]]
// CHECK:         %[[ZERO:.+]] = stablehlo.constant dense<0.000000e+00>
// CHECK:         return %[[X]], %[[ZERO]]
func.func @unknown_lhs(%k: tensor<3xf32>, %x: tensor<3xf32> {invhlo.unknown})
    -> tensor<3xf32> {
  %y = stablehlo.add %x, %k : tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// y = k + x is the same.

// CHECK-LABEL: func.func @unknown_rhs.inverse(
// CHECK-SAME:    %[[K:.+]]: tensor<3xf32>, %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[X:.+]] = stablehlo.subtract %[[Y]], %[[K]]
// CHECK:         return %[[X]],
func.func @unknown_rhs(%k: tensor<3xf32>, %x: tensor<3xf32> {invhlo.unknown})
    -> tensor<3xf32> {
  %y = stablehlo.add %k, %x : tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// The known half first, then the other half from it.

// CHECK-LABEL: func.func @pieces.inverse(
// CHECK-SAME:    %[[K:.+]]: tensor<4xf32>, %[[A:.+]]: tensor<2xf32>, %[[D:.+]]: tensor<2xf32>)
// CHECK:         %[[LEFT_K:.+]] = stablehlo.slice %[[K]] [0:2]
// CHECK:         %[[LEFT:.+]] = stablehlo.subtract %[[A]], %[[LEFT_K]]
// CHECK:         %[[B:.+]] = stablehlo.subtract %[[D]], %[[LEFT]]
// CHECK:         %[[SUM:.+]] = stablehlo.concatenate %[[A]], %[[B]], dim = 0
// CHECK:         %[[BOTH:.+]] = stablehlo.subtract %[[SUM]], %[[K]]
// CHECK:         %[[RIGHT:.+]] = stablehlo.slice %[[BOTH]] [2:4]
// CHECK:         %[[X:.+]] = stablehlo.concatenate %[[LEFT]], %[[RIGHT]], dim = 0
// CHECK:         return %[[X]],
func.func @pieces(%k: tensor<4xf32>, %x: tensor<4xf32> {invhlo.unknown})
    -> (tensor<2xf32>, tensor<2xf32>) {
  %s = stablehlo.add %x, %k : tensor<4xf32>
  %a = stablehlo.slice %s [0:2] : (tensor<4xf32>) -> tensor<2xf32>
  %b = stablehlo.slice %s [2:4] : (tensor<4xf32>) -> tensor<2xf32>
  %c = stablehlo.slice %x [0:2] : (tensor<4xf32>) -> tensor<2xf32>
  %d = stablehlo.add %b, %c : tensor<2xf32>
  return %a, %d : tensor<2xf32>, tensor<2xf32>
}
