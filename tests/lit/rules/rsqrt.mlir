// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse -split-input-file | FileCheck %s

// y = 1 / sqrt x:  x = (1 / y)^2,  log|dx/dy| = log 2 - 3 log|y|. No real x has a
// negative y.

// CHECK-LABEL: func.func @real.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[ONE:.+]] = stablehlo.constant dense<1.000000e+00>
// CHECK:         %[[RECIPROCAL:.+]] = stablehlo.divide %[[ONE]], %[[Y]]
// CHECK:         %[[SQUARE:.+]] = stablehlo.multiply %[[RECIPROCAL]], %[[RECIPROCAL]]
// CHECK:         %[[NEGATIVE:.+]] = stablehlo.compare LT, %[[Y]], %{{.+}}
// CHECK:         %[[NAN:.+]] = stablehlo.constant dense<0x7FC00000>
// CHECK:         %[[X:.+]] = stablehlo.select %[[NEGATIVE]], %[[NAN]], %[[SQUARE]]
// CHECK:         %[[ABS:.+]] = stablehlo.abs %[[Y]]
// CHECK:         %[[LOG:.+]] = stablehlo.log %[[ABS]]
// CHECK:         %[[MINUS_THREE:.+]] = stablehlo.constant dense<-3.000000e+00>
// CHECK:         %[[SCALED:.+]] = stablehlo.multiply %[[MINUS_THREE]], %[[LOG]]
// CHECK:         %[[LOG_2:.+]] = stablehlo.constant dense<0.693147182>
// CHECK:         %[[SHARE:.+]] = stablehlo.add %[[LOG_2]], %[[SCALED]]
// CHECK:         return %[[X]], %[[SHARE]]
func.func @real(%x: tensor<3xf32>) -> tensor<3xf32> {
  %y = stablehlo.rsqrt %x : tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// Complex: of any y, and twice the log-det.

// CHECK-LABEL: func.func @complex.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xcomplex<f32>>)
// CHECK:         %[[RECIPROCAL:.+]] = stablehlo.divide %{{.+}}, %[[Y]]
// CHECK:         %[[X:.+]] = stablehlo.multiply %[[RECIPROCAL]], %[[RECIPROCAL]]
// CHECK-NOT:     stablehlo.select
// CHECK:         %[[SCALED:.+]] = stablehlo.multiply %{{.+}}, %{{.+}}
// CHECK:         %[[ONCE:.+]] = stablehlo.add %{{.+}}, %[[SCALED]]
// CHECK:         %[[TWO:.+]] = stablehlo.constant dense<2.000000e+00>
// CHECK:         %[[SHARE:.+]] = stablehlo.multiply %[[TWO]], %[[ONCE]]
// CHECK:         return %[[X]], %[[SHARE]]
func.func @complex(%x: tensor<3xcomplex<f32>>) -> tensor<3xcomplex<f32>> {
  %y = stablehlo.rsqrt %x : tensor<3xcomplex<f32>>
  return %y : tensor<3xcomplex<f32>>
}
