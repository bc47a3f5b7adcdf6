// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | invhlo-opt | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @main(
// CHECK-SAME:    %[[X:.+]]: tensor<3xf32>, %[[N:.+]]: tensor<i32>)
func.func @main(%x: tensor<3xf32>, %n: tensor<i32>) -> tensor<3xf32> {
  // CHECK-NEXT: %{{.+}}:2 = invhlo.bind 3(%[[X]], %[[N]]) : (tensor<3xf32>, tensor<i32>) -> (tensor<i1>, tensor<3xf32>)
  %0:2 = invhlo.bind 3(%x, %n) : (tensor<3xf32>, tensor<i32>) -> (tensor<i1>, tensor<3xf32>)
  // CHECK-NEXT: %{{.+}} = invhlo.bind 0() : () -> tensor<i32>
  %1 = invhlo.bind 0() : () -> tensor<i32>
  return %0#1 : tensor<3xf32>
}
