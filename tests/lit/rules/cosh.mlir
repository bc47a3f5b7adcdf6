// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse -split-input-file | FileCheck %s

// y = cosh x, the branch x >= 0:  x = acosh y,
// log|dx/dy| = -(log|y - 1| + log|y + 1|) / 2.

// CHECK-LABEL: func.func @real.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[X:.+]] = chlo.acosh %[[Y]]
// CHECK:         %[[MINUS_ONE:.+]] = stablehlo.constant dense<-1.000000e+00>
// CHECK:         %[[BELOW:.+]] = stablehlo.add %[[MINUS_ONE]], %[[Y]]
// CHECK:         %[[ABS_BELOW:.+]] = stablehlo.abs %[[BELOW]]
// CHECK:         %[[LOG_BELOW:.+]] = stablehlo.log %[[ABS_BELOW]]
// CHECK:         %[[ONE:.+]] = stablehlo.constant dense<1.000000e+00>
// CHECK:         %[[ABOVE:.+]] = stablehlo.add %[[ONE]], %[[Y]]
// CHECK:         %[[ABS_ABOVE:.+]] = stablehlo.abs %[[ABOVE]]
// CHECK:         %[[LOG_ABOVE:.+]] = stablehlo.log %[[ABS_ABOVE]]
// CHECK:         %[[SUM:.+]] = stablehlo.add %[[LOG_BELOW]], %[[LOG_ABOVE]]
// CHECK:         %[[MINUS_HALF:.+]] = stablehlo.constant dense<-5.000000e-01>
// CHECK:         %[[SHARE:.+]] = stablehlo.multiply %[[MINUS_HALF]], %[[SUM]]
// CHECK:         return %[[X]], %[[SHARE]]
func.func @real(%x: tensor<3xf32>) -> tensor<3xf32> {
  %y = chlo.cosh %x : tensor<3xf32> -> tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// Complex: twice that.

// CHECK-LABEL: func.func @complex.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xcomplex<f32>>)
// CHECK:         %[[X:.+]] = chlo.acosh %[[Y]]
// CHECK:         %[[LOG_BELOW:.+]] = stablehlo.log %{{.+}}
// CHECK:         %[[LOG_ABOVE:.+]] = stablehlo.log %{{.+}}
// CHECK:         %[[SUM:.+]] = stablehlo.add %[[LOG_BELOW]], %[[LOG_ABOVE]]
// CHECK:         %[[ONCE:.+]] = stablehlo.multiply %{{.+}}, %[[SUM]]
// CHECK:         %[[TWO:.+]] = stablehlo.constant dense<2.000000e+00>
// CHECK:         %[[SHARE:.+]] = stablehlo.multiply %[[TWO]], %[[ONCE]]
// CHECK:         return %[[X]], %[[SHARE]]
func.func @complex(%x: tensor<3xcomplex<f32>>) -> tensor<3xcomplex<f32>> {
  %y = chlo.cosh %x : tensor<3xcomplex<f32>> -> tensor<3xcomplex<f32>>
  return %y : tensor<3xcomplex<f32>>
}
