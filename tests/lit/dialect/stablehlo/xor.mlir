// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @bool(
// CHECK-SAME:    %[[LHS:.+]]: tensor<2x3xi1>, %[[RHS:.+]]: tensor<2x3xi1>) -> tensor<2x3xi1>
// CHECK-NEXT:    %{{.+}} = stablehlo.xor %[[LHS]], %[[RHS]] : tensor<2x3xi1>
func.func @bool(%lhs: tensor<2x3xi1>, %rhs: tensor<2x3xi1>) -> tensor<2x3xi1> {
  %y = stablehlo.xor %lhs, %rhs : tensor<2x3xi1>
  return %y : tensor<2x3xi1>
}

// CHECK-LABEL: func.func @dynamic_unsigned(
// CHECK-SAME:    %[[LHS:.+]]: tensor<?xui64>, %[[RHS:.+]]: tensor<?xui64>) -> tensor<?xui64>
// CHECK-NEXT:    %{{.+}} = stablehlo.xor %[[LHS]], %[[RHS]] : tensor<?xui64>
func.func @dynamic_unsigned(%lhs: tensor<?xui64>, %rhs: tensor<?xui64>) -> tensor<?xui64> {
  %y = stablehlo.xor %lhs, %rhs : tensor<?xui64>
  return %y : tensor<?xui64>
}
