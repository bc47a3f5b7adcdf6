// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse -split-input-file | FileCheck %s

// y = 1 / (1 + exp -x):  x = log y - log(1 - y), or near y = 1/2
// log(1 + (2y - 1) / (1 - y));  log|dx/dy| = -log y - log(1 - y).

// CHECK-LABEL: func.func @real.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[NEAR_HALF:.+]] = stablehlo.and %{{.+}}, %{{.+}}
// CHECK:         %[[NEAR_Y:.+]] = stablehlo.select %[[NEAR_HALF]], %[[Y]], %{{.+}}
// CHECK:         %[[TWICE:.+]] = stablehlo.multiply %{{.+}}, %[[NEAR_Y]]
// CHECK:         %[[MINUS_ONE:.+]] = stablehlo.constant dense<-1.000000e+00>
// CHECK:         %[[EXCESS:.+]] = stablehlo.add %[[MINUS_ONE]], %[[TWICE]]
// CHECK:         %[[NEAR_REST:.+]] = stablehlo.subtract %{{.+}}, %[[NEAR_Y]]
// CHECK:         %[[QUOTIENT:.+]] = stablehlo.divide %[[EXCESS]], %[[NEAR_REST]]
// CHECK:         %[[NEAR:.+]] = stablehlo.log_plus_one %[[QUOTIENT]]
// CHECK:         %[[FAR_Y:.+]] = stablehlo.select %[[NEAR_HALF]], %{{.+}}, %[[Y]]
// CHECK:         %[[FAR_LOG:.+]] = stablehlo.log %[[FAR_Y]]
// CHECK:         %[[FAR_LOG_REST:.+]] = stablehlo.log_plus_one %{{.+}}
// CHECK:         %[[FAR:.+]] = stablehlo.subtract %[[FAR_LOG]], %[[FAR_LOG_REST]]
// CHECK:         %[[X:.+]] = stablehlo.select %[[NEAR_HALF]], %[[NEAR]], %[[FAR]]
// CHECK:         %[[LOG:.+]] = stablehlo.log %[[Y]]
// CHECK:         %[[NEGATED:.+]] = stablehlo.negate %[[Y]]
// CHECK:         %[[LOG_REST:.+]] = stablehlo.log_plus_one %[[NEGATED]]
// CHECK:         %[[SUM:.+]] = stablehlo.add %[[LOG]], %[[LOG_REST]]
// CHECK:         %[[SHARE:.+]] = stablehlo.negate %[[SUM]]
// CHECK:         return %[[X]], %[[SHARE]]
func.func @real(%x: tensor<3xf32>) -> tensor<3xf32> {
  %y = stablehlo.logistic %x : tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// Complex: by the first formula, and twice the log-det.

// CHECK-LABEL: func.func @complex.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xcomplex<f32>>)
// CHECK:         %[[LOG:.+]] = stablehlo.log %[[Y]]
// CHECK:         %[[NEGATED:.+]] = stablehlo.negate %[[Y]]
// CHECK:         %[[LOG_REST:.+]] = stablehlo.log_plus_one %[[NEGATED]]
// CHECK:         %[[X:.+]] = stablehlo.subtract %[[LOG]], %[[LOG_REST]]
// CHECK:         %[[SUM:.+]] = stablehlo.add %{{.+}}, %{{.+}}
// CHECK:         %[[ONCE:.+]] = stablehlo.negate %[[SUM]]
// CHECK:         %[[TWO:.+]] = stablehlo.constant dense<2.000000e+00>
// CHECK:         %[[SHARE:.+]] = stablehlo.multiply %[[TWO]], %[[ONCE]]
// CHECK:         return %[[X]], %[[SHARE]]
func.func @complex(%x: tensor<3xcomplex<f32>>) -> tensor<3xcomplex<f32>> {
  %y = stablehlo.logistic %x : tensor<3xcomplex<f32>>
  return %y : tensor<3xcomplex<f32>>
}
