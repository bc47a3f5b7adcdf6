// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse -split-input-file | FileCheck %s

// Back to the type of the operand.

// CHECK-LABEL: func.func @wider.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xf64>)
// CHECK:         %[[CONVERT:.+]] = stablehlo.convert %[[Y]] : (tensor<3xf64>) -> tensor<3xf32>
// CHECK:         %[[C:.+]] = stablehlo.constant dense<0.000000e+00> : tensor<3xf32>
// CHECK:         return %[[CONVERT]], %[[C]] : tensor<3xf32>, tensor<3xf32>
func.func @wider(%x: tensor<3xf32>) -> tensor<3xf64> {
  %y = stablehlo.convert %x : (tensor<3xf32>) -> tensor<3xf64>
  return %y : tensor<3xf64>
}

// -----

// CHECK-LABEL: func.func @narrower.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xbf16>)
// CHECK:         %[[CONVERT:.+]] = stablehlo.convert %[[Y]] : (tensor<3xbf16>) -> tensor<3xf32>
// CHECK:         %[[C:.+]] = stablehlo.constant dense<0.000000e+00> : tensor<3xf32>
// CHECK:         return %[[CONVERT]], %[[C]] : tensor<3xf32>, tensor<3xf32>
func.func @narrower(%x: tensor<3xf32>) -> tensor<3xbf16> {
  %y = stablehlo.convert %x : (tensor<3xf32>) -> tensor<3xbf16>
  return %y : tensor<3xbf16>
}

// -----

// CHECK-LABEL: func.func @signs.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xi8>)
// CHECK:         %[[CONVERT:.+]] = stablehlo.convert %[[Y]] : (tensor<3xi8>) -> tensor<3xui8>
// CHECK:         %[[C:.+]] = stablehlo.constant dense<0.000000e+00> : tensor<3xf32>
// CHECK:         return %[[CONVERT]], %[[C]] : tensor<3xui8>, tensor<3xf32>
func.func @signs(%x: tensor<3xui8>) -> tensor<3xi8> {
  %y = stablehlo.convert %x : (tensor<3xui8>) -> tensor<3xi8>
  return %y : tensor<3xi8>
}

// -----

// CHECK-LABEL: func.func @wider_integer.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xi32>)
// CHECK:         %[[CONVERT:.+]] = stablehlo.convert %[[Y]] : (tensor<3xi32>) -> tensor<3xi8>
// CHECK:         %[[C:.+]] = stablehlo.constant dense<0.000000e+00> : tensor<3xf32>
// CHECK:         return %[[CONVERT]], %[[C]] : tensor<3xi8>, tensor<3xf32>
func.func @wider_integer(%x: tensor<3xi8>) -> tensor<3xi32> {
  %y = stablehlo.convert %x : (tensor<3xi8>) -> tensor<3xi32>
  return %y : tensor<3xi32>
}

// -----

// CHECK-LABEL: func.func @to_float.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[ROUND_NEAREST_EVEN:.+]] = stablehlo.round_nearest_even %[[Y]] : tensor<3xf32>
// CHECK:         %[[CONVERT:.+]] = stablehlo.convert %[[ROUND_NEAREST_EVEN]] : (tensor<3xf32>) -> tensor<3xi16>
// CHECK:         %[[C:.+]] = stablehlo.constant dense<0.000000e+00> : tensor<3xf32>
// CHECK:         return %[[CONVERT]], %[[C]] : tensor<3xi16>, tensor<3xf32>
func.func @to_float(%x: tensor<3xi16>) -> tensor<3xf32> {
  %y = stablehlo.convert %x : (tensor<3xi16>) -> tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// Of floats, the nearest integer; any that is not zero is true.
// CHECK-LABEL: func.func @boolean.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[ROUND_NEAREST_EVEN:.+]] = stablehlo.round_nearest_even %[[Y]] : tensor<3xf32>
// CHECK:         %[[C:.+]] = stablehlo.constant dense<0.000000e+00> : tensor<3xf32>
// CHECK:         %[[COMPARE:.+]] = stablehlo.compare NE, %[[ROUND_NEAREST_EVEN]], %[[C]] : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
// CHECK:         return %[[COMPARE]], %[[C]] : tensor<3xi1>, tensor<3xf32>
func.func @boolean(%x: tensor<3xi1>) -> tensor<3xf32> {
  %y = stablehlo.convert %x : (tensor<3xi1>) -> tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// The share goes along.
// CHECK-LABEL: func.func @share.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xf64>)
// CHECK:         %[[EXPONENTIAL:.+]] = stablehlo.exponential %[[Y]] : tensor<3xf64>
// CHECK:         %[[CONVERT:.+]] = stablehlo.convert %[[EXPONENTIAL]] : (tensor<3xf64>) -> tensor<3xf32>
// CHECK:         %[[CONVERT2:.+]] = stablehlo.convert %[[Y]] : (tensor<3xf64>) -> tensor<3xf32>
// CHECK:         return %[[CONVERT]], %[[CONVERT2]] : tensor<3xf32>, tensor<3xf32>
func.func @share(%x: tensor<3xf32>) -> tensor<3xf64> {
  %z = stablehlo.convert %x : (tensor<3xf32>) -> tensor<3xf64>
  %y = stablehlo.log %z : tensor<3xf64>
  return %y : tensor<3xf64>
}
