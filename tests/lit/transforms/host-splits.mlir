// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-host-splits -split-input-file | FileCheck %s

// Slices that tile a tensor, in whatever order, are a split; uses between them
// come after it.

// CHECK-LABEL: func.func @tiled(
// CHECK-SAME:    %[[X:.+]]: tensor<2x5xf32>)
// CHECK-NEXT:    %[[PARTS:.+]]:2 = invhlo.split %[[X]], dim = 1
// CHECK-NEXT:    %[[E:.+]] = stablehlo.exponential %[[PARTS]]#1
// CHECK-NEXT:    return %[[PARTS]]#0, %[[E]]
func.func @tiled(%x: tensor<2x5xf32>) -> (tensor<2x2xf32>, tensor<2x3xf32>) {
  %b = stablehlo.slice %x [0:2, 2:5] : (tensor<2x5xf32>) -> tensor<2x3xf32>
  %e = stablehlo.exponential %b : tensor<2x3xf32>
  %a = stablehlo.slice %x [0:2, 0:2] : (tensor<2x5xf32>) -> tensor<2x2xf32>
  return %a, %e : tensor<2x2xf32>, tensor<2x3xf32>
}

// -----

// CHECK-LABEL: func.func @of_a_result(
// CHECK:         %[[T:.+]] = stablehlo.tanh
// CHECK-NEXT:    %[[PARTS:.+]]:3 = invhlo.split %[[T]], dim = 0
// CHECK-NEXT:    return %[[PARTS]]#0, %[[PARTS]]#1, %[[PARTS]]#2
func.func @of_a_result(%x: tensor<3xf32>)
    -> (tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) {
  %t = stablehlo.tanh %x : tensor<3xf32>
  %a = stablehlo.slice %t [0:1] : (tensor<3xf32>) -> tensor<1xf32>
  %c = stablehlo.slice %t [2:3] : (tensor<3xf32>) -> tensor<1xf32>
  %b = stablehlo.slice %t [1:2] : (tensor<3xf32>) -> tensor<1xf32>
  return %a, %b, %c : tensor<1xf32>, tensor<1xf32>, tensor<1xf32>
}

// -----

// What a region slices is split there.

// CHECK-LABEL: func.func @in_a_region(
// CHECK:         "stablehlo.if"
// CHECK-NEXT:      invhlo.split {{.+}}, dim = 0
func.func @in_a_region(%p: tensor<i1>, %x: tensor<2xf32>) -> tensor<1xf32> {
  %y = "stablehlo.if"(%p) ({
    %a = stablehlo.slice %x [0:1] : (tensor<2xf32>) -> tensor<1xf32>
    %b = stablehlo.slice %x [1:2] : (tensor<2xf32>) -> tensor<1xf32>
    %c = stablehlo.subtract %a, %b : tensor<1xf32>
    stablehlo.return %c : tensor<1xf32>
  }, {
    %a = stablehlo.slice %x [0:1] : (tensor<2xf32>) -> tensor<1xf32>
    stablehlo.return %a : tensor<1xf32>
  }) : (tensor<i1>) -> tensor<1xf32>
  return %y : tensor<1xf32>
}

// -----

// Nothing else is one: a part alone, a gap, an overlap, a stride, two
// dimensions that are cut.

// CHECK-NOT: invhlo.split
func.func @alone(%x: tensor<3xf32>) -> tensor<2xf32> {
  %a = stablehlo.slice %x [0:2] : (tensor<3xf32>) -> tensor<2xf32>
  return %a : tensor<2xf32>
}
func.func @gap(%x: tensor<3xf32>) -> (tensor<1xf32>, tensor<1xf32>) {
  %a = stablehlo.slice %x [0:1] : (tensor<3xf32>) -> tensor<1xf32>
  %b = stablehlo.slice %x [2:3] : (tensor<3xf32>) -> tensor<1xf32>
  return %a, %b : tensor<1xf32>, tensor<1xf32>
}
func.func @overlap(%x: tensor<3xf32>) -> (tensor<2xf32>, tensor<2xf32>) {
  %a = stablehlo.slice %x [0:2] : (tensor<3xf32>) -> tensor<2xf32>
  %b = stablehlo.slice %x [1:3] : (tensor<3xf32>) -> tensor<2xf32>
  return %a, %b : tensor<2xf32>, tensor<2xf32>
}
func.func @strided(%x: tensor<4xf32>) -> (tensor<2xf32>, tensor<2xf32>) {
  %a = stablehlo.slice %x [0:4:2] : (tensor<4xf32>) -> tensor<2xf32>
  %b = stablehlo.slice %x [1:4:2] : (tensor<4xf32>) -> tensor<2xf32>
  return %a, %b : tensor<2xf32>, tensor<2xf32>
}
func.func @two_dimensions(%x: tensor<2x2xf32>)
    -> (tensor<1x2xf32>, tensor<2x1xf32>) {
  %a = stablehlo.slice %x [0:1, 0:2] : (tensor<2x2xf32>) -> tensor<1x2xf32>
  %b = stablehlo.slice %x [0:2, 1:2] : (tensor<2x2xf32>) -> tensor<2x1xf32>
  return %a, %b : tensor<1x2xf32>, tensor<2x1xf32>
}
