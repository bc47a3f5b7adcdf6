// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse | FileCheck %s

// z = re + i im: both parts, each with half of the share of z.

// CHECK-LABEL: func.func @both.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xcomplex<f32>>)
// CHECK:         %[[LOG:.+]] = stablehlo.log %[[Y]] : tensor<3xcomplex<f32>>
// CHECK:         %[[REAL:.+]] = stablehlo.real %[[LOG]] : (tensor<3xcomplex<f32>>) -> tensor<3xf32>
// CHECK:         %[[NEGATE:.+]] = stablehlo.negate %[[REAL]] : tensor<3xf32>
// CHECK:         %[[C:.+]] = stablehlo.constant dense<2.000000e+00> : tensor<3xf32>
// CHECK:         %[[MULTIPLY:.+]] = stablehlo.multiply %[[C]], %[[NEGATE]] : tensor<3xf32>
// CHECK:         %[[HALF:.+]] = invhlo.spread_share %[[MULTIPLY]] along [0] among 2 : tensor<3xf32> -> tensor<3xf32>
// CHECK:         %[[IMAG:.+]] = stablehlo.imag %[[LOG]] : (tensor<3xcomplex<f32>>) -> tensor<3xf32>
// CHECK:         return %[[REAL]], %[[IMAG]], %[[HALF]], %[[HALF]] : tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>
func.func @both(%re: tensor<3xf32>, %im: tensor<3xf32>) -> tensor<3xcomplex<f32>> {
  %z = stablehlo.complex %re, %im : tensor<3xcomplex<f32>>
  %y = stablehlo.exponential %z : tensor<3xcomplex<f32>>
  return %y : tensor<3xcomplex<f32>>
}
