// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @float(
// CHECK-SAME:    %[[X:.+]]: tensor<3xf32>, %[[TO:.+]]: tensor<3xf32>) -> tensor<3xf32>
// CHECK-NEXT:    %{{.+}} = chlo.next_after %[[X]], %[[TO]] : tensor<3xf32>, tensor<3xf32> -> tensor<3xf32>
func.func @float(%x: tensor<3xf32>, %to: tensor<3xf32>) -> tensor<3xf32> {
  %y = chlo.next_after %x, %to : tensor<3xf32>, tensor<3xf32> -> tensor<3xf32>
  return %y : tensor<3xf32>
}

// CHECK-LABEL: func.func @dynamic(
// CHECK-SAME:    %[[X:.+]]: tensor<?xbf16>, %[[TO:.+]]: tensor<?xbf16>) -> tensor<?xbf16>
// CHECK-NEXT:    %{{.+}} = chlo.next_after %[[X]], %[[TO]] : tensor<?xbf16>, tensor<?xbf16> -> tensor<?xbf16>
func.func @dynamic(%x: tensor<?xbf16>, %to: tensor<?xbf16>) -> tensor<?xbf16> {
  %y = chlo.next_after %x, %to : tensor<?xbf16>, tensor<?xbf16> -> tensor<?xbf16>
  return %y : tensor<?xbf16>
}
