// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @cumsum(
// CHECK-SAME:    %[[X:.+]]: tensor<4xf32>, %[[INIT:.+]]: tensor<f32>) -> tensor<4xf32>
// CHECK-NEXT:    %{{.+}} = "stablehlo.reduce_window"(%[[X]], %[[INIT]]) <{base_dilations = array<i64: 1>, padding = dense<{{\[\[}}3, 0]]> : tensor<1x2xi64>, window_dilations = array<i64: 1>, window_dimensions = array<i64: 4>, window_strides = array<i64: 1>}> ({
// CHECK-NEXT:    ^bb0(%[[A:.+]]: tensor<f32>, %[[B:.+]]: tensor<f32>):
// CHECK-NEXT:      %[[C:.+]] = stablehlo.add %[[A]], %[[B]] : tensor<f32>
// CHECK-NEXT:      stablehlo.return %[[C]] : tensor<f32>
// CHECK-NEXT:    }) : (tensor<4xf32>, tensor<f32>) -> tensor<4xf32>
func.func @cumsum(%x: tensor<4xf32>, %init: tensor<f32>) -> tensor<4xf32> {
  %y = "stablehlo.reduce_window"(%x, %init) <{base_dilations = array<i64: 1>, padding = dense<[[3, 0]]> : tensor<1x2xi64>, window_dilations = array<i64: 1>, window_dimensions = array<i64: 4>, window_strides = array<i64: 1>}> ({
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    %c = stablehlo.add %a, %b : tensor<f32>
    stablehlo.return %c : tensor<f32>
  }) : (tensor<4xf32>, tensor<f32>) -> tensor<4xf32>
  return %y : tensor<4xf32>
}

// CHECK-LABEL: func.func @dimensions_only(
// CHECK-SAME:    %[[X:.+]]: tensor<4x4xf32>, %[[INIT:.+]]: tensor<f32>) -> tensor<3x3xf32>
// CHECK-NEXT:    %{{.+}} = "stablehlo.reduce_window"(%[[X]], %[[INIT]]) <{window_dimensions = array<i64: 2, 2>}> ({
// CHECK-NEXT:    ^bb0(%[[A:.+]]: tensor<f32>, %[[B:.+]]: tensor<f32>):
// CHECK-NEXT:      %[[C:.+]] = stablehlo.maximum %[[A]], %[[B]] : tensor<f32>
// CHECK-NEXT:      stablehlo.return %[[C]] : tensor<f32>
// CHECK-NEXT:    }) : (tensor<4x4xf32>, tensor<f32>) -> tensor<3x3xf32>
func.func @dimensions_only(%x: tensor<4x4xf32>, %init: tensor<f32>) -> tensor<3x3xf32> {
  %y = "stablehlo.reduce_window"(%x, %init) <{window_dimensions = array<i64: 2, 2>}> ({
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    %c = stablehlo.maximum %a, %b : tensor<f32>
    stablehlo.return %c : tensor<f32>
  }) : (tensor<4x4xf32>, tensor<f32>) -> tensor<3x3xf32>
  return %y : tensor<3x3xf32>
}
