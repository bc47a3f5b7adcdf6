// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse -split-input-file | FileCheck %s

// y = asin x, |y| <= pi/2:  x = sin y,  log|dx/dy| = log|cos y|,
// which is log(1 - 2 sin(y / 2)^2) for small y.

// CHECK-LABEL: func.func @real.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[SIN:.+]] = stablehlo.sine %[[Y]]
// CHECK:         %[[NAN:.+]] = stablehlo.constant dense<0x7FC00000>
// CHECK:         %[[LOW:.+]] = stablehlo.constant dense<-1.57079673>
// CHECK:         stablehlo.compare LT, %[[LOW]], %[[Y]]
// CHECK:         %[[HIGH:.+]] = stablehlo.constant dense<1.57079673>
// CHECK:         stablehlo.compare LT, %[[Y]], %[[HIGH]]
// CHECK:         %[[X:.+]] = stablehlo.select %{{.+}}, %[[SIN]], %[[NAN]]
// CHECK:         %[[HALF:.+]] = stablehlo.constant dense<5.000000e-01>
// CHECK:         %[[HALF_Y:.+]] = stablehlo.multiply %[[HALF]], %{{.+}}
// CHECK:         %[[HALF_SIN:.+]] = stablehlo.sine %[[HALF_Y]]
// CHECK:         %[[SQUARE:.+]] = stablehlo.multiply %[[HALF_SIN]], %[[HALF_SIN]]
// CHECK:         %[[MINUS_TWO:.+]] = stablehlo.constant dense<-2.000000e+00>
// CHECK:         %[[MINUS_TWICE:.+]] = stablehlo.multiply %[[MINUS_TWO]], %[[SQUARE]]
// CHECK:         %[[SMALL:.+]] = stablehlo.log_plus_one %[[MINUS_TWICE]]
// CHECK:         %[[COS:.+]] = stablehlo.cosine %{{.+}}
// CHECK:         %[[ABS:.+]] = stablehlo.abs %[[COS]]
// CHECK:         %[[LARGE:.+]] = stablehlo.log %[[ABS]]
// CHECK:         %[[SHARE:.+]] = stablehlo.select %{{.+}}, %[[SMALL]], %[[LARGE]]
// CHECK:         return %[[X]], %[[SHARE]]
func.func @real(%x: tensor<3xf32>) -> tensor<3xf32> {
  %y = chlo.asin %x : tensor<3xf32> -> tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// Complex: without bounds, and the log-det is twice log|cos y|.

// CHECK-LABEL: func.func @complex.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xcomplex<f32>>)
// CHECK:         %[[X:.+]] = stablehlo.sine %[[Y]]
// CHECK:         %[[COS:.+]] = stablehlo.cosine %[[Y]]
// CHECK:         %[[ABS:.+]] = stablehlo.abs %[[COS]]
// CHECK:         %[[LOG:.+]] = stablehlo.log %[[ABS]]
// CHECK:         %[[TWO:.+]] = stablehlo.constant dense<2.000000e+00>
// CHECK:         %[[SHARE:.+]] = stablehlo.multiply %[[TWO]], %[[LOG]]
// CHECK:         return %[[X]], %[[SHARE]]
func.func @complex(%x: tensor<3xcomplex<f32>>) -> tensor<3xcomplex<f32>> {
  %y = chlo.asin %x : tensor<3xcomplex<f32>> -> tensor<3xcomplex<f32>>
  return %y : tensor<3xcomplex<f32>>
}
