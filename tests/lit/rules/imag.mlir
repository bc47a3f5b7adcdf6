// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse | FileCheck %s

// The imaginary and the real part together, with both shares.

// CHECK-LABEL: func.func @with_real.inverse(
// CHECK-SAME:    %[[A:.+]]: tensor<3xf32>, %[[B:.+]]: tensor<3xf32>)
// CHECK:         %[[LOG:.+]] = stablehlo.log %[[A]] : tensor<3xf32>
// CHECK:         %[[NEGATE:.+]] = stablehlo.negate %[[LOG]] : tensor<3xf32>
// CHECK:         %[[EXPONENTIAL:.+]] = stablehlo.exponential %[[B]] : tensor<3xf32>
// CHECK:         %[[COMPLEX:.+]] = stablehlo.complex %[[LOG]], %[[EXPONENTIAL]] : tensor<3xcomplex<f32>>
// CHECK:         %[[BOTH:.+]] = invhlo.sum_shares %[[NEGATE]], %[[B]] : tensor<3xf32>
// CHECK:         return %[[COMPLEX]], %[[BOTH]] : tensor<3xcomplex<f32>>, tensor<3xf32>
func.func @with_real(%z: tensor<3xcomplex<f32>>) -> (tensor<3xf32>, tensor<3xf32>) {
  %re = stablehlo.real %z : (tensor<3xcomplex<f32>>) -> tensor<3xf32>
  %im = stablehlo.imag %z : (tensor<3xcomplex<f32>>) -> tensor<3xf32>
  %a = stablehlo.exponential %re : tensor<3xf32>
  %b = stablehlo.log %im : tensor<3xf32>
  return %a, %b : tensor<3xf32>, tensor<3xf32>
}
