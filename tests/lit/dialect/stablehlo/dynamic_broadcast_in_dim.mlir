// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @known_expanding(
// CHECK-SAME:    %[[X:.+]]: tensor<?xf32>, %[[SHAPE:.+]]: tensor<2xi32>) -> tensor<?x?xf32>
// CHECK-NEXT:    %{{.+}} = stablehlo.dynamic_broadcast_in_dim %[[X]], %[[SHAPE]], dims = [1] {known_expanding_dimensions = array<i64>, known_nonexpanding_dimensions = array<i64: 0>} : (tensor<?xf32>, tensor<2xi32>) -> tensor<?x?xf32>
func.func @known_expanding(%x: tensor<?xf32>, %shape: tensor<2xi32>) -> tensor<?x?xf32> {
  %y = stablehlo.dynamic_broadcast_in_dim %x, %shape, dims = [1] {known_expanding_dimensions = array<i64>, known_nonexpanding_dimensions = array<i64: 0>} : (tensor<?xf32>, tensor<2xi32>) -> tensor<?x?xf32>
  return %y : tensor<?x?xf32>
}

// CHECK-LABEL: func.func @scalar(
// CHECK-SAME:    %[[X:.+]]: tensor<f32>, %[[SHAPE:.+]]: tensor<2xi64>) -> tensor<?x3xf32>
// CHECK-NEXT:    %{{.+}} = stablehlo.dynamic_broadcast_in_dim %[[X]], %[[SHAPE]], dims = [] : (tensor<f32>, tensor<2xi64>) -> tensor<?x3xf32>
func.func @scalar(%x: tensor<f32>, %shape: tensor<2xi64>) -> tensor<?x3xf32> {
  %y = stablehlo.dynamic_broadcast_in_dim %x, %shape, dims = [] : (tensor<f32>, tensor<2xi64>) -> tensor<?x3xf32>
  return %y : tensor<?x3xf32>
}
