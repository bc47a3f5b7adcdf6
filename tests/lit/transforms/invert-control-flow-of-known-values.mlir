// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert -cse -split-input-file | FileCheck %s

// Whatever is known goes forward, loops and branches too.

// CHECK-LABEL: func.func @loop.inverse(
// CHECK-SAME:    %[[K:.+]]: tensor<2xf32>, %[[Y:.+]]: tensor<2xf32>)
// CHECK:         %[[C:.+]] = stablehlo.constant dense<0> : tensor<i32>
// CHECK:         %[[C2:.+]] = stablehlo.constant dense<3> : tensor<i32>
// CHECK:         %[[C3:.+]] = stablehlo.constant dense<1> : tensor<i32>
// CHECK:         %[[WHILE:.+]]:2 = stablehlo.while(%{{.+}} = %[[C]], %{{.+}} = %[[K]]) : tensor<i32>, tensor<2xf32>
// CHECK:         cond {
// CHECK:         %[[COMPARE:.+]] = stablehlo.compare LT, %{{.+}}, %[[C2]], SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
// CHECK:         stablehlo.return %[[COMPARE]] : tensor<i1>
// CHECK:         } do {
// CHECK:         %[[ADD:.+]] = stablehlo.add %{{.+}}, %[[C3]] : tensor<i32>
// CHECK:         %[[ADD2:.+]] = stablehlo.add %{{.+}}, %[[K]] : tensor<2xf32>
// CHECK:         stablehlo.return %[[ADD]], %[[ADD2]] : tensor<i32>, tensor<2xf32>
// CHECK:         }
// CHECK:         %[[DIVIDE:.+]] = stablehlo.divide %[[Y]], %[[WHILE]]#1 : tensor<2xf32>
// CHECK:         return %[[DIVIDE]] : tensor<2xf32>
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

// CHECK-LABEL: func.func @branches.inverse(
// CHECK-SAME:    %[[I:.+]]: tensor<i32>, %[[K:.+]]: tensor<2xf32>, %[[Y:.+]]: tensor<2xf32>)
// CHECK:         %[[CASE:.+]] = "stablehlo.case"(%[[I]]) ({
// CHECK:         stablehlo.return %[[K]] : tensor<2xf32>
// CHECK:         }, {
// CHECK:         %[[SINE:.+]] = stablehlo.sine %[[K]] : tensor<2xf32>
// CHECK:         stablehlo.return %[[SINE]] : tensor<2xf32>
// CHECK:         }) : (tensor<i32>) -> tensor<2xf32>
// CHECK:         %[[SUBTRACT:.+]] = stablehlo.subtract %[[Y]], %[[CASE]] : tensor<2xf32>
// CHECK:         return %[[SUBTRACT]] : tensor<2xf32>
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

// CHECK-LABEL: func.func @sum.inverse(
// CHECK-SAME:    %[[K:.+]]: tensor<3xf32>, %[[Y:.+]]: tensor<f32>)
// CHECK:         %[[C:.+]] = stablehlo.constant dense<0.000000e+00> : tensor<f32>
// CHECK:         %[[REDUCE:.+]] = stablehlo.reduce(%[[K]] init: %[[C]]) applies stablehlo.add across dimensions = [0] : (tensor<3xf32>, tensor<f32>) -> tensor<f32>
// CHECK:         %[[SUBTRACT:.+]] = stablehlo.subtract %[[REDUCE]], %[[Y]] : tensor<f32>
// CHECK:         return %[[SUBTRACT]] : tensor<f32>
func.func @sum(%k: tensor<3xf32>, %x: tensor<f32> {invhlo.unknown}) -> tensor<f32> {
  %zero = stablehlo.constant dense<0.0> : tensor<f32>
  %r = stablehlo.reduce(%k init: %zero) applies stablehlo.add across dimensions = [0] : (tensor<3xf32>, tensor<f32>) -> tensor<f32>
  %y = stablehlo.subtract %r, %x : tensor<f32>
  return %y : tensor<f32>
}
