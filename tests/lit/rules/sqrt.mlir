// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse -split-input-file | FileCheck %s

// y = sqrt x:  x = y^2,  log|dx/dy| = log 2|y|. No real x has a negative y.

// CHECK-LABEL: func.func @real.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[MULTIPLY:.+]] = stablehlo.multiply %[[Y]], %[[Y]] : tensor<3xf32>
// CHECK:         %[[C:.+]] = stablehlo.constant dense<0.000000e+00> : tensor<3xf32>
// CHECK:         %[[COMPARE:.+]] = stablehlo.compare LT, %[[Y]], %[[C]] : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
// CHECK:         %[[C2:.+]] = stablehlo.constant dense<0x7FC00000> : tensor<3xf32>
// CHECK:         %[[SELECT:.+]] = stablehlo.select %[[COMPARE]], %[[C2]], %[[MULTIPLY]] : tensor<3xi1>, tensor<3xf32>
// CHECK:         %[[ABS:.+]] = stablehlo.abs %[[Y]] : tensor<3xf32>
// CHECK:         %[[LOG:.+]] = stablehlo.log %[[ABS]] : tensor<3xf32>
// CHECK:         %[[C3:.+]] = stablehlo.constant dense<0.693147182> : tensor<3xf32>
// CHECK:         %[[ADD:.+]] = stablehlo.add %[[C3]], %[[LOG]] : tensor<3xf32>
// CHECK:         return %[[SELECT]], %[[ADD]] : tensor<3xf32>, tensor<3xf32>
func.func @real(%x: tensor<3xf32>) -> tensor<3xf32> {
  %y = stablehlo.sqrt %x : tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// CHECK-LABEL: func.func @complex.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xcomplex<f32>>)
// CHECK:         %[[MULTIPLY:.+]] = stablehlo.multiply %[[Y]], %[[Y]] : tensor<3xcomplex<f32>>
// CHECK:         %[[ABS:.+]] = stablehlo.abs %[[Y]] : (tensor<3xcomplex<f32>>) -> tensor<3xf32>
// CHECK:         %[[LOG:.+]] = stablehlo.log %[[ABS]] : tensor<3xf32>
// CHECK:         %[[C:.+]] = stablehlo.constant dense<0.693147182> : tensor<3xf32>
// CHECK:         %[[ADD:.+]] = stablehlo.add %[[C]], %[[LOG]] : tensor<3xf32>
// CHECK:         %[[C2:.+]] = stablehlo.constant dense<2.000000e+00> : tensor<3xf32>
// CHECK:         %[[MULTIPLY2:.+]] = stablehlo.multiply %[[C2]], %[[ADD]] : tensor<3xf32>
// CHECK:         return %[[MULTIPLY]], %[[MULTIPLY2]] : tensor<3xcomplex<f32>>, tensor<3xf32>
func.func @complex(%x: tensor<3xcomplex<f32>>) -> tensor<3xcomplex<f32>> {
  %y = stablehlo.sqrt %x : tensor<3xcomplex<f32>>
  return %y : tensor<3xcomplex<f32>>
}
