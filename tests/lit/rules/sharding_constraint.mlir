// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -split-input-file | FileCheck %s

// The operand is the result, split alike; and so is its share.

sdy.mesh @mesh = <["x"=2]>
// CHECK-LABEL: func.func @constrained.inverse(
// CHECK:         %[[LOG:.+]] = stablehlo.log
// CHECK:         %[[SHARE:.+]] = stablehlo.negate
// CHECK:         %[[X:.+]] = sdy.sharding_constraint %[[LOG]] <@mesh, [{"x"}]>
// CHECK:         %[[X_SHARE:.+]] = sdy.sharding_constraint %[[SHARE]] <@mesh, [{"x"}]>
// CHECK:         return %[[X]], %[[X_SHARE]]
func.func @constrained(%x: tensor<8xf32>) -> tensor<8xf32> {
  %a = sdy.sharding_constraint %x <@mesh, [{"x"}]> : tensor<8xf32>
  %y = stablehlo.exponential %a : tensor<8xf32>
  return %y : tensor<8xf32>
}

// -----

// It speaks of the whole once all parts are there.

sdy.mesh @mesh = <["x"=2]>
// CHECK-LABEL: func.func @whole.inverse(
// CHECK:         %[[WHOLE:.+]] = stablehlo.concatenate
// CHECK:         %[[X:.+]] = sdy.sharding_constraint %[[WHOLE]] <@mesh, [{}, {"x"}]>
// CHECK:         return %[[X]]
func.func @whole(%x: tensor<4x8xi32>) -> (tensor<4x4xi32>, tensor<4x4xi32>) {
  %a = sdy.sharding_constraint %x <@mesh, [{}, {"x"}]> : tensor<4x8xi32>
  %l = stablehlo.slice %a [0:4, 0:4] : (tensor<4x8xi32>) -> tensor<4x4xi32>
  %r = stablehlo.slice %a [0:4, 4:8] : (tensor<4x8xi32>) -> tensor<4x4xi32>
  return %l, %r : tensor<4x4xi32>, tensor<4x4xi32>
}

// -----

// A part that is needed first keeps what still means the same for it.

sdy.mesh @mesh = <["x"=2, "y"=2]>
// CHECK-LABEL: func.func @part.inverse(
// CHECK-SAME:    %[[K:.+]]: tensor<4x4xf32>,
// CHECK:         sdy.sharding_constraint %[[K]] <@mesh, [{"x"}, {?}]> : tensor<4x4xf32>
func.func @part(%k: tensor<4x4xf32>, %x: tensor<4x4xf32> {invhlo.unknown}) -> tensor<4x8xf32> {
  %b = stablehlo.concatenate %k, %x, dim = 1 : (tensor<4x4xf32>, tensor<4x4xf32>) -> tensor<4x8xf32>
  %a = sdy.sharding_constraint %b <@mesh, [{"x"}, {"y"}]> : tensor<4x8xf32>
  %l = stablehlo.slice %a [0:4, 0:4] : (tensor<4x8xf32>) -> tensor<4x4xf32>
  %r = stablehlo.slice %a [0:4, 4:8] : (tensor<4x8xf32>) -> tensor<4x4xf32>
  %s = stablehlo.sine %l : tensor<4x4xf32>
  %t = stablehlo.add %r, %s : tensor<4x4xf32>
  %y = stablehlo.concatenate %s, %t, dim = 1 : (tensor<4x4xf32>, tensor<4x4xf32>) -> tensor<4x8xf32>
  return %y : tensor<4x8xf32>
}
