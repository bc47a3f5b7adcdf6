// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse -split-input-file | FileCheck %s

// y = sin x, |x| <= pi/2:  x = asin y,
// log|dx/dy| = -(log(1 + y) + log(1 - y)) / 2.

// CHECK-LABEL: func.func @real.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[ASIN:.+]] = chlo.asin %[[Y]] : tensor<3xf32> -> tensor<3xf32>
// CHECK:         %[[C:.+]] = stablehlo.constant dense<-5.000000e-01> : tensor<3xf32>
// CHECK:         %[[COMPARE:.+]] = stablehlo.compare LT, %[[C]], %[[Y]] : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
// CHECK:         %[[C2:.+]] = stablehlo.constant dense<5.000000e-01> : tensor<3xf32>
// CHECK:         %[[COMPARE2:.+]] = stablehlo.compare LT, %[[Y]], %[[C2]] : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
// CHECK:         %[[AND:.+]] = stablehlo.and %[[COMPARE]], %[[COMPARE2]] : tensor<3xi1>
// CHECK:         %[[C3:.+]] = stablehlo.constant dense<0.000000e+00> : tensor<3xf32>
// CHECK:         %[[SELECT:.+]] = stablehlo.select %[[AND]], %[[Y]], %[[C3]] : tensor<3xi1>, tensor<3xf32>
// CHECK:         %[[MULTIPLY:.+]] = stablehlo.multiply %[[SELECT]], %[[SELECT]] : tensor<3xf32>
// CHECK:         %[[NEGATE:.+]] = stablehlo.negate %[[MULTIPLY]] : tensor<3xf32>
// CHECK:         %[[LOG_PLUS_ONE:.+]] = stablehlo.log_plus_one %[[NEGATE]] : tensor<3xf32>
// CHECK:         %[[SELECT2:.+]] = stablehlo.select %[[AND]], %[[C2]], %[[Y]] : tensor<3xi1>, tensor<3xf32>
// CHECK:         %[[LOG_PLUS_ONE2:.+]] = stablehlo.log_plus_one %[[SELECT2]] : tensor<3xf32>
// CHECK:         %[[NEGATE2:.+]] = stablehlo.negate %[[SELECT2]] : tensor<3xf32>
// CHECK:         %[[LOG_PLUS_ONE3:.+]] = stablehlo.log_plus_one %[[NEGATE2]] : tensor<3xf32>
// CHECK:         %[[ADD:.+]] = stablehlo.add %[[LOG_PLUS_ONE2]], %[[LOG_PLUS_ONE3]] : tensor<3xf32>
// CHECK:         %[[SELECT3:.+]] = stablehlo.select %[[AND]], %[[LOG_PLUS_ONE]], %[[ADD]] : tensor<3xi1>, tensor<3xf32>
// CHECK:         %[[MULTIPLY2:.+]] = stablehlo.multiply %[[C]], %[[SELECT3]] : tensor<3xf32>
// CHECK:         return %[[ASIN]], %[[MULTIPLY2]] : tensor<3xf32>, tensor<3xf32>
func.func @real(%x: tensor<3xf32>) -> tensor<3xf32> {
  %y = stablehlo.sine %x : tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// CHECK-LABEL: func.func @complex.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xcomplex<f32>>)
// CHECK:         %[[ASIN:.+]] = chlo.asin %[[Y]] : tensor<3xcomplex<f32>> -> tensor<3xcomplex<f32>>
// CHECK:         %[[LOG_PLUS_ONE:.+]] = stablehlo.log_plus_one %[[Y]] : tensor<3xcomplex<f32>>
// CHECK:         %[[REAL:.+]] = stablehlo.real %[[LOG_PLUS_ONE]] : (tensor<3xcomplex<f32>>) -> tensor<3xf32>
// CHECK:         %[[NEGATE:.+]] = stablehlo.negate %[[Y]] : tensor<3xcomplex<f32>>
// CHECK:         %[[LOG_PLUS_ONE2:.+]] = stablehlo.log_plus_one %[[NEGATE]] : tensor<3xcomplex<f32>>
// CHECK:         %[[REAL2:.+]] = stablehlo.real %[[LOG_PLUS_ONE2]] : (tensor<3xcomplex<f32>>) -> tensor<3xf32>
// CHECK:         %[[ADD:.+]] = stablehlo.add %[[REAL]], %[[REAL2]] : tensor<3xf32>
// CHECK:         %[[C:.+]] = stablehlo.constant dense<-5.000000e-01> : tensor<3xf32>
// CHECK:         %[[MULTIPLY:.+]] = stablehlo.multiply %[[C]], %[[ADD]] : tensor<3xf32>
// CHECK:         %[[C2:.+]] = stablehlo.constant dense<2.000000e+00> : tensor<3xf32>
// CHECK:         %[[MULTIPLY2:.+]] = stablehlo.multiply %[[C2]], %[[MULTIPLY]] : tensor<3xf32>
// CHECK:         return %[[ASIN]], %[[MULTIPLY2]] : tensor<3xcomplex<f32>>, tensor<3xf32>
func.func @complex(%x: tensor<3xcomplex<f32>>) -> tensor<3xcomplex<f32>> {
  %y = stablehlo.sine %x : tensor<3xcomplex<f32>>
  return %y : tensor<3xcomplex<f32>>
}
