// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse -split-input-file | FileCheck %s

// y = exp x:  x = log y,  log|dx/dy| = -x; of a complex x, twice -Re x.

// CHECK-LABEL: func.func @real.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[LOG:.+]] = stablehlo.log %[[Y]] : tensor<3xf32>
// CHECK:         %[[NEGATE:.+]] = stablehlo.negate %[[LOG]] : tensor<3xf32>
// CHECK:         return %[[LOG]], %[[NEGATE]] : tensor<3xf32>, tensor<3xf32>
func.func @real(%x: tensor<3xf32>) -> tensor<3xf32> {
  %y = stablehlo.exponential %x : tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// CHECK-LABEL: func.func @complex.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xcomplex<f32>>)
// CHECK:         %[[LOG:.+]] = stablehlo.log %[[Y]] : tensor<3xcomplex<f32>>
// CHECK:         %[[REAL:.+]] = stablehlo.real %[[LOG]] : (tensor<3xcomplex<f32>>) -> tensor<3xf32>
// CHECK:         %[[NEGATE:.+]] = stablehlo.negate %[[REAL]] : tensor<3xf32>
// CHECK:         %[[C:.+]] = stablehlo.constant dense<2.000000e+00> : tensor<3xf32>
// CHECK:         %[[MULTIPLY:.+]] = stablehlo.multiply %[[C]], %[[NEGATE]] : tensor<3xf32>
// CHECK:         return %[[LOG]], %[[MULTIPLY]] : tensor<3xcomplex<f32>>, tensor<3xf32>
func.func @complex(%x: tensor<3xcomplex<f32>>) -> tensor<3xcomplex<f32>> {
  %y = stablehlo.exponential %x : tensor<3xcomplex<f32>>
  return %y : tensor<3xcomplex<f32>>
}

// -----

// Half precision is solved in f32, and its shares are f32.
// CHECK-LABEL: func.func @half.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xbf16>)
// CHECK:         %[[CONVERT:.+]] = stablehlo.convert %[[Y]] : (tensor<3xbf16>) -> tensor<3xf32>
// CHECK:         %[[LOG:.+]] = stablehlo.log %[[CONVERT]] : tensor<3xf32>
// CHECK:         %[[CONVERT2:.+]] = stablehlo.convert %[[LOG]] : (tensor<3xf32>) -> tensor<3xbf16>
// CHECK:         %[[NEGATE:.+]] = stablehlo.negate %[[LOG]] : tensor<3xf32>
// CHECK:         return %[[CONVERT2]], %[[NEGATE]] : tensor<3xbf16>, tensor<3xf32>
func.func @half(%x: tensor<3xbf16>) -> tensor<3xbf16> {
  %y = stablehlo.exponential %x : tensor<3xbf16>
  return %y : tensor<3xbf16>
}
