// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @rows(
// CHECK-SAME:    %[[TABLE:.+]]: tensor<5x3xf32>, %[[INDEX:.+]]: tensor<2xi32>) -> tensor<2x3xf32>
// CHECK-NEXT:    %{{.+}} = "stablehlo.torch_index_select"(%[[TABLE]], %[[INDEX]]) <{batch_dims = 0 : i64, dim = 0 : i64}> : (tensor<5x3xf32>, tensor<2xi32>) -> tensor<2x3xf32>
func.func @rows(%table: tensor<5x3xf32>, %index: tensor<2xi32>) -> tensor<2x3xf32> {
  %y = "stablehlo.torch_index_select"(%table, %index) <{batch_dims = 0 : i64, dim = 0 : i64}> : (tensor<5x3xf32>, tensor<2xi32>) -> tensor<2x3xf32>
  return %y : tensor<2x3xf32>
}
