// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @signed(
// CHECK-SAME:    %[[LHS:.+]]: tensor<2x3xi32>, %[[RHS:.+]]: tensor<2x3xi32>) -> tensor<2x3xi32>
// CHECK-NEXT:    %{{.+}} = stablehlo.shift_right_arithmetic %[[LHS]], %[[RHS]] : tensor<2x3xi32>
func.func @signed(%lhs: tensor<2x3xi32>, %rhs: tensor<2x3xi32>) -> tensor<2x3xi32> {
  %y = stablehlo.shift_right_arithmetic %lhs, %rhs : tensor<2x3xi32>
  return %y : tensor<2x3xi32>
}

// CHECK-LABEL: func.func @dynamic_unsigned(
// CHECK-SAME:    %[[LHS:.+]]: tensor<?xui8>, %[[RHS:.+]]: tensor<?xui8>) -> tensor<?xui8>
// CHECK-NEXT:    %{{.+}} = stablehlo.shift_right_arithmetic %[[LHS]], %[[RHS]] : tensor<?xui8>
func.func @dynamic_unsigned(%lhs: tensor<?xui8>, %rhs: tensor<?xui8>) -> tensor<?xui8> {
  %y = stablehlo.shift_right_arithmetic %lhs, %rhs : tensor<?xui8>
  return %y : tensor<?xui8>
}
