// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -invhlo-lower-shares -cse | FileCheck %s

// The half that passes through gives what was done to the other half.

// CHECK-LABEL: func.func @affine.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<4xf32>)
// CHECK:         %[[SLICE:.+]] = stablehlo.slice %[[Y]] [0:2] : (tensor<4xf32>) -> tensor<2xf32>
// CHECK:         %[[SLICE2:.+]] = stablehlo.slice %[[Y]] [2:4] : (tensor<4xf32>) -> tensor<2xf32>
// CHECK:         %[[SUBTRACT:.+]] = stablehlo.subtract %[[SLICE2]], %[[SLICE]] : tensor<2xf32>
// CHECK:         %[[TANH:.+]] = stablehlo.tanh %[[SLICE]] : tensor<2xf32>
// CHECK:         %[[EXPONENTIAL:.+]] = stablehlo.exponential %[[TANH]] : tensor<2xf32>
// CHECK:         %[[DIVIDE:.+]] = stablehlo.divide %[[SUBTRACT]], %[[EXPONENTIAL]] : tensor<2xf32>
// CHECK:         %[[NEGATE:.+]] = stablehlo.negate %[[TANH]] : tensor<2xf32>
// CHECK:         %[[C:.+]] = stablehlo.constant dense<0.000000e+00> : tensor<2xf32>
// CHECK:         %[[CONCATENATE:.+]] = stablehlo.concatenate %[[SLICE]], %[[DIVIDE]], dim = 0 : (tensor<2xf32>, tensor<2xf32>) -> tensor<4xf32>
// CHECK:         %[[CONCATENATE2:.+]] = stablehlo.concatenate %[[C]], %[[NEGATE]], dim = 0 : (tensor<2xf32>, tensor<2xf32>) -> tensor<4xf32>
// CHECK:         return %[[CONCATENATE]], %[[CONCATENATE2]] : tensor<4xf32>, tensor<4xf32>
func.func @affine(%x: tensor<4xf32>) -> tensor<4xf32> {
  %a = stablehlo.slice %x [0:2] : (tensor<4xf32>) -> tensor<2xf32>
  %b = stablehlo.slice %x [2:4] : (tensor<4xf32>) -> tensor<2xf32>
  %s = stablehlo.tanh %a : tensor<2xf32>
  %e = stablehlo.exponential %s : tensor<2xf32>
  %c = stablehlo.multiply %b, %e : tensor<2xf32>
  %d = stablehlo.add %c, %a : tensor<2xf32>
  %y = stablehlo.concatenate %a, %d, dim = 0 : (tensor<2xf32>, tensor<2xf32>) -> tensor<4xf32>
  return %y : tensor<4xf32>
}
