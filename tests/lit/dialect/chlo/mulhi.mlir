// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @signed(
// CHECK-SAME:    %[[A:.+]]: tensor<3xi32>, %[[B:.+]]: tensor<3xi32>) -> tensor<3xi32>
// CHECK-NEXT:    %{{.+}} = chlo.mulhi %[[A]], %[[B]] : tensor<3xi32>, tensor<3xi32> -> tensor<3xi32>
func.func @signed(%a: tensor<3xi32>, %b: tensor<3xi32>) -> tensor<3xi32> {
  %y = chlo.mulhi %a, %b : tensor<3xi32>, tensor<3xi32> -> tensor<3xi32>
  return %y : tensor<3xi32>
}

// CHECK-LABEL: func.func @unsigned(
// CHECK-SAME:    %[[A:.+]]: tensor<?xui64>, %[[B:.+]]: tensor<?xui64>) -> tensor<?xui64>
// CHECK-NEXT:    %{{.+}} = chlo.mulhi %[[A]], %[[B]] : tensor<?xui64>, tensor<?xui64> -> tensor<?xui64>
func.func @unsigned(%a: tensor<?xui64>, %b: tensor<?xui64>) -> tensor<?xui64> {
  %y = chlo.mulhi %a, %b : tensor<?xui64>, tensor<?xui64> -> tensor<?xui64>
  return %y : tensor<?xui64>
}
