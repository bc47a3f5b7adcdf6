// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse | FileCheck %s

// The imaginary and the real part together, with both shares.

// CHECK-LABEL: func.func @with_real.inverse(
// CHECK-SAME:    %[[A:.+]]: tensor<3xf32>, %[[B:.+]]: tensor<3xf32>)
// CHECK:         %[[RE:.+]] = stablehlo.log %[[A]]
// CHECK:         %[[RE_SHARE:.+]] = stablehlo.negate %[[RE]]
// CHECK:         %[[IM:.+]] = stablehlo.exponential %[[B]]
// CHECK:         %[[Z:.+]] = stablehlo.complex %[[RE]], %[[IM]]
// CHECK:         %[[SHARE:.+]] = invhlo.sum_shares %[[RE_SHARE]], %[[B]]
// CHECK:         return %[[Z]], %[[SHARE]]
func.func @with_real(%z: tensor<3xcomplex<f32>>) -> (tensor<3xf32>, tensor<3xf32>) {
  %re = stablehlo.real %z : (tensor<3xcomplex<f32>>) -> tensor<3xf32>
  %im = stablehlo.imag %z : (tensor<3xcomplex<f32>>) -> tensor<3xf32>
  %a = stablehlo.exponential %re : tensor<3xf32>
  %b = stablehlo.log %im : tensor<3xf32>
  return %a, %b : tensor<3xf32>, tensor<3xf32>
}
