// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse -split-input-file | FileCheck %s

// The real and the imaginary part together, with both shares.

// CHECK-LABEL: func.func @with_imag.inverse(
// CHECK-SAME:    %[[A:.+]]: tensor<3xf32>, %[[B:.+]]: tensor<3xf32>)
// CHECK:         %[[RE:.+]] = stablehlo.log %[[A]]
// CHECK:         %[[SHARE:.+]] = stablehlo.negate %[[RE]]
// CHECK:         %[[IM:.+]] = stablehlo.negate %[[B]]
// CHECK:         %[[Z:.+]] = stablehlo.complex %[[RE]], %[[IM]]
// CHECK:         return %[[Z]], %[[SHARE]]
func.func @with_imag(%z: tensor<3xcomplex<f32>>) -> (tensor<3xf32>, tensor<3xf32>) {
  %re = stablehlo.real %z : (tensor<3xcomplex<f32>>) -> tensor<3xf32>
  %im = stablehlo.imag %z : (tensor<3xcomplex<f32>>) -> tensor<3xf32>
  %a = stablehlo.exponential %re : tensor<3xf32>
  %b = stablehlo.negate %im : tensor<3xf32>
  return %a, %b : tensor<3xf32>, tensor<3xf32>
}

// -----

// Of real numbers it is the identity.

// CHECK-LABEL: func.func @of_real.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[ZERO:.+]] = stablehlo.constant dense<0.000000e+00>
// CHECK:         return %[[Y]], %[[ZERO]]
func.func @of_real(%x: tensor<3xf32>) -> tensor<3xf32> {
  %y = stablehlo.real %x : tensor<3xf32>
  return %y : tensor<3xf32>
}
