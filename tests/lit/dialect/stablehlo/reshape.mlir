// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @matrix(
// CHECK-SAME:    %[[X:.+]]: tensor<6xf32>) -> tensor<2x3xf32>
// CHECK-NEXT:    %{{.+}} = stablehlo.reshape %[[X]] : (tensor<6xf32>) -> tensor<2x3xf32>
func.func @matrix(%x: tensor<6xf32>) -> tensor<2x3xf32> {
  %y = stablehlo.reshape %x : (tensor<6xf32>) -> tensor<2x3xf32>
  return %y : tensor<2x3xf32>
}

// CHECK-LABEL: func.func @scalar(
// CHECK-SAME:    %[[X:.+]]: tensor<1x1xi8>) -> tensor<i8>
// CHECK-NEXT:    %{{.+}} = stablehlo.reshape %[[X]] : (tensor<1x1xi8>) -> tensor<i8>
func.func @scalar(%x: tensor<1x1xi8>) -> tensor<i8> {
  %y = stablehlo.reshape %x : (tensor<1x1xi8>) -> tensor<i8>
  return %y : tensor<i8>
}
