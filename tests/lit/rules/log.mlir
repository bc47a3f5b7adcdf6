// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse -split-input-file | FileCheck %s

// y = log x:  x = exp y,  log|dx/dy| = y.

// CHECK-LABEL: func.func @real.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[EXPONENTIAL:.+]] = stablehlo.exponential %[[Y]] : tensor<3xf32>
// CHECK:         return %[[EXPONENTIAL]], %[[Y]] : tensor<3xf32>, tensor<3xf32>
func.func @real(%x: tensor<3xf32>) -> tensor<3xf32> {
  %y = stablehlo.log %x : tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// CHECK-LABEL: func.func @complex.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xcomplex<f32>>)
// CHECK:         %[[EXPONENTIAL:.+]] = stablehlo.exponential %[[Y]] : tensor<3xcomplex<f32>>
// CHECK:         %[[REAL:.+]] = stablehlo.real %[[Y]] : (tensor<3xcomplex<f32>>) -> tensor<3xf32>
// CHECK:         %[[C:.+]] = stablehlo.constant dense<2.000000e+00> : tensor<3xf32>
// CHECK:         %[[MULTIPLY:.+]] = stablehlo.multiply %[[C]], %[[REAL]] : tensor<3xf32>
// CHECK:         return %[[EXPONENTIAL]], %[[MULTIPLY]] : tensor<3xcomplex<f32>>, tensor<3xf32>
func.func @complex(%x: tensor<3xcomplex<f32>>) -> tensor<3xcomplex<f32>> {
  %y = stablehlo.log %x : tensor<3xcomplex<f32>>
  return %y : tensor<3xcomplex<f32>>
}
