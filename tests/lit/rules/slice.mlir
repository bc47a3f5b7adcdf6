// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse -split-input-file | FileCheck %s

// A slice of the result is a box of the operand.

// CHECK-LABEL: func.func @halves.inverse(
// CHECK-SAME:    %[[A:.+]]: tensor<2xf32>, %[[C:.+]]: tensor<2xf32>)
// CHECK:         %[[EXPONENTIAL:.+]] = stablehlo.exponential %[[C]] : tensor<2xf32>
// CHECK:         %[[C2:.+]] = stablehlo.constant dense<0.000000e+00> : tensor<2xf32>
// CHECK:         %[[CONCATENATE:.+]] = stablehlo.concatenate %[[A]], %[[EXPONENTIAL]], dim = 0 : (tensor<2xf32>, tensor<2xf32>) -> tensor<4xf32>
// CHECK:         %[[CONCATENATE2:.+]] = stablehlo.concatenate %[[C2]], %[[C]], dim = 0 : (tensor<2xf32>, tensor<2xf32>) -> tensor<4xf32>
// CHECK:         return %[[CONCATENATE]], %[[CONCATENATE2]] : tensor<4xf32>, tensor<4xf32>
func.func @halves(%x: tensor<4xf32>) -> (tensor<2xf32>, tensor<2xf32>) {
  %a = stablehlo.slice %x [0:2] : (tensor<4xf32>) -> tensor<2xf32>
  %b = stablehlo.slice %x [2:4] : (tensor<4xf32>) -> tensor<2xf32>
  %c = stablehlo.log %b : tensor<2xf32>
  return %a, %c : tensor<2xf32>, tensor<2xf32>
}

// -----

// Two combs interleave.
// CHECK-LABEL: func.func @combs.inverse(
// CHECK-SAME:    %[[A:.+]]: tensor<3xf32>, %[[B:.+]]: tensor<3xf32>)
// CHECK:         %[[RESHAPE:.+]] = stablehlo.reshape %[[B]] : (tensor<3xf32>) -> tensor<3x1xf32>
// CHECK:         %[[RESHAPE2:.+]] = stablehlo.reshape %[[A]] : (tensor<3xf32>) -> tensor<3x1xf32>
// CHECK:         %[[CONCATENATE:.+]] = stablehlo.concatenate %[[RESHAPE]], %[[RESHAPE2]], dim = 1 : (tensor<3x1xf32>, tensor<3x1xf32>) -> tensor<3x2xf32>
// CHECK:         %[[RESHAPE3:.+]] = stablehlo.reshape %[[CONCATENATE]] : (tensor<3x2xf32>) -> tensor<6xf32>
// CHECK:         %[[C:.+]] = stablehlo.constant dense<0.000000e+00> : tensor<6xf32>
// CHECK:         return %[[RESHAPE3]], %[[C]] : tensor<6xf32>, tensor<6xf32>
func.func @combs(%x: tensor<6xf32>) -> (tensor<3xf32>, tensor<3xf32>) {
  %a = stablehlo.slice %x [1:6:2] : (tensor<6xf32>) -> tensor<3xf32>
  %b = stablehlo.slice %x [0:5:2] : (tensor<6xf32>) -> tensor<3xf32>
  return %a, %b : tensor<3xf32>, tensor<3xf32>
}
