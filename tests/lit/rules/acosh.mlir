// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse -split-input-file | FileCheck %s

// y = acosh x, y >= 0:  x = cosh y,
// log|dx/dy| = log sinh y = y + log(1 - exp -2y) - log 2.

// CHECK-LABEL: func.func @real.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[COSH:.+]] = chlo.cosh %[[Y]]
// CHECK:         %[[NEGATIVE:.+]] = stablehlo.compare LT, %[[Y]], %{{.+}}
// CHECK:         %[[X:.+]] = stablehlo.select %[[NEGATIVE]], %{{.+}}, %[[COSH]]
// CHECK:         %[[TWO:.+]] = stablehlo.constant dense<2.000000e+00>
// CHECK:         %[[TWICE:.+]] = stablehlo.multiply %[[TWO]], %[[Y]]
// CHECK:         %[[NEAR_ZERO:.+]] = stablehlo.compare LT, %[[TWICE]], %{{.+}}
// CHECK:         %[[MINUS_SMALL:.+]] = stablehlo.negate %{{.+}}
// CHECK:         %[[EXPM1:.+]] = stablehlo.exponential_minus_one %[[MINUS_SMALL]]
// CHECK:         %[[NEGATED:.+]] = stablehlo.negate %[[EXPM1]]
// CHECK:         %[[SMALL:.+]] = stablehlo.log %[[NEGATED]]
// CHECK:         %[[MINUS_LARGE:.+]] = stablehlo.negate %{{.+}}
// CHECK:         %[[EXP:.+]] = stablehlo.exponential %[[MINUS_LARGE]]
// CHECK:         %[[MINUS_EXP:.+]] = stablehlo.negate %[[EXP]]
// CHECK:         %[[LARGE:.+]] = stablehlo.log_plus_one %[[MINUS_EXP]]
// CHECK:         %[[LOG:.+]] = stablehlo.select %[[NEAR_ZERO]], %[[SMALL]], %[[LARGE]]
// CHECK:         %[[SUM:.+]] = stablehlo.add %[[Y]], %[[LOG]]
// CHECK:         %[[LOG_HALF:.+]] = stablehlo.constant dense<-0.693147182>
// CHECK:         %[[SHARE:.+]] = stablehlo.add %[[LOG_HALF]], %[[SUM]]
// CHECK:         return %[[X]], %[[SHARE]]
func.func @real(%x: tensor<3xf32>) -> tensor<3xf32> {
  %y = chlo.acosh %x : tensor<3xf32> -> tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// Complex: without bounds, and the log-det is twice log|sinh y|.

// CHECK-LABEL: func.func @complex.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xcomplex<f32>>)
// CHECK:         %[[X:.+]] = chlo.cosh %[[Y]]
// CHECK:         %[[SINH:.+]] = chlo.sinh %[[Y]]
// CHECK:         %[[ABS:.+]] = stablehlo.abs %[[SINH]]
// CHECK:         %[[LOG:.+]] = stablehlo.log %[[ABS]]
// CHECK:         %[[TWO:.+]] = stablehlo.constant dense<2.000000e+00>
// CHECK:         %[[SHARE:.+]] = stablehlo.multiply %[[TWO]], %[[LOG]]
// CHECK:         return %[[X]], %[[SHARE]]
func.func @complex(%x: tensor<3xcomplex<f32>>) -> tensor<3xcomplex<f32>> {
  %y = chlo.acosh %x : tensor<3xcomplex<f32>> -> tensor<3xcomplex<f32>>
  return %y : tensor<3xcomplex<f32>>
}
