// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -invhlo-lower-idioms -cse -split-input-file | FileCheck %s

// y = x^4:  x = y^(1/4),  log|dx/dy| = -log 4 - 3/4 log|y|. What computed the
// value is not looked at.

// CHECK-LABEL: func.func @even.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[ROOT:.+]] = stablehlo.sqrt %[[Y]]
// CHECK:         %[[X:.+]] = stablehlo.sqrt %[[ROOT]]
// CHECK:         %[[ABS:.+]] = stablehlo.abs %[[Y]]
// CHECK:         %[[LOG:.+]] = stablehlo.log %[[ABS]]
// CHECK:         %[[SLOPE:.+]] = stablehlo.constant dense<-7.500000e-01>
// CHECK:         %[[SCALED:.+]] = stablehlo.multiply %[[SLOPE]], %[[LOG]]
// CHECK:         %[[LOG4:.+]] = stablehlo.constant dense<-1.38629436>
// CHECK:         %[[SHARE:.+]] = stablehlo.add %[[LOG4]], %[[SCALED]]
// CHECK:         return %[[X]], %[[SHARE]]
func.func @even(%x: tensor<3xf32>) -> tensor<3xf32> {
  %0 = stablehlo.cosine %x : tensor<3xf32>
  %y = invhlo.monomial(%x) to [4] = %0 : tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// y = k^2 / x^3:  x = (k^2 / y)^(1/3): the others are divided out first.

// CHECK-LABEL: func.func @odd.inverse(
// CHECK-SAME:    %[[K:.+]]: tensor<3xf32>, %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[SQUARE:.+]] = stablehlo.multiply %[[K]], %[[K]]
// CHECK:         %[[REST:.+]] = stablehlo.divide %[[Y]], %[[SQUARE]]
// CHECK:         %[[ROOT:.+]] = stablehlo.cbrt %[[REST]]
// CHECK:         %[[ONE:.+]] = stablehlo.constant dense<1.000000e+00>
// CHECK:         %[[X:.+]] = stablehlo.divide %[[ONE]], %[[ROOT]]
// CHECK:         return %[[X]],
func.func @odd(%x: tensor<3xf32> {invhlo.unknown}, %k: tensor<3xf32>) -> tensor<3xf32> {
  %0 = stablehlo.add %x, %k : tensor<3xf32>
  %y = invhlo.monomial(%x, %k) to [-3, 2] = %0 : tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// Of complex numbers it is the principal root, and the log-det counts twice.

// CHECK-LABEL: func.func @complex.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<complex<f32>>)
// CHECK:         %[[THIRD:.+]] = stablehlo.constant dense<(0.333333343,0.000000e+00)>
// CHECK:         %[[X:.+]] = stablehlo.power %[[Y]], %[[THIRD]]
// CHECK:         %[[TWO:.+]] = stablehlo.constant dense<2.000000e+00>
// CHECK:         %[[SHARE:.+]] = stablehlo.multiply %[[TWO]],
// CHECK:         return %[[X]], %[[SHARE]]
func.func @complex(%x: tensor<complex<f32>>) -> tensor<complex<f32>> {
  %0 = stablehlo.multiply %x, %x : tensor<complex<f32>>
  %y = invhlo.monomial(%x) to [3] = %0 : tensor<complex<f32>>
  return %y : tensor<complex<f32>>
}
