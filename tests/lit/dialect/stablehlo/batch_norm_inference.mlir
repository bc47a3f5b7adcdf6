// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @features_last(
// CHECK-SAME:    %[[X:.+]]: tensor<8x4xf32>, %[[SCALE:.+]]: tensor<4xf32>, %[[OFFSET:.+]]: tensor<4xf32>, %[[MEAN:.+]]: tensor<4xf32>, %[[VARIANCE:.+]]: tensor<4xf32>) -> tensor<8x4xf32>
// CHECK-NEXT:    %{{.+}} = "stablehlo.batch_norm_inference"(%[[X]], %[[SCALE]], %[[OFFSET]], %[[MEAN]], %[[VARIANCE]]) <{epsilon = 1.000000e-03 : f32, feature_index = 1 : i64}> : (tensor<8x4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) -> tensor<8x4xf32>
func.func @features_last(%x: tensor<8x4xf32>, %scale: tensor<4xf32>, %offset: tensor<4xf32>, %mean: tensor<4xf32>, %variance: tensor<4xf32>) -> tensor<8x4xf32> {
  %y = "stablehlo.batch_norm_inference"(%x, %scale, %offset, %mean, %variance) <{epsilon = 1.000000e-03 : f32, feature_index = 1 : i64}> : (tensor<8x4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) -> tensor<8x4xf32>
  return %y : tensor<8x4xf32>
}
