// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @channel(
// CHECK-SAME:    %[[X:.+]]: tensor<2x4xf32>) -> tensor<2x8xf32>
// CHECK-NEXT:    %{{.+}} = "stablehlo.all_gather"(%[[X]]) <{all_gather_dim = 1 : i64, channel_handle = #stablehlo.channel_handle<handle = 1, type = 1>, replica_groups = dense<{{\[\[}}0, 2], [1, 3]]> : tensor<2x2xi64>, use_global_device_ids}> : (tensor<2x4xf32>) -> tensor<2x8xf32>
func.func @channel(%x: tensor<2x4xf32>) -> tensor<2x8xf32> {
  %y = "stablehlo.all_gather"(%x) <{all_gather_dim = 1 : i64, channel_handle = #stablehlo.channel_handle<handle = 1, type = 1>, replica_groups = dense<[[0, 2], [1, 3]]> : tensor<2x2xi64>, use_global_device_ids}> : (tensor<2x4xf32>) -> tensor<2x8xf32>
  return %y : tensor<2x8xf32>
}

// CHECK-LABEL: func.func @two_operands(
// CHECK-SAME:    %[[A:.+]]: tensor<2xf32>, %[[B:.+]]: tensor<3xi32>) -> (tensor<4xf32>, tensor<6xi32>)
// CHECK-NEXT:    %{{.+}}:2 = "stablehlo.all_gather"(%[[A]], %[[B]]) <{all_gather_dim = 0 : i64, replica_groups = dense<{{\[\[}}0, 1]]> : tensor<1x2xi64>}> : (tensor<2xf32>, tensor<3xi32>) -> (tensor<4xf32>, tensor<6xi32>)
func.func @two_operands(%a: tensor<2xf32>, %b: tensor<3xi32>) -> (tensor<4xf32>, tensor<6xi32>) {
  %y:2 = "stablehlo.all_gather"(%a, %b) <{all_gather_dim = 0 : i64, replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>}> : (tensor<2xf32>, tensor<3xi32>) -> (tensor<4xf32>, tensor<6xi32>)
  return %y#0, %y#1 : tensor<4xf32>, tensor<6xi32>
}
