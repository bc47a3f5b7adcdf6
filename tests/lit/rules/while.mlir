// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse -split-input-file -verify-diagnostics | FileCheck %s

// The bound tells how many steps there are. The counter follows from their
// number, and the share is carried too.

// CHECK-LABEL: func.func @bound.inverse(
// CHECK-SAME:    %[[N:.+]]: tensor<i32>, %[[Y:.+]]: tensor<f32>)
// CHECK:         %[[ZERO:.+]] = stablehlo.constant dense<0> : tensor<i32>
// CHECK:         %[[COUNT:.+]] = stablehlo.maximum %[[ZERO]], %[[N]]
// CHECK:         %[[R:.+]]:3 = stablehlo.while(%[[T:.+]] = %[[ZERO]], %[[C:.+]] = %[[Y]], %[[S:.+]] = %{{.+}})
// CHECK:           stablehlo.compare LT, %[[T]], %[[COUNT]]
// CHECK:         } do {
// CHECK:           %[[LEFT:.+]] = stablehlo.subtract %[[COUNT]], %[[T]]
// CHECK:           %[[I:.+]] = stablehlo.add %{{.+}}, %[[LEFT]]
// CHECK:           %[[FACTOR:.+]] = stablehlo.convert %[[I]]
// CHECK:           %[[BEFORE:.+]] = stablehlo.divide %[[C]], %[[FACTOR]]
// CHECK:           %[[SUM:.+]] = invhlo.sum_shares %[[S]]
// CHECK:           stablehlo.return %{{.+}}, %[[BEFORE]], %[[SUM]]
// CHECK:         return %[[R]]#1, %[[R]]#2
func.func @bound(%n: tensor<i32>, %x: tensor<f32> {invhlo.unknown}) -> tensor<f32> {
  %zero = stablehlo.constant dense<0> : tensor<i32>
  %0:2 = stablehlo.while(%i = %zero, %c = %x) : tensor<i32>, tensor<f32>
  cond {
    %p = stablehlo.compare LT, %i, %n : (tensor<i32>, tensor<i32>) -> tensor<i1>
    stablehlo.return %p : tensor<i1>
  } do {
    %one = stablehlo.constant dense<1> : tensor<i32>
    %j = stablehlo.add %i, %one : tensor<i32>
    %f = stablehlo.convert %i : (tensor<i32>) -> tensor<f32>
    %d = stablehlo.multiply %c, %f : tensor<f32>
    stablehlo.return %j, %d : tensor<i32>, tensor<f32>
  }
  return %0#1 : tensor<f32>
}

// -----

// Where the counter ends, too: here it is three less for each step.

// CHECK-LABEL: func.func @result.inverse(
// CHECK-SAME:    %[[LAST:.+]]: tensor<i32>, %[[Y:.+]]: tensor<f32>)
// CHECK:         %[[DISTANCE:.+]] = stablehlo.subtract %{{.+}}, %[[LAST]]
// CHECK:         %[[UNSIGNED:.+]] = stablehlo.bitcast_convert %[[DISTANCE]] : (tensor<i32>) -> tensor<ui32>
// CHECK:         %[[THREE:.+]] = stablehlo.constant dense<3>
// CHECK:         %[[WHOLE:.+]] = stablehlo.divide %[[UNSIGNED]], %[[THREE]]
// CHECK:         %[[COUNT:.+]] = stablehlo.convert %[[WHOLE]] : (tensor<ui32>) -> tensor<i32>
// CHECK:         stablehlo.while(%[[T:.+]] = %{{.+}}, %[[C:[^ ]+]] = %[[Y]], %{{.+}} = %{{.+}})
// CHECK:           stablehlo.compare LT, %[[T]], %[[COUNT]]
// CHECK:         } do {
// CHECK:           stablehlo.log %[[C]]
func.func @result(%x: tensor<f32> {invhlo.unknown}) -> (tensor<i32>, tensor<f32>) {
  %nine = stablehlo.constant dense<9> : tensor<i32>
  %bound = stablehlo.constant dense<9.0> : tensor<f32>
  %0:2 = stablehlo.while(%i = %nine, %c = %x) : tensor<i32>, tensor<f32>
  cond {
    %p = stablehlo.compare LT, %c, %bound : (tensor<f32>, tensor<f32>) -> tensor<i1>
    stablehlo.return %p : tensor<i1>
  } do {
    %three = stablehlo.constant dense<3> : tensor<i32>
    %j = stablehlo.subtract %i, %three : tensor<i32>
    %d = stablehlo.exponential %c : tensor<f32>
    stablehlo.return %j, %d : tensor<i32>, tensor<f32>
  }
  return %0#0, %0#1 : tensor<i32>, tensor<f32>
}

// -----

// A known carried value is taken on from one of the checkpoints.

// CHECK-LABEL: func.func @replayed.inverse(
// CHECK:         %[[POINTS:.+]]:2 = invhlo.scan 64(%{{.+}}) over()
// CHECK:           stablehlo.while
// CHECK:             stablehlo.tanh
// CHECK:         stablehlo.while
// CHECK:         } do {
// CHECK:           %[[POINT:.+]] = stablehlo.dynamic_slice %[[POINTS]]#1
// CHECK:           %[[START:.+]] = stablehlo.reshape %[[POINT]]
// CHECK:           %[[RATE:.+]]:2 = stablehlo.while(%{{.+}} = %{{.+}}, %{{.+}} = %[[START]])
// CHECK:           stablehlo.divide %{{.+}}, %[[RATE]]#1
func.func @replayed(%n: tensor<i32>, %k: tensor<f32>, %x: tensor<f32> {invhlo.unknown})
    -> tensor<f32> {
  %zero = stablehlo.constant dense<0> : tensor<i32>
  %0:3 = stablehlo.while(%i = %zero, %r = %k, %c = %x)
      : tensor<i32>, tensor<f32>, tensor<f32>
  cond {
    %p = stablehlo.compare LT, %i, %n : (tensor<i32>, tensor<i32>) -> tensor<i1>
    stablehlo.return %p : tensor<i1>
  } do {
    %one = stablehlo.constant dense<1> : tensor<i32>
    %j = stablehlo.add %i, %one : tensor<i32>
    %s = stablehlo.tanh %r : tensor<f32>
    %d = stablehlo.multiply %c, %r : tensor<f32>
    stablehlo.return %j, %s, %d : tensor<i32>, tensor<f32>, tensor<f32>
  }
  return %0#2 : tensor<f32>
}
