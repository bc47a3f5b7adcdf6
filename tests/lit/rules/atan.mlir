// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse -split-input-file | FileCheck %s

// y = atan x, |y| <= pi/2:  x = tan y,  log|dx/dy| = log(1 + x^2).

// CHECK-LABEL: func.func @real.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[C:.+]] = stablehlo.constant dense<0.000000e+00> : tensor<3xf32>
// CHECK:         %[[COMPARE:.+]] = stablehlo.compare LT, %[[Y]], %[[C]] : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
// CHECK:         %[[NEGATE:.+]] = stablehlo.negate %[[Y]] : tensor<3xf32>
// CHECK:         %[[SELECT:.+]] = stablehlo.select %[[COMPARE]], %[[NEGATE]], %[[Y]] : tensor<3xi1>, tensor<3xf32>
// CHECK:         %[[C2:.+]] = stablehlo.constant dense<1.57079625> : tensor<3xf32>
// CHECK:         %[[COMPARE2:.+]] = stablehlo.compare LT, %[[C2]], %[[SELECT]] : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
// CHECK:         %[[C3:.+]] = stablehlo.constant dense<0x7F800000> : tensor<3xf32>
// CHECK:         %[[C4:.+]] = stablehlo.constant dense<1.000000e+00> : tensor<3xf32>
// CHECK:         %[[SELECT2:.+]] = stablehlo.select %[[COMPARE2]], %[[C4]], %[[SELECT]] : tensor<3xi1>, tensor<3xf32>
// CHECK:         %[[TAN:.+]] = stablehlo.tan %[[SELECT2]] : tensor<3xf32>
// CHECK:         %[[SELECT3:.+]] = stablehlo.select %[[COMPARE2]], %[[C3]], %[[TAN]] : tensor<3xi1>, tensor<3xf32>
// CHECK:         %[[NEGATE2:.+]] = stablehlo.negate %[[SELECT3]] : tensor<3xf32>
// CHECK:         %[[SELECT4:.+]] = stablehlo.select %[[COMPARE]], %[[NEGATE2]], %[[SELECT3]] : tensor<3xi1>, tensor<3xf32>
// CHECK:         %[[C5:.+]] = stablehlo.constant dense<0x7FC00000> : tensor<3xf32>
// CHECK:         %[[C6:.+]] = stablehlo.constant dense<-1.57079673> : tensor<3xf32>
// CHECK:         %[[COMPARE3:.+]] = stablehlo.compare LT, %[[C6]], %[[Y]] : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
// CHECK:         %[[C7:.+]] = stablehlo.constant dense<1.57079673> : tensor<3xf32>
// CHECK:         %[[COMPARE4:.+]] = stablehlo.compare LT, %[[Y]], %[[C7]] : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
// CHECK:         %[[AND:.+]] = stablehlo.and %[[COMPARE3]], %[[COMPARE4]] : tensor<3xi1>
// CHECK:         %[[SELECT5:.+]] = stablehlo.select %[[AND]], %[[SELECT4]], %[[C5]] : tensor<3xi1>, tensor<3xf32>
// CHECK:         %[[C8:.+]] = stablehlo.constant dense<-1.000000e+00> : tensor<3xf32>
// CHECK:         %[[COMPARE5:.+]] = stablehlo.compare LT, %[[C8]], %[[SELECT5]] : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
// CHECK:         %[[COMPARE6:.+]] = stablehlo.compare LT, %[[SELECT5]], %[[C4]] : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
// CHECK:         %[[AND2:.+]] = stablehlo.and %[[COMPARE5]], %[[COMPARE6]] : tensor<3xi1>
// CHECK:         %[[SELECT6:.+]] = stablehlo.select %[[AND2]], %[[SELECT5]], %[[C]] : tensor<3xi1>, tensor<3xf32>
// CHECK:         %[[MULTIPLY:.+]] = stablehlo.multiply %[[SELECT6]], %[[SELECT6]] : tensor<3xf32>
// CHECK:         %[[LOG_PLUS_ONE:.+]] = stablehlo.log_plus_one %[[MULTIPLY]] : tensor<3xf32>
// CHECK:         %[[SELECT7:.+]] = stablehlo.select %[[AND2]], %[[C4]], %[[SELECT5]] : tensor<3xi1>, tensor<3xf32>
// CHECK:         %[[DIVIDE:.+]] = stablehlo.divide %[[C4]], %[[SELECT7]] : tensor<3xf32>
// CHECK:         %[[MULTIPLY2:.+]] = stablehlo.multiply %[[DIVIDE]], %[[DIVIDE]] : tensor<3xf32>
// CHECK:         %[[LOG_PLUS_ONE2:.+]] = stablehlo.log_plus_one %[[MULTIPLY2]] : tensor<3xf32>
// CHECK:         %[[ABS:.+]] = stablehlo.abs %[[SELECT7]] : tensor<3xf32>
// CHECK:         %[[LOG:.+]] = stablehlo.log %[[ABS]] : tensor<3xf32>
// CHECK:         %[[C9:.+]] = stablehlo.constant dense<2.000000e+00> : tensor<3xf32>
// CHECK:         %[[MULTIPLY3:.+]] = stablehlo.multiply %[[C9]], %[[LOG]] : tensor<3xf32>
// CHECK:         %[[ADD:.+]] = stablehlo.add %[[MULTIPLY3]], %[[LOG_PLUS_ONE2]] : tensor<3xf32>
// CHECK:         %[[SELECT8:.+]] = stablehlo.select %[[AND2]], %[[LOG_PLUS_ONE]], %[[ADD]] : tensor<3xi1>, tensor<3xf32>
// CHECK:         return %[[SELECT5]], %[[SELECT8]] : tensor<3xf32>, tensor<3xf32>
func.func @real(%x: tensor<3xf32>) -> tensor<3xf32> {
  %y = chlo.atan %x : tensor<3xf32> -> tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// CHECK-LABEL: func.func @complex.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xcomplex<f32>>)
// CHECK:         %[[TAN:.+]] = stablehlo.tan %[[Y]] : tensor<3xcomplex<f32>>
// CHECK:         %[[COSINE:.+]] = stablehlo.cosine %[[Y]] : tensor<3xcomplex<f32>>
// CHECK:         %[[ABS:.+]] = stablehlo.abs %[[COSINE]] : (tensor<3xcomplex<f32>>) -> tensor<3xf32>
// CHECK:         %[[LOG:.+]] = stablehlo.log %[[ABS]] : tensor<3xf32>
// CHECK:         %[[C:.+]] = stablehlo.constant dense<-2.000000e+00> : tensor<3xf32>
// CHECK:         %[[MULTIPLY:.+]] = stablehlo.multiply %[[C]], %[[LOG]] : tensor<3xf32>
// CHECK:         %[[C2:.+]] = stablehlo.constant dense<2.000000e+00> : tensor<3xf32>
// CHECK:         %[[MULTIPLY2:.+]] = stablehlo.multiply %[[C2]], %[[MULTIPLY]] : tensor<3xf32>
// CHECK:         return %[[TAN]], %[[MULTIPLY2]] : tensor<3xcomplex<f32>>, tensor<3xf32>
func.func @complex(%x: tensor<3xcomplex<f32>>) -> tensor<3xcomplex<f32>> {
  %y = chlo.atan %x : tensor<3xcomplex<f32>> -> tensor<3xcomplex<f32>>
  return %y : tensor<3xcomplex<f32>>
}
