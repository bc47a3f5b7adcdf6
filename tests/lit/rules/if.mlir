// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert -split-input-file | FileCheck %s

// The branch that was run is run backward, in branches as well.

// CHECK-LABEL: func.func @nested.inverse(
// CHECK-SAME:    %[[P:.+]]: tensor<i1>, %[[Q:.+]]: tensor<i1>, %[[Y:.+]]: tensor<f32>)
// CHECK:         %[[X:.+]] = "stablehlo.if"(%[[P]]) ({
// CHECK:           %[[INNER:.+]] = "stablehlo.if"(%[[Q]]) ({
// CHECK:             stablehlo.log %[[Y]]
// CHECK:           }, {
// CHECK:             stablehlo.negate %[[Y]]
// CHECK:           })
// CHECK:           stablehlo.return %[[INNER]]
// CHECK:         }, {
// CHECK:           stablehlo.return %[[Y]]
// CHECK:         })
// CHECK:         return %[[X]]
func.func @nested(%p: tensor<i1>, %q: tensor<i1>, %x: tensor<f32> {invhlo.unknown}) -> tensor<f32> {
  %y = "stablehlo.if"(%p) ({
    %a = "stablehlo.if"(%q) ({
      %b = stablehlo.exponential %x : tensor<f32>
      stablehlo.return %b : tensor<f32>
    }, {
      %b = stablehlo.negate %x : tensor<f32>
      stablehlo.return %b : tensor<f32>
    }) : (tensor<i1>) -> tensor<f32>
    stablehlo.return %a : tensor<f32>
  }, {
    stablehlo.return %x : tensor<f32>
  }) : (tensor<i1>) -> tensor<f32>
  return %y : tensor<f32>
}
