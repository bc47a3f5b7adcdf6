// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @roots(
// CHECK-SAME:    %[[X:.+]]: tensor<4xf32>, %[[Y:.+]]: tensor<i8>, %[[ROOTS:.+]]: tensor<2xi32>) -> (tensor<4xf32>, tensor<i8>)
// CHECK-NEXT:    %{{.+}}:2 = "stablehlo.collective_broadcast"(%[[X]], %[[Y]], %[[ROOTS]]) <{has_dynamic_root, replica_groups = dense<{{\[\[}}2, 1]]> : tensor<1x2xi64>}> : (tensor<4xf32>, tensor<i8>, tensor<2xi32>) -> (tensor<4xf32>, tensor<i8>)
func.func @roots(%x: tensor<4xf32>, %y: tensor<i8>, %roots: tensor<2xi32>) -> (tensor<4xf32>, tensor<i8>) {
  %z:2 = "stablehlo.collective_broadcast"(%x, %y, %roots) <{has_dynamic_root, replica_groups = dense<[[2, 1]]> : tensor<1x2xi64>}> : (tensor<4xf32>, tensor<i8>, tensor<2xi32>) -> (tensor<4xf32>, tensor<i8>)
  return %z#0, %z#1 : tensor<4xf32>, tensor<i8>
}
