// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse -split-input-file | FileCheck %s

// y = tanh x:  x = (log(1 + y) - log(1 - y)) / 2,
// log|dx/dy| = -log(1 + y) - log(1 - y), or -log(1 - y^2) for small |y|.

// CHECK-LABEL: func.func @real.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[ABOVE:.+]] = stablehlo.log_plus_one %[[Y]]
// CHECK:         %[[NEGATED:.+]] = stablehlo.negate %[[Y]]
// CHECK:         %[[BELOW:.+]] = stablehlo.log_plus_one %[[NEGATED]]
// CHECK:         %[[TWICE:.+]] = stablehlo.subtract %[[ABOVE]], %[[BELOW]]
// CHECK:         %[[HALF:.+]] = stablehlo.constant dense<5.000000e-01>
// CHECK:         %[[X:.+]] = stablehlo.multiply %[[HALF]], %[[TWICE]]
// CHECK:         %[[SMALL:.+]] = stablehlo.log_plus_one %{{.+}}
// CHECK:         %[[LARGE:.+]] = stablehlo.add %{{.+}}, %{{.+}}
// CHECK:         %[[LOG:.+]] = stablehlo.select %{{.+}}, %[[SMALL]], %[[LARGE]]
// CHECK:         %[[SHARE:.+]] = stablehlo.negate %[[LOG]]
// CHECK:         return %[[X]], %[[SHARE]]
func.func @real(%x: tensor<3xf32>) -> tensor<3xf32> {
  %y = stablehlo.tanh %x : tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// Complex: by the same formula, with twice the real part of the first log-det.

// CHECK-LABEL: func.func @complex.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xcomplex<f32>>)
// CHECK:         %[[ABOVE:.+]] = stablehlo.log_plus_one %[[Y]]
// CHECK:         %[[NEGATED:.+]] = stablehlo.negate %[[Y]]
// CHECK:         %[[BELOW:.+]] = stablehlo.log_plus_one %[[NEGATED]]
// CHECK:         %[[TWICE:.+]] = stablehlo.subtract %[[ABOVE]], %[[BELOW]]
// CHECK:         %[[X:.+]] = stablehlo.multiply %{{.+}}, %[[TWICE]]
// CHECK-DAG:     %[[RE_ABOVE:.+]] = stablehlo.real %[[ABOVE]]
// CHECK-DAG:     %[[RE_BELOW:.+]] = stablehlo.real %[[BELOW]]
// CHECK:         %[[SUM:.+]] = stablehlo.add %[[RE_ABOVE]], %[[RE_BELOW]]
// CHECK:         %[[ONCE:.+]] = stablehlo.negate %[[SUM]]
// CHECK:         %[[TWO:.+]] = stablehlo.constant dense<2.000000e+00>
// CHECK:         %[[SHARE:.+]] = stablehlo.multiply %[[TWO]], %[[ONCE]]
// CHECK:         return %[[X]], %[[SHARE]]
func.func @complex(%x: tensor<3xcomplex<f32>>) -> tensor<3xcomplex<f32>> {
  %y = stablehlo.tanh %x : tensor<3xcomplex<f32>>
  return %y : tensor<3xcomplex<f32>>
}
