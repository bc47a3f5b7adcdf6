// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @not_stable(
// CHECK-SAME:    %[[X:.+]]: tensor<4x3xf32>) -> tensor<4x2xf32>
// CHECK-NEXT:    %{{.+}}, %{{.+}} = chlo.top_k(%[[X]], k = 2, is_stable = false) : tensor<4x3xf32> -> (tensor<4x2xf32>, tensor<4x2xi32>)
func.func @not_stable(%x: tensor<4x3xf32>) -> tensor<4x2xf32> {
  %v, %i = chlo.top_k(%x, k = 2, is_stable = false) : tensor<4x3xf32> -> (tensor<4x2xf32>, tensor<4x2xi32>)
  return %v : tensor<4x2xf32>
}

// What is so by default goes without saying.
// CHECK-LABEL: func.func @stable(
// CHECK-SAME:    %[[X:.+]]: tensor<4x3xf32>) -> tensor<4x2xf32>
// CHECK-NEXT:    %{{.+}}, %{{.+}} = chlo.top_k(%[[X]], k = 2) : tensor<4x3xf32> -> (tensor<4x2xf32>, tensor<4x2xi32>)
func.func @stable(%x: tensor<4x3xf32>) -> tensor<4x2xf32> {
  %v, %i = chlo.top_k(%x, k = 2, is_stable = true) : tensor<4x3xf32> -> (tensor<4x2xf32>, tensor<4x2xi32>)
  return %v : tensor<4x2xf32>
}
