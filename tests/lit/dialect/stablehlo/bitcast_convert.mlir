// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @same_width(
// CHECK-SAME:    %[[X:.+]]: tensor<2xf32>) -> tensor<2xui32>
// CHECK-NEXT:    %{{.+}} = stablehlo.bitcast_convert %[[X]] : (tensor<2xf32>) -> tensor<2xui32>
func.func @same_width(%x: tensor<2xf32>) -> tensor<2xui32> {
  %y = stablehlo.bitcast_convert %x : (tensor<2xf32>) -> tensor<2xui32>
  return %y : tensor<2xui32>
}

// CHECK-LABEL: func.func @split_and_join(
// CHECK-SAME:    %[[X:.+]]: tensor<2xui32>) -> tensor<2xui32>
// CHECK-NEXT:    %[[Y:.+]] = stablehlo.bitcast_convert %[[X]] : (tensor<2xui32>) -> tensor<2x4xui8>
// CHECK-NEXT:    %{{.+}} = stablehlo.bitcast_convert %[[Y]] : (tensor<2x4xui8>) -> tensor<2xui32>
func.func @split_and_join(%x: tensor<2xui32>) -> tensor<2xui32> {
  %y = stablehlo.bitcast_convert %x : (tensor<2xui32>) -> tensor<2x4xui8>
  %z = stablehlo.bitcast_convert %y : (tensor<2x4xui8>) -> tensor<2xui32>
  return %z : tensor<2xui32>
}
