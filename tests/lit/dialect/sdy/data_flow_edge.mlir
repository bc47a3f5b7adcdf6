// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

sdy.mesh @mesh = <["x"=2, "y"=2, "z"=2]>

// CHECK-LABEL: func.func @with_sharding(
// CHECK-SAME:    %[[A:.+]]: tensor<8x8xf32>) -> tensor<8x8xf32>
// CHECK-NEXT:    %[[X:.+]] = stablehlo.sine %[[A]] : tensor<8x8xf32>
// CHECK-NEXT:    %{{.+}} = sdy.data_flow_edge %[[X]] sharding=<@mesh, [{"x"}, {?}]> : tensor<8x8xf32>
func.func @with_sharding(%a: tensor<8x8xf32>) -> tensor<8x8xf32> {
  %x = stablehlo.sine %a : tensor<8x8xf32>
  %y = sdy.data_flow_edge %x sharding=<@mesh, [{"x"}, {?}]> : tensor<8x8xf32>
  return %y : tensor<8x8xf32>
}

// CHECK-LABEL: func.func @without_sharding(
// CHECK-SAME:    %[[A:.+]]: tensor<8x8xf32>) -> tensor<8x8xf32>
// CHECK-NEXT:    %[[X:.+]] = stablehlo.sine %[[A]] : tensor<8x8xf32>
// CHECK-NEXT:    %{{.+}} = sdy.data_flow_edge %[[X]] {jax.note = "a"} : tensor<8x8xf32>
func.func @without_sharding(%a: tensor<8x8xf32>) -> tensor<8x8xf32> {
  %x = stablehlo.sine %a : tensor<8x8xf32>
  %y = sdy.data_flow_edge %x {jax.note = "a"} : tensor<8x8xf32>
  return %y : tensor<8x8xf32>
}
