// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse -split-input-file | FileCheck %s

// y = tan x, |x| < pi/2:  x = atan y,  log|dx/dy| = -log(1 + y^2), which for large
// |y| is -2 log|y| - log(1 + (1 / y)^2).

// CHECK-LABEL: func.func @real.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[X:.+]] = chlo.atan %[[Y]]
// CHECK:         %[[SMALL_Y:.+]] = stablehlo.select %{{.+}}, %[[Y]], %{{.+}}
// CHECK:         %[[SQUARE:.+]] = stablehlo.multiply %[[SMALL_Y]], %[[SMALL_Y]]
// CHECK:         %[[SMALL:.+]] = stablehlo.log_plus_one %[[SQUARE]]
// CHECK:         %[[LARGE_Y:.+]] = stablehlo.select %{{.+}}, %{{.+}}, %[[Y]]
// CHECK:         %[[RECIPROCAL:.+]] = stablehlo.divide %{{.+}}, %[[LARGE_Y]]
// CHECK:         %[[INVERSE_SQUARE:.+]] = stablehlo.multiply %[[RECIPROCAL]], %[[RECIPROCAL]]
// CHECK:         %[[REST:.+]] = stablehlo.log_plus_one %[[INVERSE_SQUARE]]
// CHECK:         %[[ABS:.+]] = stablehlo.abs %[[LARGE_Y]]
// CHECK:         %[[LOG_Y:.+]] = stablehlo.log %[[ABS]]
// CHECK:         %[[TWO:.+]] = stablehlo.constant dense<2.000000e+00>
// CHECK:         %[[TWICE:.+]] = stablehlo.multiply %[[TWO]], %[[LOG_Y]]
// CHECK:         %[[LARGE:.+]] = stablehlo.add %[[TWICE]], %[[REST]]
// CHECK:         %[[LOG:.+]] = stablehlo.select %{{.+}}, %[[SMALL]], %[[LARGE]]
// CHECK:         %[[SHARE:.+]] = stablehlo.negate %[[LOG]]
// CHECK:         return %[[X]], %[[SHARE]]
func.func @real(%x: tensor<3xf32>) -> tensor<3xf32> {
  %y = stablehlo.tan %x : tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// Complex: twice -log|1 + y^2|.

// CHECK-LABEL: func.func @complex.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xcomplex<f32>>)
// CHECK:         %[[X:.+]] = chlo.atan %[[Y]]
// CHECK:         %[[SQUARE:.+]] = stablehlo.multiply %[[Y]], %[[Y]]
// CHECK:         %[[SUM:.+]] = stablehlo.add %{{.+}}, %[[SQUARE]]
// CHECK:         %[[ABS:.+]] = stablehlo.abs %[[SUM]]
// CHECK:         %[[LOG:.+]] = stablehlo.log %[[ABS]]
// CHECK:         %[[ONCE:.+]] = stablehlo.negate %[[LOG]]
// CHECK:         %[[TWO:.+]] = stablehlo.constant dense<2.000000e+00>
// CHECK:         %[[SHARE:.+]] = stablehlo.multiply %[[TWO]], %[[ONCE]]
// CHECK:         return %[[X]], %[[SHARE]]
func.func @complex(%x: tensor<3xcomplex<f32>>) -> tensor<3xcomplex<f32>> {
  %y = stablehlo.tan %x : tensor<3xcomplex<f32>>
  return %y : tensor<3xcomplex<f32>>
}
