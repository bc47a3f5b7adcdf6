// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @two_inputs(
// CHECK-SAME:    %[[A:.+]]: tensor<4xf32>, %[[B:.+]]: tensor<4xf32>) -> tensor<4xf32>
// CHECK-NEXT:    %{{.+}} = "stablehlo.map"(%[[A]], %[[B]]) <{dimensions = array<i64: 0>}> ({
// CHECK-NEXT:    ^bb0(%[[S:.+]]: tensor<f32>, %[[T:.+]]: tensor<f32>):
// CHECK-NEXT:      %[[U:.+]] = stablehlo.multiply %[[S]], %[[T]] : tensor<f32>
// CHECK-NEXT:      stablehlo.return %[[U]] : tensor<f32>
// CHECK-NEXT:    }) : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
func.func @two_inputs(%a: tensor<4xf32>, %b: tensor<4xf32>) -> tensor<4xf32> {
  %y = "stablehlo.map"(%a, %b) <{dimensions = array<i64: 0>}> ({
  ^bb0(%s: tensor<f32>, %t: tensor<f32>):
    %u = stablehlo.multiply %s, %t : tensor<f32>
    stablehlo.return %u : tensor<f32>
  }) : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %y : tensor<4xf32>
}
