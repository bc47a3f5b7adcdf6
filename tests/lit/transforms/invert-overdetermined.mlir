// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=total allow-overdetermined=true" -invhlo-lower-shares -cse | FileCheck %s

// The log-det of the elements that are spent: here, of the first result.

// CHECK-LABEL: func.func @twice.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<2xf32>, %[[Z:.+]]: tensor<2xf32>)
// CHECK:         %[[EXPONENTIAL:.+]] = stablehlo.exponential %[[Y]] : tensor<2xf32>
// CHECK:         %[[C:.+]] = stablehlo.constant dense<0.000000e+00> : tensor<f32>
// CHECK:         %[[REDUCE:.+]] = stablehlo.reduce(%[[Y]] init: %[[C]]) applies stablehlo.add across dimensions = [0] : (tensor<2xf32>, tensor<f32>) -> tensor<f32>
// CHECK:         return %[[EXPONENTIAL]], %[[REDUCE]] : tensor<2xf32>, tensor<f32>
func.func @twice(%x: tensor<2xf32>) -> (tensor<2xf32>, tensor<2xf32>) {
  %y = stablehlo.log %x : tensor<2xf32>
  %z = stablehlo.sine %x : tensor<2xf32>
  return %y, %z : tensor<2xf32>, tensor<2xf32>
}
