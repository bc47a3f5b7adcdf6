// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert -symbol-dce -split-input-file | FileCheck %s

// Three layers share one inverse.

// CHECK-LABEL: func.func @layers.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<4xf32>)
// CHECK:         %[[C:.+]] = call @layer.inverse(%[[Y]])
// CHECK:         %[[B:.+]] = call @layer.inverse(%[[C]])
// CHECK:         %[[A:.+]] = call @layer.inverse(%[[B]])
// CHECK:         return %[[A]]
// CHECK-LABEL: func.func private @layer.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<4xf32>) -> tensor<4xf32>
// CHECK:         stablehlo.subtract
// CHECK:         stablehlo.divide
// CHECK-NOT:   func.func private
func.func private @layer(%x: tensor<4xf32>) -> tensor<4xf32> {
  %a = stablehlo.slice %x [0:2] : (tensor<4xf32>) -> tensor<2xf32>
  %b = stablehlo.slice %x [2:4] : (tensor<4xf32>) -> tensor<2xf32>
  %s = stablehlo.tanh %a : tensor<2xf32>
  %e = stablehlo.exponential %s : tensor<2xf32>
  %c = stablehlo.multiply %b, %e : tensor<2xf32>
  %d = stablehlo.add %c, %a : tensor<2xf32>
  %y = stablehlo.concatenate %a, %d, dim = 0 : (tensor<2xf32>, tensor<2xf32>) -> tensor<4xf32>
  return %y : tensor<4xf32>
}
func.func @layers(%x: tensor<4xf32>) -> tensor<4xf32> {
  %a = call @layer(%x) : (tensor<4xf32>) -> tensor<4xf32>
  %b = call @layer(%a) : (tensor<4xf32>) -> tensor<4xf32>
  %c = call @layer(%b) : (tensor<4xf32>) -> tensor<4xf32>
  return %c : tensor<4xf32>
}

// -----

// What is known differs, and so do the inverses.

// CHECK-LABEL: func.func @either.inverse(
// CHECK:         call @[[FIRST:scale.inverse[_0-9]*]](
// CHECK:         call @[[SECOND:scale.inverse[_0-9]*]](
// CHECK-DAG:   func.func private @[[FIRST]](
// CHECK-DAG:   func.func private @[[SECOND]](
// CHECK-NOT:   func.func private
func.func private @scale(%a: tensor<2xf32>, %b: tensor<2xf32>) -> tensor<2xf32> {
  %y = stablehlo.divide %a, %b : tensor<2xf32>
  return %y : tensor<2xf32>
}
func.func @either(%k: tensor<2xf32>, %x: tensor<2xf32> {invhlo.unknown}) -> tensor<2xf32> {
  %a = call @scale(%k, %x) : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>
  %y = call @scale(%a, %k) : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>
  return %y : tensor<2xf32>
}

// -----

// Half of an operand is known; the callee passes it on, and returns the rest.

// CHECK-LABEL: func.func @partly.inverse(
// CHECK-SAME:    %[[K:.+]]: tensor<1xf32>,
// CHECK:         call @[[SHIFT:shift.inverse[_0-9]*]](%[[K]], {{.+}} -> tensor<1xf32>
// CHECK:       func.func private @[[SHIFT]](
func.func private @shift(%x: tensor<2xf32>) -> tensor<2xf32> {
  %a = stablehlo.slice %x [0:1] : (tensor<2xf32>) -> tensor<1xf32>
  %b = stablehlo.slice %x [1:2] : (tensor<2xf32>) -> tensor<1xf32>
  %c = stablehlo.add %a, %b : tensor<1xf32>
  %d = stablehlo.sine %a : tensor<1xf32>
  %y = stablehlo.concatenate %d, %c, dim = 0 : (tensor<1xf32>, tensor<1xf32>) -> tensor<2xf32>
  return %y : tensor<2xf32>
}
func.func @partly(%k: tensor<1xf32>, %x: tensor<1xf32> {invhlo.unknown}) -> tensor<2xf32> {
  %c = stablehlo.concatenate %k, %x, dim = 0 : (tensor<1xf32>, tensor<1xf32>) -> tensor<2xf32>
  %y = call @shift(%c) : (tensor<2xf32>) -> tensor<2xf32>
  return %y : tensor<2xf32>
}
