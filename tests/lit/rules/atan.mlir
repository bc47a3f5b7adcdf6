// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse -split-input-file | FileCheck %s

// y = atan x, |y| <= pi/2:  x = tan y,  log|dx/dy| = -2 log|cos y|.

// CHECK-LABEL: func.func @real.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[TAN:.+]] = stablehlo.tan %[[Y]] : tensor<3xf32>
// CHECK:         %[[ABS:.+]] = stablehlo.abs %[[Y]] : tensor<3xf32>
// CHECK:         %[[C:.+]] = stablehlo.constant dense<1.57079673> : tensor<3xf32>
// CHECK:         %[[COMPARE:.+]] = stablehlo.compare LT, %[[C]], %[[ABS]] : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
// CHECK:         %[[C2:.+]] = stablehlo.constant dense<0x7FC00000> : tensor<3xf32>
// CHECK:         %[[SELECT:.+]] = stablehlo.select %[[COMPARE]], %[[C2]], %[[TAN]] : tensor<3xi1>, tensor<3xf32>
// CHECK:         %[[COSINE:.+]] = stablehlo.cosine %[[Y]] : tensor<3xf32>
// CHECK:         %[[ABS2:.+]] = stablehlo.abs %[[COSINE]] : tensor<3xf32>
// CHECK:         %[[LOG:.+]] = stablehlo.log %[[ABS2]] : tensor<3xf32>
// CHECK:         %[[C3:.+]] = stablehlo.constant dense<-2.000000e+00> : tensor<3xf32>
// CHECK:         %[[MULTIPLY:.+]] = stablehlo.multiply %[[C3]], %[[LOG]] : tensor<3xf32>
// CHECK:         return %[[SELECT]], %[[MULTIPLY]] : tensor<3xf32>, tensor<3xf32>
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
