// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-raise-branches -invhlo-invert="log-det=shares" -cse -split-input-file -verify-diagnostics | FileCheck %s

// The result tells the branch: one inverse is run, and below -1 there is none.

// CHECK-LABEL: func.func @result.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<f32>)
// CHECK:         %[[NONE:.+]] = stablehlo.constant dense<2> : tensor<i32>
// CHECK:         %[[LEAST:.+]] = stablehlo.compare GE, %[[Y]], %
// CHECK:         %[[MOST:.+]] = stablehlo.compare LE, %[[Y]], %
// CHECK:         %[[BELOW:.+]] = stablehlo.and %[[LEAST]], %[[MOST]]
// CHECK:         %[[ABOVE:.+]] = stablehlo.compare GT, %[[Y]], %
// CHECK:         %[[I:.+]] = stablehlo.select %[[ABOVE]], %{{.+}}, %[[NONE]]
// CHECK:         %[[J:.+]] = stablehlo.select %[[BELOW]], %{{.+}}, %[[I]]
// CHECK:         %[[R:.+]]:2 = "stablehlo.case"(%[[J]])
// CHECK:           %[[X:.+]] = stablehlo.log_plus_one %[[Y]]
// CHECK:           stablehlo.return %[[X]], %
// CHECK:         }, {
// CHECK:           stablehlo.return %[[Y]], %
// CHECK:         }, {
// CHECK:           %[[NAN:.+]] = stablehlo.constant dense<0x7FC00000>
// CHECK:           stablehlo.return %[[NAN]], %[[NAN]]
// CHECK:         return %[[R]]#0, %[[R]]#1
func.func @result(%x: tensor<f32>) -> tensor<f32> {
  %zero = stablehlo.constant dense<0.0> : tensor<f32>
  %p = stablehlo.compare GT, %x, %zero : (tensor<f32>, tensor<f32>) -> tensor<i1>
  %i = stablehlo.convert %p : (tensor<i1>) -> tensor<i32>
  %0 = "stablehlo.case"(%i) ({
    %1 = stablehlo.exponential_minus_one %x : tensor<f32>
    stablehlo.return %1 : tensor<f32>
  }, {
    stablehlo.return %x : tensor<f32>
  }) : (tensor<i32>) -> tensor<f32>
  return %0 : tensor<f32>
}

// -----

// Else each inverse is tried: the branch is the first whose predicate holds for
// what it finds. A part that is known says what it says in each.

// CHECK-LABEL: func.func @found.inverse(
// CHECK-SAME:    %[[K:.+]]: tensor<3xf32>, %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[APART:.+]] = stablehlo.optimization_barrier %[[Y]]
// CHECK:         %[[X0:.+]] = stablehlo.subtract %[[APART]], %[[K]]
// CHECK:         stablehlo.reduce(%[[X0]]
// CHECK:         %[[P0:.+]] = stablehlo.compare LE
// CHECK:         %[[X1:.+]] = stablehlo.log %[[APART]]
// CHECK:         stablehlo.reduce(%[[X1]]
// CHECK:         %[[P1:.+]] = stablehlo.compare GT
// CHECK:         %[[I:.+]] = stablehlo.select %[[P1]]
// CHECK:         %[[J:.+]] = stablehlo.select %[[P0]], %{{.+}}, %[[I]]
// CHECK:         "stablehlo.case"(%[[J]])
// CHECK:           stablehlo.subtract %[[Y]], %[[K]]
// CHECK:         }, {
// CHECK:           stablehlo.log %[[Y]]
func.func @found(%k: tensor<3xf32>, %x: tensor<3xf32> {invhlo.unknown}) -> tensor<3xf32> {
  %zero = stablehlo.constant dense<0.0> : tensor<f32>
  %s = stablehlo.reduce(%x init: %zero) applies stablehlo.add across dimensions = [0] : (tensor<3xf32>, tensor<f32>) -> tensor<f32>
  %p = stablehlo.compare GT, %s, %zero : (tensor<f32>, tensor<f32>) -> tensor<i1>
  %0 = "stablehlo.if"(%p) ({
    %1 = stablehlo.exponential %x : tensor<3xf32>
    stablehlo.return %1 : tensor<3xf32>
  }, {
    %1 = stablehlo.add %x, %k : tensor<3xf32>
    stablehlo.return %1 : tensor<3xf32>
  }) : (tensor<i1>) -> tensor<3xf32>
  return %0 : tensor<3xf32>
}

// -----

// expected-note @+1 {{the unknown is argument #0}}
func.func @overlap(%x: tensor<f32>) -> tensor<f32> {
  %zero = stablehlo.constant dense<0.0> : tensor<f32>
  %p = stablehlo.compare GT, %x, %zero : (tensor<f32>, tensor<f32>) -> tensor<i1>
  // expected-error @+1 {{'invhlo.alternatives' op cannot be inverted: it is not injective: both x <= 0 and x > 0 give 1}}
  %0 = "stablehlo.if"(%p) ({
    stablehlo.return %x : tensor<f32>
  }, {
    %1 = stablehlo.negate %x : tensor<f32>
    stablehlo.return %1 : tensor<f32>
  }) : (tensor<i1>) -> tensor<f32>
  return %0 : tensor<f32>
}
