// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @matrix(
// CHECK-SAME:    %[[X:.+]]: tensor<4x5xf32>, %[[I:.+]]: tensor<i32>, %[[J:.+]]: tensor<i32>) -> tensor<1x5xf32>
// CHECK-NEXT:    %{{.+}} = stablehlo.dynamic_slice %[[X]], %[[I]], %[[J]], sizes = [1, 5] : (tensor<4x5xf32>, tensor<i32>, tensor<i32>) -> tensor<1x5xf32>
func.func @matrix(%x: tensor<4x5xf32>, %i: tensor<i32>, %j: tensor<i32>) -> tensor<1x5xf32> {
  %y = stablehlo.dynamic_slice %x, %i, %j, sizes = [1, 5] : (tensor<4x5xf32>, tensor<i32>, tensor<i32>) -> tensor<1x5xf32>
  return %y : tensor<1x5xf32>
}
