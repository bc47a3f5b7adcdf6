// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse -split-input-file | FileCheck %s

// y = x^2, the branch x >= 0:  x = sqrt y,  log|dx/dy| = -log 2 - log|y| / 2.

// CHECK-LABEL: func.func @real.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[SQRT:.+]] = stablehlo.sqrt %[[Y]] : tensor<3xf32>
// CHECK:         %[[ABS:.+]] = stablehlo.abs %[[Y]] : tensor<3xf32>
// CHECK:         %[[LOG:.+]] = stablehlo.log %[[ABS]] : tensor<3xf32>
// CHECK:         %[[C:.+]] = stablehlo.constant dense<-5.000000e-01> : tensor<3xf32>
// CHECK:         %[[MULTIPLY:.+]] = stablehlo.multiply %[[C]], %[[LOG]] : tensor<3xf32>
// CHECK:         %[[C2:.+]] = stablehlo.constant dense<-0.693147182> : tensor<3xf32>
// CHECK:         %[[ADD:.+]] = stablehlo.add %[[C2]], %[[MULTIPLY]] : tensor<3xf32>
// CHECK:         return %[[SQRT]], %[[ADD]] : tensor<3xf32>, tensor<3xf32>
func.func @real(%x: tensor<3xf32>) -> tensor<3xf32> {
  %y = chlo.square %x : tensor<3xf32> -> tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// CHECK-LABEL: func.func @complex.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xcomplex<f32>>)
// CHECK:         %[[SQRT:.+]] = stablehlo.sqrt %[[Y]] : tensor<3xcomplex<f32>>
// CHECK:         %[[ABS:.+]] = stablehlo.abs %[[Y]] : (tensor<3xcomplex<f32>>) -> tensor<3xf32>
// CHECK:         %[[LOG:.+]] = stablehlo.log %[[ABS]] : tensor<3xf32>
// CHECK:         %[[C:.+]] = stablehlo.constant dense<-5.000000e-01> : tensor<3xf32>
// CHECK:         %[[MULTIPLY:.+]] = stablehlo.multiply %[[C]], %[[LOG]] : tensor<3xf32>
// CHECK:         %[[C2:.+]] = stablehlo.constant dense<-0.693147182> : tensor<3xf32>
// CHECK:         %[[ADD:.+]] = stablehlo.add %[[C2]], %[[MULTIPLY]] : tensor<3xf32>
// CHECK:         %[[C3:.+]] = stablehlo.constant dense<2.000000e+00> : tensor<3xf32>
// CHECK:         %[[MULTIPLY2:.+]] = stablehlo.multiply %[[C3]], %[[ADD]] : tensor<3xf32>
// CHECK:         return %[[SQRT]], %[[MULTIPLY2]] : tensor<3xcomplex<f32>>, tensor<3xf32>
func.func @complex(%x: tensor<3xcomplex<f32>>) -> tensor<3xcomplex<f32>> {
  %y = chlo.square %x : tensor<3xcomplex<f32>> -> tensor<3xcomplex<f32>>
  return %y : tensor<3xcomplex<f32>>
}
