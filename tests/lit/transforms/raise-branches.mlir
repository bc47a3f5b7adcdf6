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
// CHECK:           %[[E:.+]] = stablehlo.exponential %[[X]]
// CHECK:           %[[P:.+]] = stablehlo.compare GT, %[[X]], %
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

// -----

// An index that is computed of comparisons of one number, as jnp.piecewise has
// it, is told by the intervals that it is in: below 1, where the last predicate
// that holds is the second one, and from there on.

// CHECK-LABEL: func.func @argmax(
// CHECK-SAME:    %[[X:.+]]: tensor<f32>)
// CHECK:         invhlo.alternatives
// CHECK:           %[[P:.+]] = stablehlo.compare GE, %[[X]], %
// CHECK:           invhlo.yield %[[X]], %[[P]]
// CHECK:         }, {
// CHECK:           %[[E:.+]] = stablehlo.exponential %[[X]]
// CHECK:           %[[P:.+]] = stablehlo.compare LT, %[[X]], %
// CHECK:           invhlo.yield %[[E]], %[[P]]
// CHECK:         }
// CHECK-NOT:     invhlo.yield
func.func @argmax(%x: tensor<f32>) -> tensor<f32> {
  %zero = stablehlo.constant dense<0.0> : tensor<f32>
  %one = stablehlo.constant dense<1.0> : tensor<f32>
  %none = stablehlo.constant dense<false> : tensor<1xi1>
  %numbers = stablehlo.constant dense<[0, 1, 2]> : tensor<3xi32>
  %c0 = stablehlo.constant dense<0> : tensor<i32>
  %least = stablehlo.constant dense<-2147483648> : tensor<i32>
  %p = stablehlo.compare LT, %x, %zero : (tensor<f32>, tensor<f32>) -> tensor<i1>
  %q = stablehlo.compare LT, %x, %one : (tensor<f32>, tensor<f32>) -> tensor<i1>
  %ps = stablehlo.reshape %p : (tensor<i1>) -> tensor<1xi1>
  %qs = stablehlo.reshape %q : (tensor<i1>) -> tensor<1xi1>
  %all = stablehlo.concatenate %none, %ps, %qs, dim = 0 : (tensor<1xi1>, tensor<1xi1>, tensor<1xi1>) -> tensor<3xi1>
  %counts = stablehlo.convert %all : (tensor<3xi1>) -> tensor<3xi32>
  %sums = "stablehlo.reduce_window"(%counts, %c0) <{padding = dense<[[2, 0]]> : tensor<1x2xi64>, window_dimensions = array<i64: 3>}> ({
  ^bb0(%a: tensor<i32>, %b: tensor<i32>):
    %s = stablehlo.add %a, %b : tensor<i32>
    stablehlo.return %s : tensor<i32>
  }) : (tensor<3xi32>, tensor<i32>) -> tensor<3xi32>
  %most:2 = stablehlo.reduce(%sums init: %least), (%numbers init: %c0) across dimensions = [0] : (tensor<3xi32>, tensor<3xi32>, tensor<i32>, tensor<i32>) -> (tensor<i32>, tensor<i32>)
   reducer(%a: tensor<i32>, %b: tensor<i32>) (%i: tensor<i32>, %j: tensor<i32>) {
    %greater = stablehlo.compare GT, %a, %b : (tensor<i32>, tensor<i32>) -> tensor<i1>
    %same = stablehlo.compare EQ, %a, %b : (tensor<i32>, tensor<i32>) -> tensor<i1>
    %earlier = stablehlo.compare LT, %i, %j : (tensor<i32>, tensor<i32>) -> tensor<i1>
    %first = stablehlo.and %same, %earlier : tensor<i1>
    %takes = stablehlo.or %greater, %first : tensor<i1>
    %value = stablehlo.select %greater, %a, %b : tensor<i1>, tensor<i32>
    %number = stablehlo.select %takes, %i, %j : tensor<i1>, tensor<i32>
    stablehlo.return %value, %number : tensor<i32>, tensor<i32>
  }
  %0 = "stablehlo.case"(%most#1) ({
    stablehlo.return %x : tensor<f32>
  }, {
    %1 = stablehlo.negate %x : tensor<f32>
    stablehlo.return %1 : tensor<f32>
  }, {
    %1 = stablehlo.exponential %x : tensor<f32>
    stablehlo.return %1 : tensor<f32>
  }) : (tensor<i32>) -> tensor<f32>
  return %0 : tensor<f32>
}

// -----

// What is chosen in a branch, of scalars, is selected.

// CHECK-LABEL: func.func @nested(
// CHECK:         invhlo.alternatives
// CHECK-NOT:     "stablehlo.case"
// CHECK:         }, {
// CHECK:           stablehlo.select
// CHECK-NOT:     "stablehlo.case"
// CHECK:         return
func.func @nested(%x: tensor<f32>) -> tensor<f32> {
  %one = stablehlo.constant dense<1.0> : tensor<f32>
  %two = stablehlo.constant dense<2.0> : tensor<f32>
  %p = stablehlo.compare GT, %x, %one : (tensor<f32>, tensor<f32>) -> tensor<i1>
  %i = stablehlo.convert %p : (tensor<i1>) -> tensor<i32>
  %0 = "stablehlo.case"(%i) ({
    stablehlo.return %x : tensor<f32>
  }, {
    %q = stablehlo.compare GT, %x, %two : (tensor<f32>, tensor<f32>) -> tensor<i1>
    %j = stablehlo.convert %q : (tensor<i1>) -> tensor<i32>
    %1 = "stablehlo.case"(%j) ({
      stablehlo.return %x : tensor<f32>
    }, {
      %2 = stablehlo.multiply %x, %two : tensor<f32>
      stablehlo.return %2 : tensor<f32>
    }) : (tensor<i32>) -> tensor<f32>
    stablehlo.return %1 : tensor<f32>
  }) : (tensor<i32>) -> tensor<f32>
  return %0 : tensor<f32>
}
