// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse | FileCheck %s

// z = re + i im: both parts, each with half of the share of z.

// CHECK-LABEL: func.func @both.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xcomplex<f32>>)
// CHECK:         %[[Z:.+]] = stablehlo.log %[[Y]]
// CHECK:         %[[RE:.+]] = stablehlo.real %[[Z]]
// CHECK:         %[[SHARE:.+]] = stablehlo.multiply %{{.+}}, %{{.+}}
// CHECK:         %[[HALF:.+]] = invhlo.spread_share %[[SHARE]] along [0] among 2
// CHECK:         %[[IM:.+]] = stablehlo.imag %[[Z]]
// CHECK:         return %[[RE]], %[[IM]], %[[HALF]], %[[HALF]]
func.func @both(%re: tensor<3xf32>, %im: tensor<3xf32>) -> tensor<3xcomplex<f32>> {
  %z = stablehlo.complex %re, %im : tensor<3xcomplex<f32>>
  %y = stablehlo.exponential %z : tensor<3xcomplex<f32>>
  return %y : tensor<3xcomplex<f32>>
}
