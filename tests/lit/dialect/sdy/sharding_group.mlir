// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @two(
// CHECK-SAME:    %[[A:.+]]: tensor<8x8xf32>, %[[B:.+]]: tensor<8x8xf32>)
// CHECK-NEXT:    sdy.sharding_group %[[A]] group_id=3 : tensor<8x8xf32>
// CHECK-NEXT:    sdy.sharding_group %[[B]] group_id=3 {jax.note = "a"} : tensor<8x8xf32>
func.func @two(%a: tensor<8x8xf32>, %b: tensor<8x8xf32>) {
  sdy.sharding_group %a group_id=3 : tensor<8x8xf32>
  sdy.sharding_group %b group_id=3 {jax.note = "a"} : tensor<8x8xf32>
  return
}
