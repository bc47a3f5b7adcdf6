// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @elementwise(
// CHECK-SAME:    %[[LO:.+]]: tensor<2xf32>, %[[X:.+]]: tensor<2xf32>, %[[HI:.+]]: tensor<2xf32>) -> tensor<2xf32>
// CHECK-NEXT:    %{{.+}} = stablehlo.clamp %[[LO]], %[[X]], %[[HI]] : tensor<2xf32>
func.func @elementwise(%lo: tensor<2xf32>, %x: tensor<2xf32>, %hi: tensor<2xf32>) -> tensor<2xf32> {
  %y = stablehlo.clamp %lo, %x, %hi : tensor<2xf32>
  return %y : tensor<2xf32>
}

// CHECK-LABEL: func.func @scalar_bounds(
// CHECK-SAME:    %[[LO:.+]]: tensor<f32>, %[[X:.+]]: tensor<2xf32>, %[[HI:.+]]: tensor<f32>) -> tensor<2xf32>
// CHECK-NEXT:    %{{.+}} = stablehlo.clamp %[[LO]], %[[X]], %[[HI]] : (tensor<f32>, tensor<2xf32>, tensor<f32>) -> tensor<2xf32>
func.func @scalar_bounds(%lo: tensor<f32>, %x: tensor<2xf32>, %hi: tensor<f32>) -> tensor<2xf32> {
  %y = stablehlo.clamp %lo, %x, %hi : (tensor<f32>, tensor<2xf32>, tensor<f32>) -> tensor<2xf32>
  return %y : tensor<2xf32>
}
