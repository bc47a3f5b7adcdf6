// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse -split-input-file | FileCheck %s

// y = x^2, the branch x >= 0:  x = sqrt y,  log|dx/dy| = -log 2 - log|y| / 2.

// CHECK-LABEL: func.func @real.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[X:.+]] = stablehlo.sqrt %[[Y]]
// CHECK:         %[[ABS:.+]] = stablehlo.abs %[[Y]]
// CHECK:         %[[LOG:.+]] = stablehlo.log %[[ABS]]
// CHECK:         %[[MINUS_HALF:.+]] = stablehlo.constant dense<-5.000000e-01>
// CHECK:         %[[SCALED:.+]] = stablehlo.multiply %[[MINUS_HALF]], %[[LOG]]
// CHECK:         %[[LOG_HALF:.+]] = stablehlo.constant dense<-0.693147182>
// CHECK:         %[[SHARE:.+]] = stablehlo.add %[[LOG_HALF]], %[[SCALED]]
// CHECK:         return %[[X]], %[[SHARE]]
func.func @real(%x: tensor<3xf32>) -> tensor<3xf32> {
  %y = chlo.square %x : tensor<3xf32> -> tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// Complex: the principal root, and twice the log-det.

// CHECK-LABEL: func.func @complex.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xcomplex<f32>>)
// CHECK:         %[[X:.+]] = stablehlo.sqrt %[[Y]]
// CHECK:         %[[ONCE:.+]] = stablehlo.add %{{.+}}, %{{.+}}
// CHECK:         %[[TWO:.+]] = stablehlo.constant dense<2.000000e+00>
// CHECK:         %[[SHARE:.+]] = stablehlo.multiply %[[TWO]], %[[ONCE]]
// CHECK:         return %[[X]], %[[SHARE]]
func.func @complex(%x: tensor<3xcomplex<f32>>) -> tensor<3xcomplex<f32>> {
  %y = chlo.square %x : tensor<3xcomplex<f32>> -> tensor<3xcomplex<f32>>
  return %y : tensor<3xcomplex<f32>>
}
