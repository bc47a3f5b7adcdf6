// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse -split-input-file | FileCheck %s

// y = acos x, 0 <= y <= pi:  x = cos y,  log|dx/dy| = log|sin y|.

// CHECK-LABEL: func.func @real.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[COS:.+]] = stablehlo.cosine %[[Y]]
// CHECK:         %[[NAN:.+]] = stablehlo.constant dense<0x7FC00000>
// CHECK:         %[[LOW:.+]] = stablehlo.constant dense<-7.49014077E-7>
// CHECK:         stablehlo.compare LT, %[[LOW]], %[[Y]]
// CHECK:         %[[HIGH:.+]] = stablehlo.constant dense<3.14159346>
// CHECK:         stablehlo.compare LT, %[[Y]], %[[HIGH]]
// CHECK:         %[[X:.+]] = stablehlo.select %{{.+}}, %[[COS]], %[[NAN]]
// CHECK:         %[[SIN:.+]] = stablehlo.sine %[[Y]]
// CHECK:         %[[ABS:.+]] = stablehlo.abs %[[SIN]]
// CHECK:         %[[SHARE:.+]] = stablehlo.log %[[ABS]]
// CHECK:         return %[[X]], %[[SHARE]]
func.func @real(%x: tensor<3xf32>) -> tensor<3xf32> {
  %y = chlo.acos %x : tensor<3xf32> -> tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// Complex: without bounds, and the log-det counts twice.

// CHECK-LABEL: func.func @complex.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xcomplex<f32>>)
// CHECK:         %[[X:.+]] = stablehlo.cosine %[[Y]]
// CHECK:         %[[SIN:.+]] = stablehlo.sine %[[Y]]
// CHECK:         %[[ABS:.+]] = stablehlo.abs %[[SIN]]
// CHECK:         %[[LOG:.+]] = stablehlo.log %[[ABS]]
// CHECK:         %[[TWO:.+]] = stablehlo.constant dense<2.000000e+00>
// CHECK:         %[[SHARE:.+]] = stablehlo.multiply %[[TWO]], %[[LOG]]
// CHECK:         return %[[X]], %[[SHARE]]
func.func @complex(%x: tensor<3xcomplex<f32>>) -> tensor<3xcomplex<f32>> {
  %y = chlo.acos %x : tensor<3xcomplex<f32>> -> tensor<3xcomplex<f32>>
  return %y : tensor<3xcomplex<f32>>
}
