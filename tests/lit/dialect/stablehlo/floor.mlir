// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @static(
// CHECK-SAME:    %[[X:.+]]: tensor<2x3xf32>) -> tensor<2x3xf32>
// CHECK-NEXT:    %{{.+}} = stablehlo.floor %[[X]] : tensor<2x3xf32>
func.func @static(%x: tensor<2x3xf32>) -> tensor<2x3xf32> {
  %y = stablehlo.floor %x : tensor<2x3xf32>
  return %y : tensor<2x3xf32>
}

// CHECK-LABEL: func.func @dynamic(
// CHECK-SAME:    %[[X:.+]]: tensor<?x3xbf16>) -> tensor<?x3xbf16>
// CHECK-NEXT:    %{{.+}} = stablehlo.floor %[[X]] : tensor<?x3xbf16>
func.func @dynamic(%x: tensor<?x3xbf16>) -> tensor<?x3xbf16> {
  %y = stablehlo.floor %x : tensor<?x3xbf16>
  return %y : tensor<?x3xbf16>
}

// CHECK-LABEL: func.func @f8(
// CHECK-SAME:    %[[X:.+]]: tensor<f8E4M3FN>) -> tensor<f8E4M3FN>
// CHECK-NEXT:    %{{.+}} = stablehlo.floor %[[X]] : tensor<f8E4M3FN>
func.func @f8(%x: tensor<f8E4M3FN>) -> tensor<f8E4M3FN> {
  %y = stablehlo.floor %x : tensor<f8E4M3FN>
  return %y : tensor<f8E4M3FN>
}
