// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @bool(
// CHECK-SAME:    %[[X:.+]]: tensor<2x3xi1>) -> tensor<2x3xi1>
// CHECK-NEXT:    %{{.+}} = stablehlo.not %[[X]] : tensor<2x3xi1>
func.func @bool(%x: tensor<2x3xi1>) -> tensor<2x3xi1> {
  %y = stablehlo.not %x : tensor<2x3xi1>
  return %y : tensor<2x3xi1>
}

// CHECK-LABEL: func.func @unsigned(
// CHECK-SAME:    %[[X:.+]]: tensor<?xui32>) -> tensor<?xui32>
// CHECK-NEXT:    %{{.+}} = stablehlo.not %[[X]] : tensor<?xui32>
func.func @unsigned(%x: tensor<?xui32>) -> tensor<?xui32> {
  %y = stablehlo.not %x : tensor<?xui32>
  return %y : tensor<?xui32>
}
