// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse -split-input-file | FileCheck %s

// y = cosh x, the branch x >= 0:  x = acosh y,
// log|dx/dy| = -(log|y - 1| + log|y + 1|) / 2.

// CHECK-LABEL: func.func @real.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[ACOSH:.+]] = chlo.acosh %[[Y]] : tensor<3xf32> -> tensor<3xf32>
// CHECK:         %[[C:.+]] = stablehlo.constant dense<-1.000000e+00> : tensor<3xf32>
// CHECK:         %[[ADD:.+]] = stablehlo.add %[[C]], %[[Y]] : tensor<3xf32>
// CHECK:         %[[ABS:.+]] = stablehlo.abs %[[ADD]] : tensor<3xf32>
// CHECK:         %[[LOG:.+]] = stablehlo.log %[[ABS]] : tensor<3xf32>
// CHECK:         %[[C2:.+]] = stablehlo.constant dense<1.000000e+00> : tensor<3xf32>
// CHECK:         %[[ADD2:.+]] = stablehlo.add %[[C2]], %[[Y]] : tensor<3xf32>
// CHECK:         %[[ABS2:.+]] = stablehlo.abs %[[ADD2]] : tensor<3xf32>
// CHECK:         %[[LOG2:.+]] = stablehlo.log %[[ABS2]] : tensor<3xf32>
// CHECK:         %[[ADD3:.+]] = stablehlo.add %[[LOG]], %[[LOG2]] : tensor<3xf32>
// CHECK:         %[[C3:.+]] = stablehlo.constant dense<-5.000000e-01> : tensor<3xf32>
// CHECK:         %[[MULTIPLY:.+]] = stablehlo.multiply %[[C3]], %[[ADD3]] : tensor<3xf32>
// CHECK:         return %[[ACOSH]], %[[MULTIPLY]] : tensor<3xf32>, tensor<3xf32>
func.func @real(%x: tensor<3xf32>) -> tensor<3xf32> {
  %y = chlo.cosh %x : tensor<3xf32> -> tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// CHECK-LABEL: func.func @complex.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xcomplex<f32>>)
// CHECK:         %[[ACOSH:.+]] = chlo.acosh %[[Y]] : tensor<3xcomplex<f32>> -> tensor<3xcomplex<f32>>
// CHECK:         %[[C:.+]] = stablehlo.constant dense<(-1.000000e+00,0.000000e+00)> : tensor<3xcomplex<f32>>
// CHECK:         %[[ADD:.+]] = stablehlo.add %[[C]], %[[Y]] : tensor<3xcomplex<f32>>
// CHECK:         %[[ABS:.+]] = stablehlo.abs %[[ADD]] : (tensor<3xcomplex<f32>>) -> tensor<3xf32>
// CHECK:         %[[LOG:.+]] = stablehlo.log %[[ABS]] : tensor<3xf32>
// CHECK:         %[[C2:.+]] = stablehlo.constant dense<(1.000000e+00,0.000000e+00)> : tensor<3xcomplex<f32>>
// CHECK:         %[[ADD2:.+]] = stablehlo.add %[[C2]], %[[Y]] : tensor<3xcomplex<f32>>
// CHECK:         %[[ABS2:.+]] = stablehlo.abs %[[ADD2]] : (tensor<3xcomplex<f32>>) -> tensor<3xf32>
// CHECK:         %[[LOG2:.+]] = stablehlo.log %[[ABS2]] : tensor<3xf32>
// CHECK:         %[[ADD3:.+]] = stablehlo.add %[[LOG]], %[[LOG2]] : tensor<3xf32>
// CHECK:         %[[C3:.+]] = stablehlo.constant dense<-5.000000e-01> : tensor<3xf32>
// CHECK:         %[[MULTIPLY:.+]] = stablehlo.multiply %[[C3]], %[[ADD3]] : tensor<3xf32>
// CHECK:         %[[C4:.+]] = stablehlo.constant dense<2.000000e+00> : tensor<3xf32>
// CHECK:         %[[MULTIPLY2:.+]] = stablehlo.multiply %[[C4]], %[[MULTIPLY]] : tensor<3xf32>
// CHECK:         return %[[ACOSH]], %[[MULTIPLY2]] : tensor<3xcomplex<f32>>, tensor<3xf32>
func.func @complex(%x: tensor<3xcomplex<f32>>) -> tensor<3xcomplex<f32>> {
  %y = chlo.cosh %x : tensor<3xcomplex<f32>> -> tensor<3xcomplex<f32>>
  return %y : tensor<3xcomplex<f32>>
}
