// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse -split-input-file | FileCheck %s

// Each operand is a slab of the result, and so is its share.

// CHECK-LABEL: func.func @operands.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<2x4xf32>)
// CHECK:         %[[ALL:.+]] = stablehlo.exponential %[[Y]]
// CHECK-DAG:     %[[A:.+]] = stablehlo.slice %[[ALL]] [0:2, 0:1]
// CHECK-DAG:     %[[SHARE_A:.+]] = stablehlo.slice %[[Y]] [0:2, 0:1]
// CHECK-DAG:     %[[B:.+]] = stablehlo.slice %[[ALL]] [0:2, 1:4]
// CHECK-DAG:     %[[SHARE_B:.+]] = stablehlo.slice %[[Y]] [0:2, 1:4]
// CHECK:         return %[[A]], %[[B]], %[[SHARE_A]], %[[SHARE_B]]
func.func @operands(%a: tensor<2x1xf32>, %b: tensor<2x3xf32>) -> tensor<2x4xf32> {
  %c = stablehlo.concatenate %a, %b, dim = 1 : (tensor<2x1xf32>, tensor<2x3xf32>) -> tensor<2x4xf32>
  %y = stablehlo.log %c : tensor<2x4xf32>
  return %y : tensor<2x4xf32>
}

// -----

// A known operand is a piece of the result.

// CHECK-LABEL: func.func @known.inverse(
// CHECK-SAME:    %{{.+}}: tensor<1xf32>, %[[Y:.+]]: tensor<3xf32>)
// CHECK-NEXT:    %[[X:.+]] = stablehlo.slice %[[Y]] [1:3]
// CHECK-NEXT:    %[[ZERO:.+]] = stablehlo.constant dense<0.000000e+00>
// CHECK-NEXT:    return %[[X]], %[[ZERO]]
func.func @known(%k: tensor<1xf32>, %x: tensor<2xf32> {invhlo.unknown})
    -> tensor<3xf32> {
  %y = stablehlo.concatenate %k, %x, dim = 0 : (tensor<1xf32>, tensor<2xf32>) -> tensor<3xf32>
  return %y : tensor<3xf32>
}
