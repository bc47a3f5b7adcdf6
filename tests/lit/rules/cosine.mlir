// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse -split-input-file | FileCheck %s

// y = cos x, 0 <= x <= pi:  x = acos y,
// log|dx/dy| = -(log(1 + y) + log(1 - y)) / 2, or -log(1 - y^2) / 2 for small |y|.

// CHECK-LABEL: func.func @real.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[X:.+]] = chlo.acos %[[Y]]
// CHECK:         %[[MINUS_HALF:.+]] = stablehlo.constant dense<-5.000000e-01>
// CHECK:         %[[SMALL_Y:.+]] = stablehlo.select %{{.+}}, %[[Y]], %{{.+}}
// CHECK:         %[[SQUARE:.+]] = stablehlo.multiply %[[SMALL_Y]], %[[SMALL_Y]]
// CHECK:         %[[NEGATED:.+]] = stablehlo.negate %[[SQUARE]]
// CHECK:         %[[SMALL:.+]] = stablehlo.log_plus_one %[[NEGATED]]
// CHECK:         %[[LARGE_Y:.+]] = stablehlo.select %{{.+}}, %{{.+}}, %[[Y]]
// CHECK:         %[[ABOVE:.+]] = stablehlo.log_plus_one %[[LARGE_Y]]
// CHECK:         %[[NEGATED_Y:.+]] = stablehlo.negate %[[LARGE_Y]]
// CHECK:         %[[BELOW:.+]] = stablehlo.log_plus_one %[[NEGATED_Y]]
// CHECK:         %[[LARGE:.+]] = stablehlo.add %[[ABOVE]], %[[BELOW]]
// CHECK:         %[[LOG:.+]] = stablehlo.select %{{.+}}, %[[SMALL]], %[[LARGE]]
// CHECK:         %[[SHARE:.+]] = stablehlo.multiply %[[MINUS_HALF]], %[[LOG]]
// CHECK:         return %[[X]], %[[SHARE]]
func.func @real(%x: tensor<3xf32>) -> tensor<3xf32> {
  %y = stablehlo.cosine %x : tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// Complex: twice the real part of the first formula.

// CHECK-LABEL: func.func @complex.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xcomplex<f32>>)
// CHECK:         %[[X:.+]] = chlo.acos %[[Y]]
// CHECK:         %[[ABOVE:.+]] = stablehlo.log_plus_one %[[Y]]
// CHECK:         %[[RE_ABOVE:.+]] = stablehlo.real %[[ABOVE]]
// CHECK:         %[[NEGATED:.+]] = stablehlo.negate %[[Y]]
// CHECK:         %[[BELOW:.+]] = stablehlo.log_plus_one %[[NEGATED]]
// CHECK:         %[[RE_BELOW:.+]] = stablehlo.real %[[BELOW]]
// CHECK:         %[[SUM:.+]] = stablehlo.add %[[RE_ABOVE]], %[[RE_BELOW]]
// CHECK:         %[[MINUS_HALF:.+]] = stablehlo.constant dense<-5.000000e-01>
// CHECK:         %[[ONCE:.+]] = stablehlo.multiply %[[MINUS_HALF]], %[[SUM]]
// CHECK:         %[[TWO:.+]] = stablehlo.constant dense<2.000000e+00>
// CHECK:         %[[SHARE:.+]] = stablehlo.multiply %[[TWO]], %[[ONCE]]
// CHECK:         return %[[X]], %[[SHARE]]
func.func @complex(%x: tensor<3xcomplex<f32>>) -> tensor<3xcomplex<f32>> {
  %y = stablehlo.cosine %x : tensor<3xcomplex<f32>>
  return %y : tensor<3xcomplex<f32>>
}
