// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse -split-input-file | FileCheck %s

// Back to the type of the operand.

// CHECK-LABEL: func.func @wider.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xf64>)
// CHECK:         %[[X:.+]] = stablehlo.convert %[[Y]] : (tensor<3xf64>) -> tensor<3xf32>
// CHECK:         %[[ZERO:.+]] = stablehlo.constant dense<0.000000e+00> : tensor<3xf32>
// CHECK:         return %[[X]], %[[ZERO]]
func.func @wider(%x: tensor<3xf32>) -> tensor<3xf64> {
  %y = stablehlo.convert %x : (tensor<3xf32>) -> tensor<3xf64>
  return %y : tensor<3xf64>
}

// -----

// Back to a wider type: what was rounded away is not found again.

// CHECK-LABEL: func.func @narrower.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xbf16>)
// CHECK:         %[[X:.+]] = stablehlo.convert %[[Y]] : (tensor<3xbf16>) -> tensor<3xf32>
// CHECK:         %[[ZERO:.+]] = stablehlo.constant dense<0.000000e+00> : tensor<3xf32>
// CHECK:         return %[[X]], %[[ZERO]]
func.func @narrower(%x: tensor<3xf32>) -> tensor<3xbf16> {
  %y = stablehlo.convert %x : (tensor<3xf32>) -> tensor<3xbf16>
  return %y : tensor<3xbf16>
}

// -----

// Integers have a share as well: zero, of f32.

// CHECK-LABEL: func.func @signs.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xi8>)
// CHECK:         %[[X:.+]] = stablehlo.convert %[[Y]] : (tensor<3xi8>) -> tensor<3xui8>
// CHECK:         %[[ZERO:.+]] = stablehlo.constant dense<0.000000e+00> : tensor<3xf32>
// CHECK:         return %[[X]], %[[ZERO]]
func.func @signs(%x: tensor<3xui8>) -> tensor<3xi8> {
  %y = stablehlo.convert %x : (tensor<3xui8>) -> tensor<3xi8>
  return %y : tensor<3xi8>
}

// -----

// Integers are converted without rounding.

// CHECK-LABEL: func.func @wider_integer.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xi32>)
// CHECK-NEXT:    %[[X:.+]] = stablehlo.convert %[[Y]] : (tensor<3xi32>) -> tensor<3xi8>
// CHECK:         return %[[X]],
func.func @wider_integer(%x: tensor<3xi8>) -> tensor<3xi32> {
  %y = stablehlo.convert %x : (tensor<3xi8>) -> tensor<3xi32>
  return %y : tensor<3xi32>
}

// -----

// To integers: the nearest.

// CHECK-LABEL: func.func @to_float.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[ROUND:.+]] = stablehlo.round_nearest_even %[[Y]]
// CHECK:         %[[X:.+]] = stablehlo.convert %[[ROUND]] : (tensor<3xf32>) -> tensor<3xi16>
// CHECK:         return %[[X]],
func.func @to_float(%x: tensor<3xi16>) -> tensor<3xf32> {
  %y = stablehlo.convert %x : (tensor<3xi16>) -> tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// To booleans: what is not nearest to zero is true.

// CHECK-LABEL: func.func @boolean.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[ROUND:.+]] = stablehlo.round_nearest_even %[[Y]]
// CHECK:         %[[ZERO:.+]] = stablehlo.constant dense<0.000000e+00>
// CHECK:         %[[X:.+]] = stablehlo.compare NE, %[[ROUND]], %[[ZERO]]
// CHECK:         return %[[X]], %[[ZERO]]
func.func @boolean(%x: tensor<3xi1>) -> tensor<3xf32> {
  %y = stablehlo.convert %x : (tensor<3xi1>) -> tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// The share goes along.

// CHECK-LABEL: func.func @share.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xf64>)
// CHECK:         %[[Z:.+]] = stablehlo.exponential %[[Y]]
// CHECK-DAG:     %[[X:.+]] = stablehlo.convert %[[Z]] : (tensor<3xf64>) -> tensor<3xf32>
// CHECK-DAG:     %[[SHARE:.+]] = stablehlo.convert %[[Y]] : (tensor<3xf64>) -> tensor<3xf32>
// CHECK:         return %[[X]], %[[SHARE]]
func.func @share(%x: tensor<3xf32>) -> tensor<3xf64> {
  %z = stablehlo.convert %x : (tensor<3xf32>) -> tensor<3xf64>
  %y = stablehlo.log %z : tensor<3xf64>
  return %y : tensor<3xf64>
}
