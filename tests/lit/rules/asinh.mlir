// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse -split-input-file | FileCheck %s

// y = asinh x:  x = sinh y,  log|dx/dy| = log cosh y, which is
// log(1 + 2 sinh(y / 2)^2) for small |y|, else |y| + log(1 + exp -2|y|) - log 2.

// CHECK-LABEL: func.func @real.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[X:.+]] = chlo.sinh %[[Y]]
// CHECK:         %[[HALF:.+]] = stablehlo.constant dense<5.000000e-01>
// CHECK:         %[[HALF_Y:.+]] = stablehlo.multiply %[[HALF]], %{{.+}}
// CHECK:         %[[HALF_SINH:.+]] = chlo.sinh %[[HALF_Y]]
// CHECK:         %[[SQUARE:.+]] = stablehlo.multiply %[[HALF_SINH]], %[[HALF_SINH]]
// CHECK:         %[[TWO:.+]] = stablehlo.constant dense<2.000000e+00>
// CHECK:         %[[TWICE:.+]] = stablehlo.multiply %[[TWO]], %[[SQUARE]]
// CHECK:         %[[SMALL:.+]] = stablehlo.log_plus_one %[[TWICE]]
// CHECK:         %[[ABS:.+]] = stablehlo.abs %{{.+}}
// CHECK:         %[[MINUS_TWO:.+]] = stablehlo.constant dense<-2.000000e+00>
// CHECK:         %[[MINUS_TWICE:.+]] = stablehlo.multiply %[[MINUS_TWO]], %[[ABS]]
// CHECK:         %[[EXP:.+]] = stablehlo.exponential %[[MINUS_TWICE]]
// CHECK:         %[[LOG:.+]] = stablehlo.log_plus_one %[[EXP]]
// CHECK:         %[[SUM:.+]] = stablehlo.add %[[ABS]], %[[LOG]]
// CHECK:         %[[LOG_HALF:.+]] = stablehlo.constant dense<-0.693147182>
// CHECK:         %[[LARGE:.+]] = stablehlo.add %[[LOG_HALF]], %[[SUM]]
// CHECK:         %[[SHARE:.+]] = stablehlo.select %{{.+}}, %[[SMALL]], %[[LARGE]]
// CHECK:         return %[[X]], %[[SHARE]]
func.func @real(%x: tensor<3xf32>) -> tensor<3xf32> {
  %y = chlo.asinh %x : tensor<3xf32> -> tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// Complex: twice log|cosh y|.

// CHECK-LABEL: func.func @complex.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xcomplex<f32>>)
// CHECK:         %[[X:.+]] = chlo.sinh %[[Y]]
// CHECK:         %[[COSH:.+]] = chlo.cosh %[[Y]]
// CHECK:         %[[ABS:.+]] = stablehlo.abs %[[COSH]]
// CHECK:         %[[LOG:.+]] = stablehlo.log %[[ABS]]
// CHECK:         %[[TWO:.+]] = stablehlo.constant dense<2.000000e+00>
// CHECK:         %[[SHARE:.+]] = stablehlo.multiply %[[TWO]], %[[LOG]]
// CHECK:         return %[[X]], %[[SHARE]]
func.func @complex(%x: tensor<3xcomplex<f32>>) -> tensor<3xcomplex<f32>> {
  %y = chlo.asinh %x : tensor<3xcomplex<f32>> -> tensor<3xcomplex<f32>>
  return %y : tensor<3xcomplex<f32>>
}
