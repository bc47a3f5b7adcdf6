// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | invhlo-opt | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @main(
// CHECK-SAME:    %[[C0:.+]]: tensor<f32>, %[[XS:.+]]: tensor<5x2xf32>)
func.func @main(%c0: tensor<f32>, %xs: tensor<5x2xf32>) -> tensor<5xf32> {
  // CHECK:      invhlo.scan 5(%[[C0]]) over(%[[XS]]) : (tensor<f32>, tensor<5x2xf32>) -> (tensor<f32>, tensor<5xf32>) {
  // CHECK-NEXT: ^bb0(%{{.+}}: tensor<i32>, %[[C:.+]]: tensor<f32>, %{{.+}}: tensor<2xf32>):
  // CHECK-NEXT:   invhlo.yield %[[C0]], %[[C]] : tensor<f32>, tensor<f32>
  // CHECK-NEXT: }
  %0:2 = invhlo.scan 5 (%c0) over (%xs)
      : (tensor<f32>, tensor<5x2xf32>) -> (tensor<f32>, tensor<5xf32>) {
  ^bb0(%t: tensor<i32>, %c: tensor<f32>, %x: tensor<2xf32>):
    invhlo.yield %c0, %c : tensor<f32>, tensor<f32>
  }
  // CHECK:      invhlo.scan 0 reverse() over() : () -> () {
  // CHECK-NEXT: ^bb0(%{{.+}}: tensor<i32>):
  // CHECK-NEXT: }
  invhlo.scan 0 reverse () over () : () -> () {
  ^bb0(%t: tensor<i32>):
    invhlo.yield
  }
  return %0#1 : tensor<5xf32>
}
