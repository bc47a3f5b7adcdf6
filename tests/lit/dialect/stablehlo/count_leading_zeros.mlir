// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @signed(
// CHECK-SAME:    %[[X:.+]]: tensor<2x3xi32>) -> tensor<2x3xi32>
// CHECK-NEXT:    %{{.+}} = stablehlo.count_leading_zeros %[[X]] : tensor<2x3xi32>
func.func @signed(%x: tensor<2x3xi32>) -> tensor<2x3xi32> {
  %y = stablehlo.count_leading_zeros %x : tensor<2x3xi32>
  return %y : tensor<2x3xi32>
}

// CHECK-LABEL: func.func @unsigned(
// CHECK-SAME:    %[[X:.+]]: tensor<?xui8>) -> tensor<?xui8>
// CHECK-NEXT:    %{{.+}} = stablehlo.count_leading_zeros %[[X]] : tensor<?xui8>
func.func @unsigned(%x: tensor<?xui8>) -> tensor<?xui8> {
  %y = stablehlo.count_leading_zeros %x : tensor<?xui8>
  return %y : tensor<?xui8>
}
