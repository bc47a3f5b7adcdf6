// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @last_dims(
// CHECK-SAME:    %[[A:.+]]: tensor<2x3xi32>, %[[B:.+]]: tensor<3xi32>) -> tensor<2x3xi32>
// CHECK-NEXT:    %{{.+}} = chlo.broadcast_or %[[A]], %[[B]] : (tensor<2x3xi32>, tensor<3xi32>) -> tensor<2x3xi32>
func.func @last_dims(%a: tensor<2x3xi32>, %b: tensor<3xi32>) -> tensor<2x3xi32> {
  %y = chlo.broadcast_or %a, %b : (tensor<2x3xi32>, tensor<3xi32>) -> tensor<2x3xi32>
  return %y : tensor<2x3xi32>
}

// CHECK-LABEL: func.func @given_dims(
// CHECK-SAME:    %[[A:.+]]: tensor<2xi32>, %[[B:.+]]: tensor<2x3xi32>) -> tensor<2x3xi32>
// CHECK-NEXT:    %{{.+}} = chlo.broadcast_or %[[A]], %[[B]] {broadcast_dimensions = array<i64: 0>} : (tensor<2xi32>, tensor<2x3xi32>) -> tensor<2x3xi32>
func.func @given_dims(%a: tensor<2xi32>, %b: tensor<2x3xi32>) -> tensor<2x3xi32> {
  %y = chlo.broadcast_or %a, %b {broadcast_dimensions = array<i64: 0>} : (tensor<2xi32>, tensor<2x3xi32>) -> tensor<2x3xi32>
  return %y : tensor<2x3xi32>
}

// CHECK-LABEL: func.func @dynamic(
// CHECK-SAME:    %[[A:.+]]: tensor<?x1xi32>, %[[B:.+]]: tensor<?x3xi32>) -> tensor<?x3xi32>
// CHECK-NEXT:    %{{.+}} = chlo.broadcast_or %[[A]], %[[B]] : (tensor<?x1xi32>, tensor<?x3xi32>) -> tensor<?x3xi32>
func.func @dynamic(%a: tensor<?x1xi32>, %b: tensor<?x3xi32>) -> tensor<?x3xi32> {
  %y = chlo.broadcast_or %a, %b : (tensor<?x1xi32>, tensor<?x3xi32>) -> tensor<?x3xi32>
  return %y : tensor<?x3xi32>
}
