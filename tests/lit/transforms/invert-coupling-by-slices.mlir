// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -invhlo-lower-shares -cse | FileCheck %s

// The half that passes through gives what was done to the other half.

// CHECK-LABEL: func.func @affine.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<4xf32>)
// CHECK-DAG:     %[[A:.+]] = stablehlo.slice %[[Y]] [0:2]
// CHECK-DAG:     %[[D:.+]] = stablehlo.slice %[[Y]] [2:4]
// CHECK:         %[[C:.+]] = stablehlo.subtract %[[D]], %[[A]]
// CHECK:         %[[S:.+]] = stablehlo.tanh %[[A]]
// CHECK:         %[[E:.+]] = stablehlo.exponential %[[S]]
// CHECK:         %[[B:.+]] = stablehlo.divide %[[C]], %[[E]]
// CHECK:         %[[B_SHARE:.+]] = stablehlo.negate %[[S]]
// CHECK:         %[[X:.+]] = stablehlo.concatenate %[[A]], %[[B]], dim = 0
// CHECK:         %[[SHARE:.+]] = stablehlo.concatenate %{{.+}}, %[[B_SHARE]], dim = 0
// CHECK:         return %[[X]], %[[SHARE]]
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
