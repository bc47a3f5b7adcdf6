// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @float(
// CHECK-SAME:    %[[X:.+]]: tensor<2x3xf32>) -> tensor<2x3xi1>
// CHECK-NEXT:    %{{.+}} = chlo.is_pos_inf %[[X]] : tensor<2x3xf32> -> tensor<2x3xi1>
func.func @float(%x: tensor<2x3xf32>) -> tensor<2x3xi1> {
  %y = chlo.is_pos_inf %x : tensor<2x3xf32> -> tensor<2x3xi1>
  return %y : tensor<2x3xi1>
}

// CHECK-LABEL: func.func @dynamic(
// CHECK-SAME:    %[[X:.+]]: tensor<?xbf16>) -> tensor<?xi1>
// CHECK-NEXT:    %{{.+}} = chlo.is_pos_inf %[[X]] : tensor<?xbf16> -> tensor<?xi1>
func.func @dynamic(%x: tensor<?xbf16>) -> tensor<?xi1> {
  %y = chlo.is_pos_inf %x : tensor<?xbf16> -> tensor<?xi1>
  return %y : tensor<?xi1>
}
