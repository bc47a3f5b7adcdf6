// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @values(
// CHECK-SAME:    %[[A:.+]]: tensor<8x8xf32>, %[[B:.+]]: tensor<i32>) -> tensor<8x8xf32>
// CHECK-NEXT:    %{{.+}}:2 = sdy.named_computation<"f">(%[[A]], %[[B]]) (%[[C:.+]]: tensor<8x8xf32>, %[[D:.+]]: tensor<i32>) {
// CHECK-NEXT:      sdy.return {jax.note = "a"} %[[C]], %[[D]] : tensor<8x8xf32>, tensor<i32>
// CHECK-NEXT:    } : (tensor<8x8xf32>, tensor<i32>) -> (tensor<8x8xf32>, tensor<i32>)
func.func @values(%a: tensor<8x8xf32>, %b: tensor<i32>) -> tensor<8x8xf32> {
  %y:2 = sdy.named_computation<"f">(%a, %b) (%c: tensor<8x8xf32>, %d: tensor<i32>) {
    sdy.return {jax.note = "a"} %c, %d : tensor<8x8xf32>, tensor<i32>
  } : (tensor<8x8xf32>, tensor<i32>) -> (tensor<8x8xf32>, tensor<i32>)
  return %y#0 : tensor<8x8xf32>
}

// CHECK-LABEL: func.func @nothing(
// CHECK-NEXT:    sdy.named_computation<"f">() () {
// CHECK-NEXT:      sdy.return
// CHECK-NEXT:    } : () -> ()
func.func @nothing() {
  sdy.named_computation<"f">() () {
    sdy.return
  } : () -> ()
  return
}
