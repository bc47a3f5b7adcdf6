// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert | FileCheck %s

// Each operand is the result of its number.

// CHECK-LABEL: func.func @two.inverse(
// CHECK-SAME:    %[[A:.+]]: tensor<2xf32>, %[[B:.+]]: tensor<3xf32>)
// CHECK-NEXT:    return %[[A]], %[[B]]
func.func @two(%a: tensor<2xf32>, %b: tensor<3xf32>) -> (tensor<2xf32>, tensor<3xf32>) {
  %y:2 = stablehlo.optimization_barrier %a, %b : tensor<2xf32>, tensor<3xf32>
  return %y#0, %y#1 : tensor<2xf32>, tensor<3xf32>
}
