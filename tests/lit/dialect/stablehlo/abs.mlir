// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @float(
// CHECK-SAME:    %[[X:.+]]: tensor<2x3xf32>) -> tensor<2x3xf32>
// CHECK-NEXT:    %{{.+}} = stablehlo.abs %[[X]] : tensor<2x3xf32>
func.func @float(%x: tensor<2x3xf32>) -> tensor<2x3xf32> {
  %y = stablehlo.abs %x : tensor<2x3xf32>
  return %y : tensor<2x3xf32>
}

// CHECK-LABEL: func.func @dynamic_int(
// CHECK-SAME:    %[[X:.+]]: tensor<?xi8>) -> tensor<?xi8>
// CHECK-NEXT:    %{{.+}} = stablehlo.abs %[[X]] : tensor<?xi8>
func.func @dynamic_int(%x: tensor<?xi8>) -> tensor<?xi8> {
  %y = stablehlo.abs %x : tensor<?xi8>
  return %y : tensor<?xi8>
}

// CHECK-LABEL: func.func @complex(
// CHECK-SAME:    %[[X:.+]]: tensor<3xcomplex<f32>>) -> tensor<3xf32>
// CHECK-NEXT:    %{{.+}} = stablehlo.abs %[[X]] : (tensor<3xcomplex<f32>>) -> tensor<3xf32>
func.func @complex(%x: tensor<3xcomplex<f32>>) -> tensor<3xf32> {
  %y = stablehlo.abs %x : (tensor<3xcomplex<f32>>) -> tensor<3xf32>
  return %y : tensor<3xf32>
}
