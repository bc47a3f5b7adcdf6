// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @matvec(
// CHECK-SAME:    %[[A:.+]]: tensor<2x3xf32>, %[[B:.+]]: tensor<3xf32>) -> tensor<2xf32>
// CHECK-NEXT:    %{{.+}} = stablehlo.dot %[[A]], %[[B]], precision = [HIGHEST, DEFAULT] : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2xf32>
func.func @matvec(%a: tensor<2x3xf32>, %b: tensor<3xf32>) -> tensor<2xf32> {
  %y = stablehlo.dot %a, %b, precision = [HIGHEST, DEFAULT] : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2xf32>
  return %y : tensor<2xf32>
}

// CHECK-LABEL: func.func @matmul(
// CHECK-SAME:    %[[A:.+]]: tensor<2x?xi8>, %[[B:.+]]: tensor<?x4xi8>) -> tensor<2x4xi32>
// CHECK-NEXT:    %{{.+}} = stablehlo.dot %[[A]], %[[B]] : (tensor<2x?xi8>, tensor<?x4xi8>) -> tensor<2x4xi32>
func.func @matmul(%a: tensor<2x?xi8>, %b: tensor<?x4xi8>) -> tensor<2x4xi32> {
  %y = stablehlo.dot %a, %b : (tensor<2x?xi8>, tensor<?x4xi8>) -> tensor<2x4xi32>
  return %y : tensor<2x4xi32>
}
