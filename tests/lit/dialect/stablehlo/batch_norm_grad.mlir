// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @features_last(
// CHECK-SAME:    %[[X:.+]]: tensor<8x4xf32>, %[[SCALE:.+]]: tensor<4xf32>, %[[MEAN:.+]]: tensor<4xf32>, %[[VARIANCE:.+]]: tensor<4xf32>, %[[DY:.+]]: tensor<8x4xf32>) -> tensor<8x4xf32>
// CHECK-NEXT:    %{{.+}}, %{{.+}}, %{{.+}} = "stablehlo.batch_norm_grad"(%[[X]], %[[SCALE]], %[[MEAN]], %[[VARIANCE]], %[[DY]]) <{epsilon = 1.000000e-03 : f32, feature_index = 1 : i64}> : (tensor<8x4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<8x4xf32>) -> (tensor<8x4xf32>, tensor<4xf32>, tensor<4xf32>)
func.func @features_last(%x: tensor<8x4xf32>, %scale: tensor<4xf32>, %mean: tensor<4xf32>, %variance: tensor<4xf32>, %dy: tensor<8x4xf32>) -> tensor<8x4xf32> {
  %dx, %ds, %do = "stablehlo.batch_norm_grad"(%x, %scale, %mean, %variance, %dy) <{epsilon = 1.000000e-03 : f32, feature_index = 1 : i64}> : (tensor<8x4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<8x4xf32>) -> (tensor<8x4xf32>, tensor<4xf32>, tensor<4xf32>)
  return %dx : tensor<8x4xf32>
}
