// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse -split-input-file | FileCheck %s

// y = sqrt x:  x = y^2,  log|dx/dy| = log 2|y|. No real x has a negative y.

// CHECK-LABEL: func.func @real.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[SQUARE:.+]] = stablehlo.multiply %[[Y]], %[[Y]]
// CHECK:         %[[NEGATIVE:.+]] = stablehlo.compare LT, %[[Y]], %{{.+}}
// CHECK:         %[[NAN:.+]] = stablehlo.constant dense<0x7FC00000>
// CHECK:         %[[X:.+]] = stablehlo.select %[[NEGATIVE]], %[[NAN]], %[[SQUARE]]
// CHECK:         %[[ABS:.+]] = stablehlo.abs %[[Y]]
// CHECK:         %[[LOG:.+]] = stablehlo.log %[[ABS]]
// CHECK:         %[[LOG_2:.+]] = stablehlo.constant dense<0.693147182>
// CHECK:         %[[SHARE:.+]] = stablehlo.add %[[LOG_2]], %[[LOG]]
// CHECK:         return %[[X]], %[[SHARE]]
func.func @real(%x: tensor<3xf32>) -> tensor<3xf32> {
  %y = stablehlo.sqrt %x : tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// Complex: of any y, and twice the log-det.

// CHECK-LABEL: func.func @complex.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xcomplex<f32>>)
// CHECK:         %[[X:.+]] = stablehlo.multiply %[[Y]], %[[Y]]
// CHECK-NOT:     stablehlo.select
// CHECK:         %[[ONCE:.+]] = stablehlo.add %{{.+}}, %{{.+}}
// CHECK:         %[[TWO:.+]] = stablehlo.constant dense<2.000000e+00>
// CHECK:         %[[SHARE:.+]] = stablehlo.multiply %[[TWO]], %[[ONCE]]
// CHECK:         return %[[X]], %[[SHARE]]
func.func @complex(%x: tensor<3xcomplex<f32>>) -> tensor<3xcomplex<f32>> {
  %y = stablehlo.sqrt %x : tensor<3xcomplex<f32>>
  return %y : tensor<3xcomplex<f32>>
}
