// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @last_dims(
// CHECK-SAME:    %[[A:.+]]: tensor<2x3xf32>, %[[B:.+]]: tensor<3xf32>) -> tensor<2x3xf32>
// CHECK-NEXT:    %{{.+}} = chlo.broadcast_remainder %[[A]], %[[B]] : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xf32>
func.func @last_dims(%a: tensor<2x3xf32>, %b: tensor<3xf32>) -> tensor<2x3xf32> {
  %y = chlo.broadcast_remainder %a, %b : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xf32>
  return %y : tensor<2x3xf32>
}

// CHECK-LABEL: func.func @given_dims(
// CHECK-SAME:    %[[A:.+]]: tensor<2xf32>, %[[B:.+]]: tensor<2x3xf32>) -> tensor<2x3xf32>
// CHECK-NEXT:    %{{.+}} = chlo.broadcast_remainder %[[A]], %[[B]] {broadcast_dimensions = array<i64: 0>} : (tensor<2xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>
func.func @given_dims(%a: tensor<2xf32>, %b: tensor<2x3xf32>) -> tensor<2x3xf32> {
  %y = chlo.broadcast_remainder %a, %b {broadcast_dimensions = array<i64: 0>} : (tensor<2xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>
  return %y : tensor<2x3xf32>
}

// CHECK-LABEL: func.func @dynamic(
// CHECK-SAME:    %[[A:.+]]: tensor<?x1xf32>, %[[B:.+]]: tensor<?x3xf32>) -> tensor<?x3xf32>
// CHECK-NEXT:    %{{.+}} = chlo.broadcast_remainder %[[A]], %[[B]] : (tensor<?x1xf32>, tensor<?x3xf32>) -> tensor<?x3xf32>
func.func @dynamic(%a: tensor<?x1xf32>, %b: tensor<?x3xf32>) -> tensor<?x3xf32> {
  %y = chlo.broadcast_remainder %a, %b : (tensor<?x1xf32>, tensor<?x3xf32>) -> tensor<?x3xf32>
  return %y : tensor<?x3xf32>
}
