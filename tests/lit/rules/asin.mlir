// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse -split-input-file | FileCheck %s

// y = asin x, |y| <= pi/2:  x = sin y,  log|dx/dy| = log|cos y|,
// which is log(1 - 2 sin(y / 2)^2) for small y.

// CHECK-LABEL: func.func @real.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[SINE:.+]] = stablehlo.sine %[[Y]] : tensor<3xf32>
// CHECK:         %[[C:.+]] = stablehlo.constant dense<0x7FC00000> : tensor<3xf32>
// CHECK:         %[[C2:.+]] = stablehlo.constant dense<-1.57079673> : tensor<3xf32>
// CHECK:         %[[COMPARE:.+]] = stablehlo.compare LT, %[[C2]], %[[Y]] : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
// CHECK:         %[[C3:.+]] = stablehlo.constant dense<1.57079673> : tensor<3xf32>
// CHECK:         %[[COMPARE2:.+]] = stablehlo.compare LT, %[[Y]], %[[C3]] : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
// CHECK:         %[[AND:.+]] = stablehlo.and %[[COMPARE]], %[[COMPARE2]] : tensor<3xi1>
// CHECK:         %[[SELECT:.+]] = stablehlo.select %[[AND]], %[[SINE]], %[[C]] : tensor<3xi1>, tensor<3xf32>
// CHECK:         %[[HALF:.+]] = stablehlo.sine %{{.+}} : tensor<3xf32>
// CHECK:         %[[SQUARE:.+]] = stablehlo.multiply %[[HALF]], %[[HALF]] : tensor<3xf32>
// CHECK:         %[[TWICE:.+]] = stablehlo.multiply %{{.+}}, %[[SQUARE]] : tensor<3xf32>
// CHECK:         %[[SMALL:.+]] = stablehlo.log_plus_one %[[TWICE]] : tensor<3xf32>
// CHECK:         %[[COSINE:.+]] = stablehlo.cosine %{{.+}} : tensor<3xf32>
// CHECK:         %[[ABS:.+]] = stablehlo.abs %[[COSINE]] : tensor<3xf32>
// CHECK:         %[[LARGE:.+]] = stablehlo.log %[[ABS]] : tensor<3xf32>
// CHECK:         %[[LOG:.+]] = stablehlo.select %{{.+}}, %[[SMALL]], %[[LARGE]]
// CHECK:         return %[[SELECT]], %[[LOG]] : tensor<3xf32>, tensor<3xf32>
func.func @real(%x: tensor<3xf32>) -> tensor<3xf32> {
  %y = chlo.asin %x : tensor<3xf32> -> tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// CHECK-LABEL: func.func @complex.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xcomplex<f32>>)
// CHECK:         %[[SINE:.+]] = stablehlo.sine %[[Y]] : tensor<3xcomplex<f32>>
// CHECK:         %[[COSINE:.+]] = stablehlo.cosine %[[Y]] : tensor<3xcomplex<f32>>
// CHECK:         %[[ABS:.+]] = stablehlo.abs %[[COSINE]] : (tensor<3xcomplex<f32>>) -> tensor<3xf32>
// CHECK:         %[[LOG:.+]] = stablehlo.log %[[ABS]] : tensor<3xf32>
// CHECK:         %[[C:.+]] = stablehlo.constant dense<2.000000e+00> : tensor<3xf32>
// CHECK:         %[[MULTIPLY:.+]] = stablehlo.multiply %[[C]], %[[LOG]] : tensor<3xf32>
// CHECK:         return %[[SINE]], %[[MULTIPLY]] : tensor<3xcomplex<f32>>, tensor<3xf32>
func.func @complex(%x: tensor<3xcomplex<f32>>) -> tensor<3xcomplex<f32>> {
  %y = chlo.asin %x : tensor<3xcomplex<f32>> -> tensor<3xcomplex<f32>>
  return %y : tensor<3xcomplex<f32>>
}
