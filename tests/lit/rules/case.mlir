// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -split-input-file | FileCheck %s

// The branch that was run is run backward, with its log-det. What branches
// capture from outside is captured again.

// CHECK-LABEL: func.func @both.inverse(
// CHECK-SAME:    %[[I:.+]]: tensor<i32>, %[[K:.+]]: tensor<4xf32>, %[[Y:.+]]: tensor<4xf32>)
// CHECK:         %[[X:.+]]:2 = "stablehlo.case"(%[[I]]) ({
// CHECK:           %[[LOG:.+]] = stablehlo.log %[[Y]]
// CHECK:           %[[SHARE:.+]] = stablehlo.negate %[[LOG]]
// CHECK:           stablehlo.return %[[LOG]], %[[SHARE]]
// CHECK:         }, {
// CHECK:           %[[SUM:.+]] = stablehlo.subtract %[[Y]], %[[K]]
// CHECK:           %[[ZERO:.+]] = stablehlo.constant dense<0.000000e+00>
// CHECK:           stablehlo.return %[[SUM]], %[[ZERO]]
// CHECK:         }) : (tensor<i32>) -> (tensor<4xf32>, tensor<4xf32>)
// CHECK:         return %[[X]]#0, %[[X]]#1
func.func @both(%i: tensor<i32>, %k: tensor<4xf32>, %x: tensor<4xf32> {invhlo.unknown}) -> tensor<4xf32> {
  %y = "stablehlo.case"(%i) ({
    %a = stablehlo.exponential %x : tensor<4xf32>
    stablehlo.return %a : tensor<4xf32>
  }, {
    %a = stablehlo.add %x, %k : tensor<4xf32>
    stablehlo.return %a : tensor<4xf32>
  }) : (tensor<i32>) -> tensor<4xf32>
  return %y : tensor<4xf32>
}

// -----

// What only some branches find is found by others.

// CHECK-LABEL: func.func @part.inverse(
// CHECK:         "stablehlo.case"
// CHECK:           stablehlo.return %{{.+}} : tensor<2xf32>
// CHECK:           stablehlo.return %{{.+}} : tensor<2xf32>
// CHECK:         }) : (tensor<i32>) -> tensor<2xf32>
func.func @part(%i: tensor<i32>, %x: tensor<4xf32> {invhlo.unknown}) -> (tensor<2xf32>, tensor<2xf32>) {
  %y = "stablehlo.case"(%i) ({
    %a = stablehlo.slice %x [1:4] : (tensor<4xf32>) -> tensor<3xf32>
    %b = stablehlo.slice %a [1:3] : (tensor<3xf32>) -> tensor<2xf32>
    stablehlo.return %b : tensor<2xf32>
  }, {
    %a = stablehlo.slice %x [2:4] : (tensor<4xf32>) -> tensor<2xf32>
    stablehlo.return %a : tensor<2xf32>
  }) : (tensor<i32>) -> tensor<2xf32>
  %z = stablehlo.slice %x [0:2] : (tensor<4xf32>) -> tensor<2xf32>
  return %y, %z : tensor<2xf32>, tensor<2xf32>
}

// -----

// With all that it captures known, it is evaluated forward.

// CHECK-LABEL: func.func @known.inverse(
// CHECK:         %[[K:.+]] = "stablehlo.case"
// CHECK:         stablehlo.subtract %{{.+}}, %[[K]]
func.func @known(%i: tensor<i32>, %k: tensor<4xf32>, %x: tensor<4xf32> {invhlo.unknown}) -> tensor<4xf32> {
  %l = "stablehlo.case"(%i) ({
    %a = stablehlo.exponential %k : tensor<4xf32>
    stablehlo.return %a : tensor<4xf32>
  }, {
    stablehlo.return %k : tensor<4xf32>
  }) : (tensor<i32>) -> tensor<4xf32>
  %y = stablehlo.add %x, %l : tensor<4xf32>
  return %y : tensor<4xf32>
}
