// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @interior_and_negative(
// CHECK-SAME:    %[[X:.+]]: tensor<2x3xf32>, %[[VALUE:.+]]: tensor<f32>) -> tensor<4x4xf32>
// CHECK-NEXT:    %{{.+}} = stablehlo.pad %[[X]], %[[VALUE]], low = [1, -1], high = [0, 0], interior = [1, 1] : (tensor<2x3xf32>, tensor<f32>) -> tensor<4x4xf32>
func.func @interior_and_negative(%x: tensor<2x3xf32>, %value: tensor<f32>) -> tensor<4x4xf32> {
  %y = stablehlo.pad %x, %value, low = [1, -1], high = [0, 0], interior = [1, 1] : (tensor<2x3xf32>, tensor<f32>) -> tensor<4x4xf32>
  return %y : tensor<4x4xf32>
}
