// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | invhlo-opt | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @main(
// CHECK-SAME:    %[[X:.+]]: tensor<f32>)
func.func @main(%x: tensor<f32>) -> tensor<f32> {
  %0:2 = invhlo.scan 5 (%x) over () : (tensor<f32>) -> (tensor<f32>, tensor<5xi32>) {
  ^bb0(%t: tensor<i32>, %c: tensor<f32>):
    // CHECK: invhlo.yield %[[X]], %{{.+}} : tensor<f32>, tensor<i32>
    invhlo.yield %x, %t : tensor<f32>, tensor<i32>
  }
  return %0#0 : tensor<f32>
}
