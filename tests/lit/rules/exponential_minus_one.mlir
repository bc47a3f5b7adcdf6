// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse -split-input-file | FileCheck %s

// y = exp x - 1:  x = log(1 + y),  log|dx/dy| = -x.

// CHECK-LABEL: func.func @real.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[X:.+]] = stablehlo.log_plus_one %[[Y]]
// CHECK:         %[[SHARE:.+]] = stablehlo.negate %[[X]]
// CHECK:         return %[[X]], %[[SHARE]]
func.func @real(%x: tensor<3xf32>) -> tensor<3xf32> {
  %y = stablehlo.exponential_minus_one %x : tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// Complex: twice -Re x.

// CHECK-LABEL: func.func @complex.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xcomplex<f32>>)
// CHECK:         %[[X:.+]] = stablehlo.log_plus_one %[[Y]]
// CHECK:         %[[RE:.+]] = stablehlo.real %[[X]]
// CHECK:         %[[ONCE:.+]] = stablehlo.negate %[[RE]]
// CHECK:         %[[TWO:.+]] = stablehlo.constant dense<2.000000e+00>
// CHECK:         %[[SHARE:.+]] = stablehlo.multiply %[[TWO]], %[[ONCE]]
// CHECK:         return %[[X]], %[[SHARE]]
func.func @complex(%x: tensor<3xcomplex<f32>>) -> tensor<3xcomplex<f32>> {
  %y = stablehlo.exponential_minus_one %x : tensor<3xcomplex<f32>>
  return %y : tensor<3xcomplex<f32>>
}
