// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @two(
// CHECK-SAME:    %[[A:.+]]: tensor<2x3xf32>, %[[B:.+]]: tensor<2x1xf32>) -> tensor<2x4xf32>
// CHECK-NEXT:    %{{.+}} = stablehlo.concatenate %[[A]], %[[B]], dim = 1 : (tensor<2x3xf32>, tensor<2x1xf32>) -> tensor<2x4xf32>
func.func @two(%a: tensor<2x3xf32>, %b: tensor<2x1xf32>) -> tensor<2x4xf32> {
  %y = stablehlo.concatenate %a, %b, dim = 1 : (tensor<2x3xf32>, tensor<2x1xf32>) -> tensor<2x4xf32>
  return %y : tensor<2x4xf32>
}

// CHECK-LABEL: func.func @one(
// CHECK-SAME:    %[[A:.+]]: tensor<?xi32>) -> tensor<?xi32>
// CHECK-NEXT:    %{{.+}} = stablehlo.concatenate %[[A]], dim = 0 : (tensor<?xi32>) -> tensor<?xi32>
func.func @one(%a: tensor<?xi32>) -> tensor<?xi32> {
  %y = stablehlo.concatenate %a, dim = 0 : (tensor<?xi32>) -> tensor<?xi32>
  return %y : tensor<?xi32>
}
