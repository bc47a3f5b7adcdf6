// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @stable(
// CHECK-SAME:    %[[X:.+]]: tensor<4xf32>) -> tensor<4xf32>
// CHECK-NEXT:    %{{.+}} = "stablehlo.sort"(%[[X]]) <{dimension = 0 : i64, is_stable = true}> ({
// CHECK-NEXT:    ^bb0(%[[A:.+]]: tensor<f32>, %[[B:.+]]: tensor<f32>):
// CHECK-NEXT:      %[[P:.+]] = stablehlo.compare LT, %[[A]], %[[B]], TOTALORDER : (tensor<f32>, tensor<f32>) -> tensor<i1>
// CHECK-NEXT:      stablehlo.return %[[P]] : tensor<i1>
// CHECK-NEXT:    }) : (tensor<4xf32>) -> tensor<4xf32>
func.func @stable(%x: tensor<4xf32>) -> tensor<4xf32> {
  %y = "stablehlo.sort"(%x) <{dimension = 0 : i64, is_stable = true}> ({
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    %p = stablehlo.compare LT, %a, %b, TOTALORDER : (tensor<f32>, tensor<f32>) -> tensor<i1>
    stablehlo.return %p : tensor<i1>
  }) : (tensor<4xf32>) -> tensor<4xf32>
  return %y : tensor<4xf32>
}

// CHECK-LABEL: func.func @keys_and_values(
// CHECK-SAME:    %[[K:.+]]: tensor<2x4xi32>, %[[V:.+]]: tensor<2x4xf32>) -> (tensor<2x4xi32>, tensor<2x4xf32>)
// CHECK-NEXT:    %{{.+}}:2 = "stablehlo.sort"(%[[K]], %[[V]]) <{dimension = 1 : i64}> ({
// CHECK-NEXT:    ^bb0(%[[A:.+]]: tensor<i32>, %[[B:.+]]: tensor<i32>, %{{.+}}: tensor<f32>, %{{.+}}: tensor<f32>):
// CHECK-NEXT:      %[[P:.+]] = stablehlo.compare LT, %[[A]], %[[B]], SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
// CHECK-NEXT:      stablehlo.return %[[P]] : tensor<i1>
// CHECK-NEXT:    }) : (tensor<2x4xi32>, tensor<2x4xf32>) -> (tensor<2x4xi32>, tensor<2x4xf32>)
func.func @keys_and_values(%k: tensor<2x4xi32>, %v: tensor<2x4xf32>) -> (tensor<2x4xi32>, tensor<2x4xf32>) {
  %y:2 = "stablehlo.sort"(%k, %v) <{dimension = 1 : i64}> ({
  ^bb0(%a: tensor<i32>, %b: tensor<i32>, %c: tensor<f32>, %d: tensor<f32>):
    %p = stablehlo.compare LT, %a, %b, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
    stablehlo.return %p : tensor<i1>
  }) : (tensor<2x4xi32>, tensor<2x4xf32>) -> (tensor<2x4xi32>, tensor<2x4xf32>)
  return %y#0, %y#1 : tensor<2x4xi32>, tensor<2x4xf32>
}
