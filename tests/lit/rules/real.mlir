// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse -split-input-file | FileCheck %s

// The real and the imaginary part together, with both shares.

// CHECK-LABEL: func.func @with_imag.inverse(
// CHECK-SAME:    %[[A:.+]]: tensor<3xf32>, %[[B:.+]]: tensor<3xf32>)
// CHECK:         %[[LOG:.+]] = stablehlo.log %[[A]] : tensor<3xf32>
// CHECK:         %[[NEGATE:.+]] = stablehlo.negate %[[LOG]] : tensor<3xf32>
// CHECK:         %[[NEGATE2:.+]] = stablehlo.negate %[[B]] : tensor<3xf32>
// CHECK:         %[[COMPLEX:.+]] = stablehlo.complex %[[LOG]], %[[NEGATE2]] : tensor<3xcomplex<f32>>
// CHECK:         return %[[COMPLEX]], %[[NEGATE]] : tensor<3xcomplex<f32>>, tensor<3xf32>
func.func @with_imag(%z: tensor<3xcomplex<f32>>) -> (tensor<3xf32>, tensor<3xf32>) {
  %re = stablehlo.real %z : (tensor<3xcomplex<f32>>) -> tensor<3xf32>
  %im = stablehlo.imag %z : (tensor<3xcomplex<f32>>) -> tensor<3xf32>
  %a = stablehlo.exponential %re : tensor<3xf32>
  %b = stablehlo.negate %im : tensor<3xf32>
  return %a, %b : tensor<3xf32>, tensor<3xf32>
}

// -----

// CHECK-LABEL: func.func @of_real.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[C:.+]] = stablehlo.constant dense<0.000000e+00> : tensor<3xf32>
// CHECK:         return %[[Y]], %[[C]] : tensor<3xf32>, tensor<3xf32>
func.func @of_real(%x: tensor<3xf32>) -> tensor<3xf32> {
  %y = stablehlo.real %x : tensor<3xf32>
  return %y : tensor<3xf32>
}
