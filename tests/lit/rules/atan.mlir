// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse -split-input-file | FileCheck %s

// y = atan x, |y| <= pi/2:  x = tan y,  log|dx/dy| = log(1 + x^2).

// CHECK-LABEL: func.func @real.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[TAN:.+]] = stablehlo.tan %{{.+}}
// CHECK:         %[[MAGNITUDE:.+]] = stablehlo.select %{{.+}}, %{{.+}}, %[[TAN]]
// CHECK:         %[[NEGATED:.+]] = stablehlo.negate %[[MAGNITUDE]]
// CHECK:         %[[SIGNED:.+]] = stablehlo.select %{{.+}}, %[[NEGATED]], %[[MAGNITUDE]]
// CHECK:         %[[NAN:.+]] = stablehlo.constant dense<0x7FC00000>
// CHECK:         %[[LOW:.+]] = stablehlo.constant dense<-1.57079673>
// CHECK:         stablehlo.compare LT, %[[LOW]], %[[Y]]
// CHECK:         %[[HIGH:.+]] = stablehlo.constant dense<1.57079673>
// CHECK:         stablehlo.compare LT, %[[Y]], %[[HIGH]]
// CHECK:         %[[X:.+]] = stablehlo.select %{{.+}}, %[[SIGNED]], %[[NAN]]
// CHECK:         %[[SMALL_X:.+]] = stablehlo.select %{{.+}}, %[[X]], %{{.+}}
// CHECK:         %[[SQUARE:.+]] = stablehlo.multiply %[[SMALL_X]], %[[SMALL_X]]
// CHECK:         %[[SMALL:.+]] = stablehlo.log_plus_one %[[SQUARE]]
// CHECK:         %[[SHARE:.+]] = stablehlo.select %{{.+}}, %[[SMALL]], %{{.+}}
// CHECK:         return %[[X]], %[[SHARE]]
func.func @real(%x: tensor<3xf32>) -> tensor<3xf32> {
  %y = chlo.atan %x : tensor<3xf32> -> tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// Complex: without bounds, and the log-det is twice -2 log|cos y|.

// CHECK-LABEL: func.func @complex.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xcomplex<f32>>)
// CHECK:         %[[X:.+]] = stablehlo.tan %[[Y]]
// CHECK:         %[[COS:.+]] = stablehlo.cosine %[[Y]]
// CHECK:         %[[ABS:.+]] = stablehlo.abs %[[COS]]
// CHECK:         %[[LOG:.+]] = stablehlo.log %[[ABS]]
// CHECK:         %[[MINUS_TWO:.+]] = stablehlo.constant dense<-2.000000e+00>
// CHECK:         %[[ONCE:.+]] = stablehlo.multiply %[[MINUS_TWO]], %[[LOG]]
// CHECK:         %[[TWO:.+]] = stablehlo.constant dense<2.000000e+00>
// CHECK:         %[[SHARE:.+]] = stablehlo.multiply %[[TWO]], %[[ONCE]]
// CHECK:         return %[[X]], %[[SHARE]]
func.func @complex(%x: tensor<3xcomplex<f32>>) -> tensor<3xcomplex<f32>> {
  %y = chlo.atan %x : tensor<3xcomplex<f32>> -> tensor<3xcomplex<f32>>
  return %y : tensor<3xcomplex<f32>>
}
