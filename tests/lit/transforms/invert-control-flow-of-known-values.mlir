// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert -cse -split-input-file | FileCheck %s

// A loop over known values goes forward.

// CHECK-LABEL: func.func @loop.inverse(
// CHECK-SAME:    %[[K:.+]]: tensor<2xf32>, %[[Y:.+]]: tensor<2xf32>)
// CHECK:         %[[L:.+]]:2 = stablehlo.while({{.+}}, %{{.+}} = %[[K]])
// CHECK:         cond {
// CHECK:           stablehlo.compare LT,
// CHECK:         } do {
// CHECK:           stablehlo.add %{{.+}}, %[[K]]
// CHECK:           stablehlo.return
// CHECK:         %[[X:.+]] = stablehlo.divide %[[Y]], %[[L]]#1
// CHECK:         return %[[X]]
func.func @loop(%k: tensor<2xf32>, %x: tensor<2xf32> {invhlo.unknown}) -> tensor<2xf32> {
  %zero = stablehlo.constant dense<0> : tensor<i32>
  %n = stablehlo.constant dense<3> : tensor<i32>
  %one = stablehlo.constant dense<1> : tensor<i32>
  %r:2 = stablehlo.while(%i = %zero, %v = %k) : tensor<i32>, tensor<2xf32>
  cond {
    %p = stablehlo.compare LT, %i, %n, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
    stablehlo.return %p : tensor<i1>
  } do {
    %j = stablehlo.add %i, %one : tensor<i32>
    %w = stablehlo.add %v, %k : tensor<2xf32>
    stablehlo.return %j, %w : tensor<i32>, tensor<2xf32>
  }
  %y = stablehlo.multiply %x, %r#1 : tensor<2xf32>
  return %y : tensor<2xf32>
}

// -----

// Branches that are chosen by a known value go forward.

// CHECK-LABEL: func.func @branches.inverse(
// CHECK-SAME:    %[[I:.+]]: tensor<i32>, %[[K:.+]]: tensor<2xf32>, %[[Y:.+]]: tensor<2xf32>)
// CHECK:         %[[L:.+]] = "stablehlo.case"(%[[I]]) ({
// CHECK:           stablehlo.return %[[K]]
// CHECK:         }, {
// CHECK:           %[[SINE:.+]] = stablehlo.sine %[[K]]
// CHECK:           stablehlo.return %[[SINE]]
// CHECK:         %[[X:.+]] = stablehlo.subtract %[[Y]], %[[L]]
// CHECK:         return %[[X]]
func.func @branches(%i: tensor<i32>, %k: tensor<2xf32>, %x: tensor<2xf32> {invhlo.unknown}) -> tensor<2xf32> {
  %r = "stablehlo.case"(%i) ({
    stablehlo.return %k : tensor<2xf32>
  }, {
    %s = stablehlo.sine %k : tensor<2xf32>
    stablehlo.return %s : tensor<2xf32>
  }) : (tensor<i32>) -> tensor<2xf32>
  %y = stablehlo.add %x, %r : tensor<2xf32>
  return %y : tensor<2xf32>
}

// -----

// A sum of known values goes forward.

// CHECK-LABEL: func.func @sum.inverse(
// CHECK-SAME:    %[[K:.+]]: tensor<3xf32>, %[[Y:.+]]: tensor<f32>)
// CHECK:         %[[L:.+]] = stablehlo.reduce(%[[K]] init: %{{.+}}) applies stablehlo.add across dimensions = [0]
// CHECK:         %[[X:.+]] = stablehlo.subtract %[[L]], %[[Y]]
// CHECK:         return %[[X]]
func.func @sum(%k: tensor<3xf32>, %x: tensor<f32> {invhlo.unknown}) -> tensor<f32> {
  %zero = stablehlo.constant dense<0.0> : tensor<f32>
  %r = stablehlo.reduce(%k init: %zero) applies stablehlo.add across dimensions = [0] : (tensor<3xf32>, tensor<f32>) -> tensor<f32>
  %y = stablehlo.subtract %r, %x : tensor<f32>
  return %y : tensor<f32>
}
