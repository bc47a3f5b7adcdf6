// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | invhlo-opt | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @main(
// CHECK-SAME:    %[[S:.+]]: tensor<2xf32>, %[[T:.+]]: tensor<f64>)
func.func @main(%s: tensor<2xf32>, %t: tensor<f64>) -> tensor<2x3xf32> {
  // CHECK-NEXT: %[[EACH:.+]] = invhlo.spread_share %[[S]] along [0] among 3 : tensor<2xf32> -> tensor<2x3xf32>
  %each = invhlo.spread_share %s along [0] among 3 : tensor<2xf32> -> tensor<2x3xf32>
  // CHECK-NEXT: invhlo.spread_share %[[T]] along [] among 7 : tensor<f64> -> tensor<4xf64>
  %other = invhlo.spread_share %t along [] among 7 : tensor<f64> -> tensor<4xf64>
  return %each : tensor<2x3xf32>
}
