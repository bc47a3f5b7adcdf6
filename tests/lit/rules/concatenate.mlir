// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse -split-input-file | FileCheck %s

// Each operand is a slab of the result.

// CHECK-LABEL: func.func @operands.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<2x4xf32>)
// CHECK:         %[[EXPONENTIAL:.+]] = stablehlo.exponential %[[Y]] : tensor<2x4xf32>
// CHECK:         %[[SLICE:.+]] = stablehlo.slice %[[EXPONENTIAL]] [0:2, 0:1] : (tensor<2x4xf32>) -> tensor<2x1xf32>
// CHECK:         %[[SLICE2:.+]] = stablehlo.slice %[[Y]] [0:2, 0:1] : (tensor<2x4xf32>) -> tensor<2x1xf32>
// CHECK:         %[[SLICE3:.+]] = stablehlo.slice %[[EXPONENTIAL]] [0:2, 1:4] : (tensor<2x4xf32>) -> tensor<2x3xf32>
// CHECK:         %[[SLICE4:.+]] = stablehlo.slice %[[Y]] [0:2, 1:4] : (tensor<2x4xf32>) -> tensor<2x3xf32>
// CHECK:         return %[[SLICE]], %[[SLICE3]], %[[SLICE2]], %[[SLICE4]] : tensor<2x1xf32>, tensor<2x3xf32>, tensor<2x1xf32>, tensor<2x3xf32>
func.func @operands(%a: tensor<2x1xf32>, %b: tensor<2x3xf32>) -> tensor<2x4xf32> {
  %c = stablehlo.concatenate %a, %b, dim = 1 : (tensor<2x1xf32>, tensor<2x3xf32>) -> tensor<2x4xf32>
  %y = stablehlo.log %c : tensor<2x4xf32>
  return %y : tensor<2x4xf32>
}

// -----

// A known operand is a piece of the result.
// CHECK-LABEL: func.func @known.inverse(
// CHECK-SAME:    %[[K:.+]]: tensor<1xf32>, %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[SLICE:.+]] = stablehlo.slice %[[Y]] [1:3] : (tensor<3xf32>) -> tensor<2xf32>
// CHECK:         %[[C:.+]] = stablehlo.constant dense<0.000000e+00> : tensor<2xf32>
// CHECK:         return %[[SLICE]], %[[C]] : tensor<2xf32>, tensor<2xf32>
func.func @known(%k: tensor<1xf32>, %x: tensor<2xf32> {invhlo.unknown})
    -> tensor<3xf32> {
  %y = stablehlo.concatenate %k, %x, dim = 0 : (tensor<1xf32>, tensor<2xf32>) -> tensor<3xf32>
  return %y : tensor<3xf32>
}
