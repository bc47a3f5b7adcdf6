// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse -split-input-file | FileCheck %s

// y = 1 / (1 + exp -x):  x = log y - log(1 - y), or near y = 1/2
// log(1 + (2y - 1) / (1 - y));
// log|dx/dy| = -log y - log(1 - y).

// CHECK-LABEL: func.func @real.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[C:.+]] = stablehlo.constant dense<2.500000e-01> : tensor<3xf32>
// CHECK:         %[[COMPARE:.+]] = stablehlo.compare LT, %[[C]], %[[Y]] : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
// CHECK:         %[[C2:.+]] = stablehlo.constant dense<7.500000e-01> : tensor<3xf32>
// CHECK:         %[[COMPARE2:.+]] = stablehlo.compare LT, %[[Y]], %[[C2]] : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
// CHECK:         %[[AND:.+]] = stablehlo.and %[[COMPARE]], %[[COMPARE2]] : tensor<3xi1>
// CHECK:         %[[C3:.+]] = stablehlo.constant dense<5.000000e-01> : tensor<3xf32>
// CHECK:         %[[SELECT:.+]] = stablehlo.select %[[AND]], %[[Y]], %[[C3]] : tensor<3xi1>, tensor<3xf32>
// CHECK:         %[[C4:.+]] = stablehlo.constant dense<2.000000e+00> : tensor<3xf32>
// CHECK:         %[[MULTIPLY:.+]] = stablehlo.multiply %[[C4]], %[[SELECT]] : tensor<3xf32>
// CHECK:         %[[C5:.+]] = stablehlo.constant dense<-1.000000e+00> : tensor<3xf32>
// CHECK:         %[[ADD:.+]] = stablehlo.add %[[C5]], %[[MULTIPLY]] : tensor<3xf32>
// CHECK:         %[[C6:.+]] = stablehlo.constant dense<1.000000e+00> : tensor<3xf32>
// CHECK:         %[[SUBTRACT:.+]] = stablehlo.subtract %[[C6]], %[[SELECT]] : tensor<3xf32>
// CHECK:         %[[DIVIDE:.+]] = stablehlo.divide %[[ADD]], %[[SUBTRACT]] : tensor<3xf32>
// CHECK:         %[[LOG_PLUS_ONE:.+]] = stablehlo.log_plus_one %[[DIVIDE]] : tensor<3xf32>
// CHECK:         %[[SELECT2:.+]] = stablehlo.select %[[AND]], %[[C]], %[[Y]] : tensor<3xi1>, tensor<3xf32>
// CHECK:         %[[LOG:.+]] = stablehlo.log %[[SELECT2]] : tensor<3xf32>
// CHECK:         %[[NEGATE:.+]] = stablehlo.negate %[[SELECT2]] : tensor<3xf32>
// CHECK:         %[[LOG_PLUS_ONE2:.+]] = stablehlo.log_plus_one %[[NEGATE]] : tensor<3xf32>
// CHECK:         %[[SUBTRACT2:.+]] = stablehlo.subtract %[[LOG]], %[[LOG_PLUS_ONE2]] : tensor<3xf32>
// CHECK:         %[[SELECT3:.+]] = stablehlo.select %[[AND]], %[[LOG_PLUS_ONE]], %[[SUBTRACT2]] : tensor<3xi1>, tensor<3xf32>
// CHECK:         %[[LOG2:.+]] = stablehlo.log %[[Y]] : tensor<3xf32>
// CHECK:         %[[NEGATE2:.+]] = stablehlo.negate %[[Y]] : tensor<3xf32>
// CHECK:         %[[LOG_PLUS_ONE3:.+]] = stablehlo.log_plus_one %[[NEGATE2]] : tensor<3xf32>
// CHECK:         %[[ADD2:.+]] = stablehlo.add %[[LOG2]], %[[LOG_PLUS_ONE3]] : tensor<3xf32>
// CHECK:         %[[NEGATE3:.+]] = stablehlo.negate %[[ADD2]] : tensor<3xf32>
// CHECK:         return %[[SELECT3]], %[[NEGATE3]] : tensor<3xf32>, tensor<3xf32>
func.func @real(%x: tensor<3xf32>) -> tensor<3xf32> {
  %y = stablehlo.logistic %x : tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// CHECK-LABEL: func.func @complex.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xcomplex<f32>>)
// CHECK:         %[[LOG:.+]] = stablehlo.log %[[Y]] : tensor<3xcomplex<f32>>
// CHECK:         %[[NEGATE:.+]] = stablehlo.negate %[[Y]] : tensor<3xcomplex<f32>>
// CHECK:         %[[LOG_PLUS_ONE:.+]] = stablehlo.log_plus_one %[[NEGATE]] : tensor<3xcomplex<f32>>
// CHECK:         %[[SUBTRACT:.+]] = stablehlo.subtract %[[LOG]], %[[LOG_PLUS_ONE]] : tensor<3xcomplex<f32>>
// CHECK:         %[[REAL:.+]] = stablehlo.real %[[LOG]] : (tensor<3xcomplex<f32>>) -> tensor<3xf32>
// CHECK:         %[[REAL2:.+]] = stablehlo.real %[[LOG_PLUS_ONE]] : (tensor<3xcomplex<f32>>) -> tensor<3xf32>
// CHECK:         %[[ADD:.+]] = stablehlo.add %[[REAL]], %[[REAL2]] : tensor<3xf32>
// CHECK:         %[[NEGATE2:.+]] = stablehlo.negate %[[ADD]] : tensor<3xf32>
// CHECK:         %[[C:.+]] = stablehlo.constant dense<2.000000e+00> : tensor<3xf32>
// CHECK:         %[[MULTIPLY:.+]] = stablehlo.multiply %[[C]], %[[NEGATE2]] : tensor<3xf32>
// CHECK:         return %[[SUBTRACT]], %[[MULTIPLY]] : tensor<3xcomplex<f32>>, tensor<3xf32>
func.func @complex(%x: tensor<3xcomplex<f32>>) -> tensor<3xcomplex<f32>> {
  %y = stablehlo.logistic %x : tensor<3xcomplex<f32>>
  return %y : tensor<3xcomplex<f32>>
}
