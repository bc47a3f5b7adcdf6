// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert -cse -split-input-file | FileCheck %s

// Of slices that overlap, each element is taken from one.

// CHECK-LABEL: func.func @overlap.inverse(
// CHECK-SAME:    %[[B:.+]]: tensor<2xf32>, %[[A:.+]]: tensor<2xf32>, %[[C:.+]]: tensor<2xf32>)
// CHECK-DAG:     %[[FIRST:.+]] = stablehlo.slice %[[A]] [0:1]
// CHECK-DAG:     %[[LAST:.+]] = stablehlo.slice %[[C]] [1:2]
// CHECK:         %[[X:.+]] = stablehlo.concatenate %[[FIRST]], %[[B]], %[[LAST]], dim = 0
// CHECK:         return %[[X]]
func.func @overlap(%x: tensor<4xf32>) -> (tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) {
  %a = stablehlo.slice %x [0:2] : (tensor<4xf32>) -> tensor<2xf32>
  %b = stablehlo.slice %x [1:3] : (tensor<4xf32>) -> tensor<2xf32>
  %c = stablehlo.slice %x [2:4] : (tensor<4xf32>) -> tensor<2xf32>
  return %b, %a, %c : tensor<2xf32>, tensor<2xf32>, tensor<2xf32>
}

// -----

// One value sliced twice alike.

// CHECK-LABEL: func.func @twice.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<4xf32>)
// CHECK-DAG:     %[[D:.+]] = stablehlo.slice %[[Y]] [0:2]
// CHECK-DAG:     %[[A:.+]] = stablehlo.slice %[[Y]] [2:4]
// CHECK:         %[[S:.+]] = stablehlo.sine %[[A]]
// CHECK:         %[[B:.+]] = stablehlo.subtract %[[D]], %[[S]]
// CHECK:         %[[X:.+]] = stablehlo.concatenate %[[A]], %[[B]], dim = 0
// CHECK:         return %[[X]]
func.func @twice(%x: tensor<4xf32>) -> tensor<4xf32> {
  %b = stablehlo.slice %x [2:4] : (tensor<4xf32>) -> tensor<2xf32>
  %a = stablehlo.slice %x [0:2] : (tensor<4xf32>) -> tensor<2xf32>
  %again = stablehlo.slice %x [0:2] : (tensor<4xf32>) -> tensor<2xf32>
  %s = stablehlo.sine %again : tensor<2xf32>
  %d = stablehlo.add %b, %s : tensor<2xf32>
  %y = stablehlo.concatenate %d, %a, dim = 0 : (tensor<2xf32>, tensor<2xf32>) -> tensor<4xf32>
  return %y : tensor<4xf32>
}

// -----

// A running difference: each element from the one before.

// CHECK-LABEL: func.func @differences.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[FIRST:.+]] = stablehlo.slice %[[Y]] [0:1]
// CHECK:         %[[D:.+]] = stablehlo.slice %[[Y]] [1:3]
// CHECK:         %[[STEP:.+]] = stablehlo.slice %[[D]] [0:1]
// CHECK:         %[[SECOND:.+]] = stablehlo.add %[[STEP]], %[[FIRST]]
// CHECK:         %[[BEFORE:.+]] = stablehlo.concatenate %[[FIRST]], %[[SECOND]], dim = 0
// CHECK:         %[[AFTER:.+]] = stablehlo.add %[[D]], %[[BEFORE]]
// CHECK:         %[[THIRD:.+]] = stablehlo.slice %[[AFTER]] [1:2]
// CHECK:         %[[X:.+]] = stablehlo.concatenate %[[FIRST]], %[[SECOND]], %[[THIRD]], dim = 0
// CHECK:         return %[[X]]
func.func @differences(%x: tensor<3xf32>) -> tensor<3xf32> {
  %first = stablehlo.slice %x [0:1] : (tensor<3xf32>) -> tensor<1xf32>
  %after = stablehlo.slice %x [1:3] : (tensor<3xf32>) -> tensor<2xf32>
  %before = stablehlo.slice %x [0:2] : (tensor<3xf32>) -> tensor<2xf32>
  %d = stablehlo.subtract %after, %before : tensor<2xf32>
  %y = stablehlo.concatenate %first, %d, dim = 0 : (tensor<1xf32>, tensor<2xf32>) -> tensor<3xf32>
  return %y : tensor<3xf32>
}
