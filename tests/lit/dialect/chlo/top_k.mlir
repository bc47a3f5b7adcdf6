// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @static(
// CHECK-SAME:    %[[X:.+]]: tensor<4x3xf32>) -> (tensor<4x2xf32>, tensor<4x2xi32>)
// CHECK-NEXT:    %{{.+}}, %{{.+}} = chlo.top_k(%[[X]], k = 2) : tensor<4x3xf32> -> (tensor<4x2xf32>, tensor<4x2xi32>)
func.func @static(%x: tensor<4x3xf32>) -> (tensor<4x2xf32>, tensor<4x2xi32>) {
  %v, %i = chlo.top_k(%x, k = 2) : tensor<4x3xf32> -> (tensor<4x2xf32>, tensor<4x2xi32>)
  return %v, %i : tensor<4x2xf32>, tensor<4x2xi32>
}

// CHECK-LABEL: func.func @dynamic(
// CHECK-SAME:    %[[X:.+]]: tensor<?x3xi8>) -> tensor<?x1xi8>
// CHECK-NEXT:    %{{.+}}, %{{.+}} = chlo.top_k(%[[X]], k = 1) {jax.note = "a"} : tensor<?x3xi8> -> (tensor<?x1xi8>, tensor<?x1xi32>)
func.func @dynamic(%x: tensor<?x3xi8>) -> tensor<?x1xi8> {
  %v, %i = chlo.top_k(%x, k = 1) {jax.note = "a"} : tensor<?x3xi8> -> (tensor<?x1xi8>, tensor<?x1xi32>)
  return %v : tensor<?x1xi8>
}
