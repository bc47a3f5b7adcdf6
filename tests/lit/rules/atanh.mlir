// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse -split-input-file | FileCheck %s

// y = atanh x:  x = tanh y,  log|dx/dy| = -2 log cosh y.

// CHECK-LABEL: func.func @real.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[X:.+]] = stablehlo.tanh %[[Y]]
// CHECK:         chlo.sinh %{{.+}}
// CHECK:         %[[SMALL:.+]] = stablehlo.log_plus_one %{{.+}}
// CHECK:         %[[MINUS_TWO:.+]] = stablehlo.constant dense<-2.000000e+00>
// CHECK:         %[[LOG_COSH:.+]] = stablehlo.select %{{.+}}, %[[SMALL]], %{{.+}}
// CHECK:         %[[SHARE:.+]] = stablehlo.multiply %[[MINUS_TWO]], %[[LOG_COSH]]
// CHECK:         return %[[X]], %[[SHARE]]
func.func @real(%x: tensor<3xf32>) -> tensor<3xf32> {
  %y = chlo.atanh %x : tensor<3xf32> -> tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// Complex: twice -2 log|cosh y|.

// CHECK-LABEL: func.func @complex.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xcomplex<f32>>)
// CHECK:         %[[X:.+]] = stablehlo.tanh %[[Y]]
// CHECK:         %[[COSH:.+]] = chlo.cosh %[[Y]]
// CHECK:         %[[ABS:.+]] = stablehlo.abs %[[COSH]]
// CHECK:         %[[LOG:.+]] = stablehlo.log %[[ABS]]
// CHECK:         %[[MINUS_TWO:.+]] = stablehlo.constant dense<-2.000000e+00>
// CHECK:         %[[ONCE:.+]] = stablehlo.multiply %[[MINUS_TWO]], %[[LOG]]
// CHECK:         %[[TWO:.+]] = stablehlo.constant dense<2.000000e+00>
// CHECK:         %[[SHARE:.+]] = stablehlo.multiply %[[TWO]], %[[ONCE]]
// CHECK:         return %[[X]], %[[SHARE]]
func.func @complex(%x: tensor<3xcomplex<f32>>) -> tensor<3xcomplex<f32>> {
  %y = chlo.atanh %x : tensor<3xcomplex<f32>> -> tensor<3xcomplex<f32>>
  return %y : tensor<3xcomplex<f32>>
}
