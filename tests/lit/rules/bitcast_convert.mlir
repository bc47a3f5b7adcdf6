// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert -split-input-file | FileCheck %s

// The bits back in the type of the operand.

// CHECK-LABEL: func.func @bits.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xui32>)
// CHECK:         %[[X:.+]] = stablehlo.bitcast_convert %[[Y]] : (tensor<3xui32>) -> tensor<3xf32>
// CHECK:         return %[[X]]
func.func @bits(%x: tensor<3xf32>) -> tensor<3xui32> {
  %y = stablehlo.bitcast_convert %x : (tensor<3xf32>) -> tensor<3xui32>
  return %y : tensor<3xui32>
}

// -----

// Parts of a number are joined.

// CHECK-LABEL: func.func @split.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3x4xui8>)
// CHECK:         %[[X:.+]] = stablehlo.bitcast_convert %[[Y]] : (tensor<3x4xui8>) -> tensor<3xi32>
// CHECK:         return %[[X]]
func.func @split(%x: tensor<3xi32>) -> tensor<3x4xui8> {
  %y = stablehlo.bitcast_convert %x : (tensor<3xi32>) -> tensor<3x4xui8>
  return %y : tensor<3x4xui8>
}

// -----

// What was joined is split.

// CHECK-LABEL: func.func @join.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xi32>)
// CHECK:         %[[X:.+]] = stablehlo.bitcast_convert %[[Y]] : (tensor<3xi32>) -> tensor<3x2xi16>
// CHECK:         return %[[X]]
func.func @join(%x: tensor<3x2xi16>) -> tensor<3xi32> {
  %y = stablehlo.bitcast_convert %x : (tensor<3x2xi16>) -> tensor<3xi32>
  return %y : tensor<3xi32>
}
