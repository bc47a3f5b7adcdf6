// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-unroll-loops -split-input-file | FileCheck %s
// RUN: invhlo-opt %s -invhlo-unroll-loops=max-ops=4 -split-input-file | FileCheck %s --check-prefix=LONG

// Which elements a row of a mask chooses is a literal in each step.

// CHECK-LABEL: func.func @masks(
// CHECK-SAME:    %[[K:.+]]: tensor<3xf32>, %[[X:.+]]: tensor<3xf32>)
// CHECK-NOT:     stablehlo.while
// CHECK:         %[[FIRST:.+]] = stablehlo.constant dense<[true, false, true]>
// CHECK:         %[[C:.+]] = stablehlo.select %[[FIRST]], %[[X]], %[[K]]
// CHECK:         %[[SECOND:.+]] = stablehlo.constant dense<[false, true, true]>
// CHECK:         %[[D:.+]] = stablehlo.select %[[SECOND]], %[[C]], %[[K]]
// CHECK:         return %[[D]]
// LONG-LABEL:  func.func @masks(
// LONG:          stablehlo.while
func.func @masks(%k: tensor<3xf32>, %x: tensor<3xf32>) -> tensor<3xf32> {
  %masks = stablehlo.constant dense<[[true, false, true], [false, true, true]]> : tensor<2x3xi1>
  %zero = stablehlo.constant dense<0> : tensor<i32>
  %one = stablehlo.constant dense<1> : tensor<i32>
  %two = stablehlo.constant dense<2> : tensor<i32>
  %0:2 = stablehlo.while(%i = %zero, %c = %x) : tensor<i32>, tensor<3xf32>
  cond {
    %p = stablehlo.compare LT, %i, %two : (tensor<i32>, tensor<i32>) -> tensor<i1>
    stablehlo.return %p : tensor<i1>
  } do {
    %1 = stablehlo.dynamic_slice %masks, %i, %zero, sizes = [1, 3]
        : (tensor<2x3xi1>, tensor<i32>, tensor<i32>) -> tensor<1x3xi1>
    %mask = stablehlo.reshape %1 : (tensor<1x3xi1>) -> tensor<3xi1>
    %d = stablehlo.select %mask, %c, %k : tensor<3xi1>, tensor<3xf32>
    %j = stablehlo.add %i, %one : tensor<i32>
    stablehlo.return %j, %d : tensor<i32>, tensor<3xf32>
  }
  return %0#1 : tensor<3xf32>
}

// -----

// Integers that only take part in arithmetic choose nothing.

// CHECK-LABEL: func.func @keys(
// CHECK:         stablehlo.while
func.func @keys(%x: tensor<i32>) -> tensor<i32> {
  %keys = stablehlo.constant dense<[7, 1]> : tensor<2xi32>
  %zero = stablehlo.constant dense<0> : tensor<i32>
  %one = stablehlo.constant dense<1> : tensor<i32>
  %two = stablehlo.constant dense<2> : tensor<i32>
  %0:2 = stablehlo.while(%i = %zero, %c = %x) : tensor<i32>, tensor<i32>
  cond {
    %p = stablehlo.compare LT, %i, %two : (tensor<i32>, tensor<i32>) -> tensor<i1>
    stablehlo.return %p : tensor<i1>
  } do {
    %1 = stablehlo.dynamic_slice %keys, %i, sizes = [1]
        : (tensor<2xi32>, tensor<i32>) -> tensor<1xi32>
    %key = stablehlo.reshape %1 : (tensor<1xi32>) -> tensor<i32>
    %d = stablehlo.xor %c, %key : tensor<i32>
    %j = stablehlo.add %i, %one : tensor<i32>
    stablehlo.return %j, %d : tensor<i32>, tensor<i32>
  }
  return %0#1 : tensor<i32>
}
