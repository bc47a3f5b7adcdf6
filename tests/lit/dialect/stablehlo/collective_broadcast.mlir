// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @groups(
// CHECK-SAME:    %[[X:.+]]: tensor<4xf32>) -> tensor<4xf32>
// CHECK-NEXT:    %{{.+}} = "stablehlo.collective_broadcast"(%[[X]]) <{replica_groups = dense<{{\[\[}}2, 1]]> : tensor<1x2xi64>}> : (tensor<4xf32>) -> tensor<4xf32>
func.func @groups(%x: tensor<4xf32>) -> tensor<4xf32> {
  %y = "stablehlo.collective_broadcast"(%x) <{replica_groups = dense<[[2, 1]]> : tensor<1x2xi64>}> : (tensor<4xf32>) -> tensor<4xf32>
  return %y : tensor<4xf32>
}
