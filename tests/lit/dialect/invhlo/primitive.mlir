// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | invhlo-opt | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @main(
// CHECK-SAME:    %[[X:.+]]: tensor<3xf32>, %[[N:.+]]: tensor<i32>)
func.func @main(%x: tensor<3xf32>, %n: tensor<i32>) -> tensor<3xf32> {
  // CHECK-NEXT: %[[Y:.+]] = invhlo.primitive 3(%[[X]]) = %[[X]] : (tensor<3xf32>) -> tensor<3xf32>
  %0 = invhlo.primitive 3(%x) = %x : (tensor<3xf32>) -> tensor<3xf32>
  // CHECK-NEXT: %{{.+}}:2 = invhlo.primitive 0(%[[Y]]) = %[[N]], %[[X]] {mhlo.note = "a"} : (tensor<3xf32>) -> (tensor<i32>, tensor<3xf32>)
  %1:2 = invhlo.primitive 0(%0) = %n, %x {mhlo.note = "a"} : (tensor<3xf32>) -> (tensor<i32>, tensor<3xf32>)
  // CHECK-NEXT: %{{.+}} = invhlo.primitive 1() = %[[N]] : () -> tensor<i32>
  %2 = invhlo.primitive 1() = %n : () -> tensor<i32>
  return %1#1 : tensor<3xf32>
}
