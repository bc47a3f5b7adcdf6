// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse -split-input-file | FileCheck %s

// y = acosh x, y >= 0:  x = cosh y,
// log|dx/dy| = log sinh y = y + log(1 - exp -2y) - log 2.

// CHECK-LABEL: func.func @real.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[COSH:.+]] = chlo.cosh %[[Y]] : tensor<3xf32> -> tensor<3xf32>
// CHECK:         %[[C:.+]] = stablehlo.constant dense<0.000000e+00> : tensor<3xf32>
// CHECK:         %[[COMPARE:.+]] = stablehlo.compare LT, %[[Y]], %[[C]] : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
// CHECK:         %[[C2:.+]] = stablehlo.constant dense<0x7FC00000> : tensor<3xf32>
// CHECK:         %[[SELECT:.+]] = stablehlo.select %[[COMPARE]], %[[C2]], %[[COSH]] : tensor<3xi1>, tensor<3xf32>
// CHECK:         %[[C3:.+]] = stablehlo.constant dense<2.000000e+00> : tensor<3xf32>
// CHECK:         %[[MULTIPLY:.+]] = stablehlo.multiply %[[C3]], %[[Y]] : tensor<3xf32>
// CHECK:         %[[C4:.+]] = stablehlo.constant dense<0.693147182> : tensor<3xf32>
// CHECK:         %[[COMPARE2:.+]] = stablehlo.compare LT, %[[MULTIPLY]], %[[C4]] : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
// CHECK:         %[[C5:.+]] = stablehlo.constant dense<5.000000e-01> : tensor<3xf32>
// CHECK:         %[[SELECT2:.+]] = stablehlo.select %[[COMPARE2]], %[[MULTIPLY]], %[[C5]] : tensor<3xi1>, tensor<3xf32>
// CHECK:         %[[NEGATE:.+]] = stablehlo.negate %[[SELECT2]] : tensor<3xf32>
// CHECK:         %[[EXPONENTIAL_MINUS_ONE:.+]] = stablehlo.exponential_minus_one %[[NEGATE]] : tensor<3xf32>
// CHECK:         %[[NEGATE2:.+]] = stablehlo.negate %[[EXPONENTIAL_MINUS_ONE]] : tensor<3xf32>
// CHECK:         %[[LOG:.+]] = stablehlo.log %[[NEGATE2]] : tensor<3xf32>
// CHECK:         %[[C6:.+]] = stablehlo.constant dense<1.000000e+00> : tensor<3xf32>
// CHECK:         %[[SELECT3:.+]] = stablehlo.select %[[COMPARE2]], %[[C6]], %[[MULTIPLY]] : tensor<3xi1>, tensor<3xf32>
// CHECK:         %[[NEGATE3:.+]] = stablehlo.negate %[[SELECT3]] : tensor<3xf32>
// CHECK:         %[[EXPONENTIAL:.+]] = stablehlo.exponential %[[NEGATE3]] : tensor<3xf32>
// CHECK:         %[[NEGATE4:.+]] = stablehlo.negate %[[EXPONENTIAL]] : tensor<3xf32>
// CHECK:         %[[LOG_PLUS_ONE:.+]] = stablehlo.log_plus_one %[[NEGATE4]] : tensor<3xf32>
// CHECK:         %[[SELECT4:.+]] = stablehlo.select %[[COMPARE2]], %[[LOG]], %[[LOG_PLUS_ONE]] : tensor<3xi1>, tensor<3xf32>
// CHECK:         %[[ADD:.+]] = stablehlo.add %[[Y]], %[[SELECT4]] : tensor<3xf32>
// CHECK:         %[[C7:.+]] = stablehlo.constant dense<-0.693147182> : tensor<3xf32>
// CHECK:         %[[ADD2:.+]] = stablehlo.add %[[C7]], %[[ADD]] : tensor<3xf32>
// CHECK:         return %[[SELECT]], %[[ADD2]] : tensor<3xf32>, tensor<3xf32>
func.func @real(%x: tensor<3xf32>) -> tensor<3xf32> {
  %y = chlo.acosh %x : tensor<3xf32> -> tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// CHECK-LABEL: func.func @complex.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xcomplex<f32>>)
// CHECK:         %[[COSH:.+]] = chlo.cosh %[[Y]] : tensor<3xcomplex<f32>> -> tensor<3xcomplex<f32>>
// CHECK:         %[[SINH:.+]] = chlo.sinh %[[Y]] : tensor<3xcomplex<f32>> -> tensor<3xcomplex<f32>>
// CHECK:         %[[ABS:.+]] = stablehlo.abs %[[SINH]] : (tensor<3xcomplex<f32>>) -> tensor<3xf32>
// CHECK:         %[[LOG:.+]] = stablehlo.log %[[ABS]] : tensor<3xf32>
// CHECK:         %[[C:.+]] = stablehlo.constant dense<2.000000e+00> : tensor<3xf32>
// CHECK:         %[[MULTIPLY:.+]] = stablehlo.multiply %[[C]], %[[LOG]] : tensor<3xf32>
// CHECK:         return %[[COSH]], %[[MULTIPLY]] : tensor<3xcomplex<f32>>, tensor<3xf32>
func.func @complex(%x: tensor<3xcomplex<f32>>) -> tensor<3xcomplex<f32>> {
  %y = chlo.acosh %x : tensor<3xcomplex<f32>> -> tensor<3xcomplex<f32>>
  return %y : tensor<3xcomplex<f32>>
}
