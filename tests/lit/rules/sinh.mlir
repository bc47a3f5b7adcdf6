// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse -split-input-file | FileCheck %s

// y = sinh x:  x = asinh y,  log|dx/dy| = -log(1 + y^2) / 2, without overflow.

// CHECK-LABEL: func.func @real.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[X:.+]] = chlo.asinh %[[Y]]
// CHECK:         %[[SMALL_Y:.+]] = stablehlo.select %{{.+}}, %[[Y]], %{{.+}}
// CHECK:         %[[SQUARE:.+]] = stablehlo.multiply %[[SMALL_Y]], %[[SMALL_Y]]
// CHECK:         %[[SMALL:.+]] = stablehlo.log_plus_one %[[SQUARE]]
// CHECK:         %[[LARGE:.+]] = stablehlo.add %{{.+}}, %{{.+}}
// CHECK:         %[[LOG:.+]] = stablehlo.select %{{.+}}, %[[SMALL]], %[[LARGE]]
// CHECK:         %[[MINUS_HALF:.+]] = stablehlo.constant dense<-5.000000e-01>
// CHECK:         %[[SHARE:.+]] = stablehlo.multiply %[[MINUS_HALF]], %[[LOG]]
// CHECK:         return %[[X]], %[[SHARE]]
func.func @real(%x: tensor<3xf32>) -> tensor<3xf32> {
  %y = chlo.sinh %x : tensor<3xf32> -> tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// Complex: twice -log|1 + y^2| / 2.

// CHECK-LABEL: func.func @complex.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xcomplex<f32>>)
// CHECK:         %[[X:.+]] = chlo.asinh %[[Y]]
// CHECK:         %[[SQUARE:.+]] = stablehlo.multiply %[[Y]], %[[Y]]
// CHECK:         %[[SUM:.+]] = stablehlo.add %{{.+}}, %[[SQUARE]]
// CHECK:         %[[ABS:.+]] = stablehlo.abs %[[SUM]]
// CHECK:         %[[LOG:.+]] = stablehlo.log %[[ABS]]
// CHECK:         %[[MINUS_HALF:.+]] = stablehlo.constant dense<-5.000000e-01>
// CHECK:         %[[ONCE:.+]] = stablehlo.multiply %[[MINUS_HALF]], %[[LOG]]
// CHECK:         %[[TWO:.+]] = stablehlo.constant dense<2.000000e+00>
// CHECK:         %[[SHARE:.+]] = stablehlo.multiply %[[TWO]], %[[ONCE]]
// CHECK:         return %[[X]], %[[SHARE]]
func.func @complex(%x: tensor<3xcomplex<f32>>) -> tensor<3xcomplex<f32>> {
  %y = chlo.sinh %x : tensor<3xcomplex<f32>> -> tensor<3xcomplex<f32>>
  return %y : tensor<3xcomplex<f32>>
}
