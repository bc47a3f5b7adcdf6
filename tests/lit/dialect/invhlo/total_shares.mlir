// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | invhlo-opt | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @main(
// CHECK-SAME:    %[[A:.+]]: tensor<3xf32>, %[[B:.+]]: tensor<2x2xf64>)
func.func @main(%a: tensor<3xf32>, %b: tensor<2x2xf64>) -> tensor<f64> {
  // CHECK-NEXT: invhlo.total_shares %[[A]], %[[B]] : (tensor<3xf32>, tensor<2x2xf64>) -> tensor<f64>
  %total = invhlo.total_shares %a, %b : (tensor<3xf32>, tensor<2x2xf64>) -> tensor<f64>
  return %total : tensor<f64>
}
