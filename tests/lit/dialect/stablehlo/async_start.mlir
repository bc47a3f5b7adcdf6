// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @all_reduce(
// CHECK-SAME:    %[[X:.+]]: tensor<4xf32>) -> tensor<4xf32>
// CHECK-NEXT:    %[[F:.+]] = "stablehlo.async_start"(%[[X]]) ({
// CHECK-NEXT:    ^bb0(%[[V:.+]]: tensor<4xf32>):
// CHECK-NEXT:      %[[R:.+]] = "stablehlo.all_gather"(%[[V]]) <{all_gather_dim = 0 : i64, replica_groups = dense<0> : tensor<1x1xi64>}> : (tensor<4xf32>) -> tensor<4xf32>
// CHECK-NEXT:      stablehlo.return %[[R]] : tensor<4xf32>
// CHECK-NEXT:    }) : (tensor<4xf32>) -> !stablehlo.future<tensor<4xf32>>
// CHECK-NEXT:    %{{.+}} = "stablehlo.async_done"(%[[F]]) : (!stablehlo.future<tensor<4xf32>>) -> tensor<4xf32>
func.func @all_reduce(%x: tensor<4xf32>) -> tensor<4xf32> {
  %f = "stablehlo.async_start"(%x) ({
  ^bb0(%v: tensor<4xf32>):
    %r = "stablehlo.all_gather"(%v) <{all_gather_dim = 0 : i64, replica_groups = dense<0> : tensor<1x1xi64>}> : (tensor<4xf32>) -> tensor<4xf32>
    stablehlo.return %r : tensor<4xf32>
  }) : (tensor<4xf32>) -> !stablehlo.future<tensor<4xf32>>
  %y = "stablehlo.async_done"(%f) : (!stablehlo.future<tensor<4xf32>>) -> tensor<4xf32>
  return %y : tensor<4xf32>
}
