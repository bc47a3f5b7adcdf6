// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s --invhlo-raise-branches -split-input-file | FileCheck %s

// The predicate is computed from what the branches use, in each of them.

// CHECK-LABEL: func.func @two(
// CHECK-SAME:    %[[X:.+]]: tensor<f32>)
// CHECK:         %[[VALUE:.+]] = "stablehlo.case"
// CHECK:         %[[R:.+]] = invhlo.alternatives(%[[VALUE]])
// CHECK:           %[[NOT:.+]] = stablehlo.compare LE, %[[X]], %
// CHECK:           invhlo.yield %[[X]], %[[NOT]]
// CHECK:         }, {
// CHECK:           %[[P:.+]] = stablehlo.compare GT, %[[X]], %
// CHECK:           %[[E:.+]] = stablehlo.exponential %[[X]]
// CHECK:           invhlo.yield %[[E]], %[[P]]
// CHECK:         return %[[R]]
func.func @two(%x: tensor<f32>) -> tensor<f32> {
  %one = stablehlo.constant dense<1.0> : tensor<f32>
  %p = stablehlo.compare GT, %x, %one : (tensor<f32>, tensor<f32>) -> tensor<i1>
  %i = stablehlo.convert %p : (tensor<i1>) -> tensor<i32>
  %0 = "stablehlo.case"(%i) ({
    stablehlo.return %x : tensor<f32>
  }, {
    %1 = stablehlo.exponential %x : tensor<f32>
    stablehlo.return %1 : tensor<f32>
  }) : (tensor<i32>) -> tensor<f32>
  return %0 : tensor<f32>
}

// -----

// What the branches use is computed from what the predicate is: both are, in
// each. Out of range, the last branch is run. An if chooses by its predicate.

// CHECK-LABEL: func.func @back(
// CHECK-SAME:    %[[X:.+]]: tensor<3xf32>)
// CHECK:         invhlo.alternatives
// CHECK:           %[[Z:.+]] = stablehlo.negate %[[X]]
// CHECK:           %[[S:.+]] = stablehlo.reduce(%[[X]]
// CHECK:           %[[I:.+]] = stablehlo.convert %[[S]]
// CHECK:           %[[Y:.+]] = stablehlo.exponential %[[Z]]
// CHECK:           %[[FIRST:.+]] = stablehlo.compare EQ, %[[I]], %
// CHECK:           invhlo.yield %[[Y]], %[[FIRST]]
// CHECK:         }, {
// CHECK-DAG:       stablehlo.compare LT
// CHECK-DAG:       stablehlo.compare GE
// CHECK:           stablehlo.or
// CHECK:         invhlo.alternatives
// CHECK:           stablehlo.compare EQ
// CHECK:         }, {
// CHECK:           stablehlo.compare NE
func.func @back(%x: tensor<3xf32>) -> (tensor<3xf32>, tensor<f32>) {
  %zero = stablehlo.constant dense<0.0> : tensor<f32>
  %z = stablehlo.negate %x : tensor<3xf32>
  %s = stablehlo.reduce(%x init: %zero) applies stablehlo.add across dimensions = [0] : (tensor<3xf32>, tensor<f32>) -> tensor<f32>
  %i = stablehlo.convert %s : (tensor<f32>) -> tensor<i32>
  %0 = "stablehlo.case"(%i) ({
    %1 = stablehlo.exponential %z : tensor<3xf32>
    stablehlo.return %1 : tensor<3xf32>
  }, {
    stablehlo.return %z : tensor<3xf32>
  }) : (tensor<i32>) -> tensor<3xf32>
  %p = stablehlo.compare NE, %s, %zero : (tensor<f32>, tensor<f32>) -> tensor<i1>
  %2 = "stablehlo.if"(%p) ({
    stablehlo.return %s : tensor<f32>
  }, {
    %3 = stablehlo.negate %s : tensor<f32>
    stablehlo.return %3 : tensor<f32>
  }) : (tensor<i1>) -> tensor<f32>
  return %0, %2 : tensor<3xf32>, tensor<f32>
}

// -----

// An index that comes from elsewhere is known or not, whatever the branches use.

// CHECK-LABEL: func.func @elsewhere(
// CHECK-NOT:     invhlo.alternatives
func.func @elsewhere(%i: tensor<i32>, %x: tensor<f32>) -> tensor<f32> {
  %0 = "stablehlo.case"(%i) ({
    stablehlo.return %x : tensor<f32>
  }, {
    %1 = stablehlo.exponential %x : tensor<f32>
    stablehlo.return %1 : tensor<f32>
  }) : (tensor<i32>) -> tensor<f32>
  return %0 : tensor<f32>
}
