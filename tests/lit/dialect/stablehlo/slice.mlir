// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @strided(
// CHECK-SAME:    %[[X:.+]]: tensor<8x4xf32>) -> tensor<3x2xf32>
// CHECK-NEXT:    %{{.+}} = stablehlo.slice %[[X]] [1:6:2, 0:2] : (tensor<8x4xf32>) -> tensor<3x2xf32>
func.func @strided(%x: tensor<8x4xf32>) -> tensor<3x2xf32> {
  %y = stablehlo.slice %x [1:6:2, 0:2] : (tensor<8x4xf32>) -> tensor<3x2xf32>
  return %y : tensor<3x2xf32>
}

// CHECK-LABEL: func.func @scalar(
// CHECK-SAME:    %[[X:.+]]: tensor<f32>) -> tensor<f32>
// CHECK-NEXT:    %{{.+}} = stablehlo.slice %[[X]] [] : (tensor<f32>) -> tensor<f32>
func.func @scalar(%x: tensor<f32>) -> tensor<f32> {
  %y = stablehlo.slice %x [] : (tensor<f32>) -> tensor<f32>
  return %y : tensor<f32>
}
