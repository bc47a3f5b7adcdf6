// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse -split-input-file | FileCheck %s

// y = exp x:  x = log y,  log|dx/dy| = -x.

// CHECK-LABEL: func.func @real.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[X:.+]] = stablehlo.log %[[Y]]
// CHECK:         %[[SHARE:.+]] = stablehlo.negate %[[X]]
// CHECK:         return %[[X]], %[[SHARE]]
func.func @real(%x: tensor<3xf32>) -> tensor<3xf32> {
  %y = stablehlo.exponential %x : tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// Complex: twice -Re x.

// CHECK-LABEL: func.func @complex.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xcomplex<f32>>)
// CHECK:         %[[X:.+]] = stablehlo.log %[[Y]]
// CHECK:         %[[RE:.+]] = stablehlo.real %[[X]]
// CHECK:         %[[ONCE:.+]] = stablehlo.negate %[[RE]]
// CHECK:         %[[TWO:.+]] = stablehlo.constant dense<2.000000e+00>
// CHECK:         %[[SHARE:.+]] = stablehlo.multiply %[[TWO]], %[[ONCE]]
// CHECK:         return %[[X]], %[[SHARE]]
func.func @complex(%x: tensor<3xcomplex<f32>>) -> tensor<3xcomplex<f32>> {
  %y = stablehlo.exponential %x : tensor<3xcomplex<f32>>
  return %y : tensor<3xcomplex<f32>>
}

// -----

// Half precision is solved in f32, and its shares are f32.

// CHECK-LABEL: func.func @half.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xbf16>)
// CHECK:         %[[WIDE_Y:.+]] = stablehlo.convert %[[Y]] : (tensor<3xbf16>) -> tensor<3xf32>
// CHECK:         %[[WIDE_X:.+]] = stablehlo.log %[[WIDE_Y]]
// CHECK:         %[[X:.+]] = stablehlo.convert %[[WIDE_X]] : (tensor<3xf32>) -> tensor<3xbf16>
// CHECK:         %[[SHARE:.+]] = stablehlo.negate %[[WIDE_X]]
// CHECK:         return %[[X]], %[[SHARE]] : tensor<3xbf16>, tensor<3xf32>
func.func @half(%x: tensor<3xbf16>) -> tensor<3xbf16> {
  %y = stablehlo.exponential %x : tensor<3xbf16>
  return %y : tensor<3xbf16>
}
