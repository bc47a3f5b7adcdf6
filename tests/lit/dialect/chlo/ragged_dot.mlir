// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @ragged_free(
// CHECK-SAME:    %[[LHS:.+]]: tensor<11x5xf32>, %[[RHS:.+]]: tensor<3x5x7xf32>, %[[SIZES:.+]]: tensor<3xi64>) -> tensor<11x7xf32>
// CHECK-NEXT:    %{{.+}} = "chlo.ragged_dot"(%[[LHS]], %[[RHS]], %[[SIZES]]) <{precision_config = [#chlo<precision DEFAULT>, #chlo<precision HIGHEST>], ragged_dot_dimension_numbers = #chlo.ragged_dot<lhs_contracting_dimensions = [1], rhs_contracting_dimensions = [1], lhs_ragged_dimensions = [0], rhs_group_dimensions = [0]>}> : (tensor<11x5xf32>, tensor<3x5x7xf32>, tensor<3xi64>) -> tensor<11x7xf32>
func.func @ragged_free(%lhs: tensor<11x5xf32>, %rhs: tensor<3x5x7xf32>, %sizes: tensor<3xi64>) -> tensor<11x7xf32> {
  %y = "chlo.ragged_dot"(%lhs, %rhs, %sizes) <{precision_config = [#chlo<precision DEFAULT>, #chlo<precision HIGHEST>], ragged_dot_dimension_numbers = #chlo.ragged_dot<lhs_contracting_dimensions = [1], rhs_contracting_dimensions = [1], lhs_ragged_dimensions = [0], rhs_group_dimensions = [0]>}> : (tensor<11x5xf32>, tensor<3x5x7xf32>, tensor<3xi64>) -> tensor<11x7xf32>
  return %y : tensor<11x7xf32>
}

// CHECK-LABEL: func.func @ragged_contracting(
// CHECK-SAME:    %[[LHS:.+]]: tensor<11x5xf32>, %[[RHS:.+]]: tensor<5x7xf32>, %[[SIZES:.+]]: tensor<3xi64>) -> tensor<3x11x7xf32>
// CHECK-NEXT:    %{{.+}} = "chlo.ragged_dot"(%[[LHS]], %[[RHS]], %[[SIZES]]) <{ragged_dot_dimension_numbers = #chlo.ragged_dot<lhs_contracting_dimensions = [1], rhs_contracting_dimensions = [0], lhs_ragged_dimensions = [1]>}> : (tensor<11x5xf32>, tensor<5x7xf32>, tensor<3xi64>) -> tensor<3x11x7xf32>
func.func @ragged_contracting(%lhs: tensor<11x5xf32>, %rhs: tensor<5x7xf32>, %sizes: tensor<3xi64>) -> tensor<3x11x7xf32> {
  %y = "chlo.ragged_dot"(%lhs, %rhs, %sizes) <{ragged_dot_dimension_numbers = #chlo.ragged_dot<lhs_contracting_dimensions = [1], rhs_contracting_dimensions = [0], lhs_ragged_dimensions = [1]>}> : (tensor<11x5xf32>, tensor<5x7xf32>, tensor<3xi64>) -> tensor<3x11x7xf32>
  return %y : tensor<3x11x7xf32>
}

// CHECK-LABEL: func.func @ragged_batching(
// CHECK-SAME:    %[[LHS:.+]]: tensor<3x11x5xf32>, %[[RHS:.+]]: tensor<3x5x7xf32>, %[[SIZES:.+]]: tensor<3xi64>) -> tensor<3x11x7xf32>
// CHECK-NEXT:    %{{.+}} = "chlo.ragged_dot"(%[[LHS]], %[[RHS]], %[[SIZES]]) <{ragged_dot_dimension_numbers = #chlo.ragged_dot<lhs_batching_dimensions = [0], rhs_batching_dimensions = [0], lhs_contracting_dimensions = [2], rhs_contracting_dimensions = [1], lhs_ragged_dimensions = [0]>}> : (tensor<3x11x5xf32>, tensor<3x5x7xf32>, tensor<3xi64>) -> tensor<3x11x7xf32>
func.func @ragged_batching(%lhs: tensor<3x11x5xf32>, %rhs: tensor<3x5x7xf32>, %sizes: tensor<3xi64>) -> tensor<3x11x7xf32> {
  %y = "chlo.ragged_dot"(%lhs, %rhs, %sizes) <{ragged_dot_dimension_numbers = #chlo.ragged_dot<lhs_batching_dimensions = [0], rhs_batching_dimensions = [0], lhs_contracting_dimensions = [2], rhs_contracting_dimensions = [1], lhs_ragged_dimensions = [0]>}> : (tensor<3x11x5xf32>, tensor<3x5x7xf32>, tensor<3xi64>) -> tensor<3x11x7xf32>
  return %y : tensor<3x11x7xf32>
}
