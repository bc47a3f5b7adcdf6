// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse -split-input-file | FileCheck %s

// y = asinh x:  x = sinh y,  log|dx/dy| = log cosh y, which is
// log(1 + 2 sinh(y / 2)^2) for small |y|, else |y| + log(1 + exp -2|y|) - log 2.

// CHECK-LABEL: func.func @real.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[SINH:.+]] = chlo.sinh %[[Y]] : tensor<3xf32> -> tensor<3xf32>
// CHECK:         %[[C:.+]] = stablehlo.constant dense<-1.000000e+00> : tensor<3xf32>
// CHECK:         %[[COMPARE:.+]] = stablehlo.compare LT, %[[C]], %[[Y]] : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
// CHECK:         %[[C2:.+]] = stablehlo.constant dense<1.000000e+00> : tensor<3xf32>
// CHECK:         %[[COMPARE2:.+]] = stablehlo.compare LT, %[[Y]], %[[C2]] : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
// CHECK:         %[[AND:.+]] = stablehlo.and %[[COMPARE]], %[[COMPARE2]] : tensor<3xi1>
// CHECK:         %[[C3:.+]] = stablehlo.constant dense<0.000000e+00> : tensor<3xf32>
// CHECK:         %[[SELECT:.+]] = stablehlo.select %[[AND]], %[[Y]], %[[C3]] : tensor<3xi1>, tensor<3xf32>
// CHECK:         %[[C4:.+]] = stablehlo.constant dense<5.000000e-01> : tensor<3xf32>
// CHECK:         %[[MULTIPLY:.+]] = stablehlo.multiply %[[C4]], %[[SELECT]] : tensor<3xf32>
// CHECK:         %[[SINH2:.+]] = chlo.sinh %[[MULTIPLY]] : tensor<3xf32> -> tensor<3xf32>
// CHECK:         %[[MULTIPLY2:.+]] = stablehlo.multiply %[[SINH2]], %[[SINH2]] : tensor<3xf32>
// CHECK:         %[[C5:.+]] = stablehlo.constant dense<2.000000e+00> : tensor<3xf32>
// CHECK:         %[[MULTIPLY3:.+]] = stablehlo.multiply %[[C5]], %[[MULTIPLY2]] : tensor<3xf32>
// CHECK:         %[[LOG_PLUS_ONE:.+]] = stablehlo.log_plus_one %[[MULTIPLY3]] : tensor<3xf32>
// CHECK:         %[[SELECT2:.+]] = stablehlo.select %[[AND]], %[[C2]], %[[Y]] : tensor<3xi1>, tensor<3xf32>
// CHECK:         %[[ABS:.+]] = stablehlo.abs %[[SELECT2]] : tensor<3xf32>
// CHECK:         %[[C6:.+]] = stablehlo.constant dense<-2.000000e+00> : tensor<3xf32>
// CHECK:         %[[MULTIPLY4:.+]] = stablehlo.multiply %[[C6]], %[[ABS]] : tensor<3xf32>
// CHECK:         %[[EXPONENTIAL:.+]] = stablehlo.exponential %[[MULTIPLY4]] : tensor<3xf32>
// CHECK:         %[[LOG_PLUS_ONE2:.+]] = stablehlo.log_plus_one %[[EXPONENTIAL]] : tensor<3xf32>
// CHECK:         %[[ADD:.+]] = stablehlo.add %[[ABS]], %[[LOG_PLUS_ONE2]] : tensor<3xf32>
// CHECK:         %[[C7:.+]] = stablehlo.constant dense<-0.693147182> : tensor<3xf32>
// CHECK:         %[[ADD2:.+]] = stablehlo.add %[[C7]], %[[ADD]] : tensor<3xf32>
// CHECK:         %[[SELECT3:.+]] = stablehlo.select %[[AND]], %[[LOG_PLUS_ONE]], %[[ADD2]] : tensor<3xi1>, tensor<3xf32>
// CHECK:         return %[[SINH]], %[[SELECT3]] : tensor<3xf32>, tensor<3xf32>
func.func @real(%x: tensor<3xf32>) -> tensor<3xf32> {
  %y = chlo.asinh %x : tensor<3xf32> -> tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// CHECK-LABEL: func.func @complex.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xcomplex<f32>>)
// CHECK:         %[[SINH:.+]] = chlo.sinh %[[Y]] : tensor<3xcomplex<f32>> -> tensor<3xcomplex<f32>>
// CHECK:         %[[COSH:.+]] = chlo.cosh %[[Y]] : tensor<3xcomplex<f32>> -> tensor<3xcomplex<f32>>
// CHECK:         %[[ABS:.+]] = stablehlo.abs %[[COSH]] : (tensor<3xcomplex<f32>>) -> tensor<3xf32>
// CHECK:         %[[LOG:.+]] = stablehlo.log %[[ABS]] : tensor<3xf32>
// CHECK:         %[[C:.+]] = stablehlo.constant dense<2.000000e+00> : tensor<3xf32>
// CHECK:         %[[MULTIPLY:.+]] = stablehlo.multiply %[[C]], %[[LOG]] : tensor<3xf32>
// CHECK:         return %[[SINH]], %[[MULTIPLY]] : tensor<3xcomplex<f32>>, tensor<3xf32>
func.func @complex(%x: tensor<3xcomplex<f32>>) -> tensor<3xcomplex<f32>> {
  %y = chlo.asinh %x : tensor<3xcomplex<f32>> -> tensor<3xcomplex<f32>>
  return %y : tensor<3xcomplex<f32>>
}
