// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s --invhlo-raise-piecewise -split-input-file | FileCheck %s

// An element is of the arm in whose interval it lies.

// CHECK-LABEL: func.func @maximum(
// CHECK-SAME:    %[[X:.+]]: tensor<3xf32>)
// CHECK:         %[[VALUE:.+]] = stablehlo.maximum
// CHECK:         %[[R:.+]] = invhlo.piecewise %[[VALUE]] : tensor<3xf32> {
// CHECK:           %[[ZERO:.+]] = stablehlo.constant dense<0.0
// CHECK:           %[[P:.+]] = stablehlo.compare GE, %[[X]], %[[ZERO]]
// CHECK:           invhlo.yield %[[X]], %[[P]]
// CHECK:         }, {
// CHECK:           %[[Y:.+]] = stablehlo.multiply %[[X]], %
// CHECK:           %[[ZERO:.+]] = stablehlo.constant dense<0.0
// CHECK:           %[[P:.+]] = stablehlo.compare LT, %[[X]], %[[ZERO]]
// CHECK:           invhlo.yield %[[Y]], %[[P]]
// CHECK:         }
// CHECK:         return %[[R]]
func.func @maximum(%x: tensor<3xf32>) -> tensor<3xf32> {
  %tenth = stablehlo.constant dense<0.1> : tensor<3xf32>
  %0 = stablehlo.multiply %x, %tenth : tensor<3xf32>
  %1 = stablehlo.maximum %x, %0 : tensor<3xf32>
  return %1 : tensor<3xf32>
}

// -----

// Sign, absolute value and the predicate of a select are told apart by one
// interval. Below zero, the square is that of what is positive.

// CHECK-LABEL: func.func @signed(
// CHECK-SAME:    %[[X:.+]]: tensor<f32>)
// CHECK:         invhlo.piecewise %{{.+}} : tensor<f32> {
// CHECK:           %[[Y:.+]] = stablehlo.multiply %[[X]], %[[X]]
// CHECK:           stablehlo.compare GE, %[[X]]
// CHECK:           invhlo.yield %[[Y]],
// CHECK:         }, {
// CHECK:           %[[ZERO:.+]] = stablehlo.constant dense<0.0
// CHECK:           %[[V:.+]] = stablehlo.subtract %[[ZERO]], %[[X]]
// CHECK:           %[[SQUARE:.+]] = stablehlo.multiply %[[V]], %[[V]]
// CHECK:           %[[Y:.+]] = stablehlo.negate %[[SQUARE]]
// CHECK:           stablehlo.compare LT, %[[X]]
// CHECK:           invhlo.yield %[[Y]],
func.func @signed(%x: tensor<f32>) -> tensor<f32> {
  %s = stablehlo.sign %x : tensor<f32>
  %a = stablehlo.abs %x : tensor<f32>
  %0 = stablehlo.multiply %a, %a : tensor<f32>
  %1 = stablehlo.multiply %s, %0 : tensor<f32>
  return %1 : tensor<f32>
}

// -----

// Pieces of pieces: of nine pairs of choices three are left. The tests are on
// 2 x, the interval is of x.

// CHECK-LABEL: func.func @chain(
// CHECK-SAME:    %[[X:.+]]: tensor<f32>)
// CHECK:         invhlo.piecewise
// CHECK:           %[[LOW:.+]] = stablehlo.constant dense<-5.0
// CHECK:           stablehlo.compare LT, %[[X]], %[[LOW]]
// CHECK:         }, {
// CHECK:           %[[HIGH:.+]] = stablehlo.constant dense<5.0
// CHECK:           stablehlo.compare GT, %[[X]], %[[HIGH]]
// CHECK:         }, {
// CHECK:           stablehlo.compare GE, %[[X]]
// CHECK:           stablehlo.compare LE, %[[X]]
// CHECK:           stablehlo.and
// CHECK-NOT:     }, {
// CHECK:         return
func.func @chain(%x: tensor<f32>) -> tensor<f32> {
  %one = stablehlo.constant dense<1.0> : tensor<f32>
  %low = stablehlo.constant dense<-1.0> : tensor<f32>
  %0 = stablehlo.add %x, %x : tensor<f32>
  %1 = stablehlo.clamp %low, %0, %one : tensor<f32>
  %2 = stablehlo.add %x, %1 : tensor<f32>
  return %2 : tensor<f32>
}

// -----

// A threshold that is a value stays a predicate, and its negation is false for
// NaN too. A predicate that is an argument is negated.

// CHECK-LABEL: func.func @values(
// CHECK-SAME:    %[[X:.+]]: tensor<3xf32>, %[[K:.+]]: tensor<3xf32>, %[[P:.+]]: tensor<i1>)
// CHECK:         invhlo.piecewise
// CHECK:           stablehlo.compare LT, %[[X]], %[[K]]
// CHECK:         }, {
// CHECK:           stablehlo.compare GE, %[[X]], %[[K]]
// CHECK:         invhlo.piecewise
// CHECK:           %[[ALL:.+]] = stablehlo.broadcast_in_dim %[[P]]
// CHECK:           invhlo.yield %{{.+}}, %[[ALL]]
// CHECK:         }, {
// CHECK:           %[[NOT:.+]] = stablehlo.not %[[P]]
// CHECK:           stablehlo.broadcast_in_dim %[[NOT]]
func.func @values(%x: tensor<3xf32>, %k: tensor<3xf32>, %p: tensor<i1>)
    -> (tensor<3xf32>, tensor<3xf32>) {
  %0 = stablehlo.compare LT, %x, %k : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
  %1 = stablehlo.exponential %x : tensor<3xf32>
  %2 = stablehlo.select %0, %x, %1 : tensor<3xi1>, tensor<3xf32>
  %3 = stablehlo.select %p, %x, %1 : tensor<i1>, tensor<3xf32>
  return %2, %3 : tensor<3xf32>, tensor<3xf32>
}

// -----

// What is computed beside, from other values, is not taken apart; what is used
// once neither.

// CHECK-LABEL: func.func @others(
// CHECK-NOT:     invhlo.piecewise
func.func @others(%x: tensor<3xf32>, %k: tensor<3xf32>) -> (tensor<3xf32>, tensor<3xf32>, tensor<3xf32>) {
  %0 = stablehlo.abs %x : tensor<3xf32>
  %1 = stablehlo.maximum %x, %k : tensor<3xf32>
  %mask = stablehlo.constant dense<[true, false, true]> : tensor<3xi1>
  %2 = stablehlo.exponential %x : tensor<3xf32>
  %3 = stablehlo.select %mask, %x, %2 : tensor<3xi1>, tensor<3xf32>
  return %0, %1, %3 : tensor<3xf32>, tensor<3xf32>, tensor<3xf32>
}

// -----

// What is known is taken as it is, and costs no search: although both are
// computed from %k, the first sum is not looked into.

// CHECK-LABEL: func.func @known(
// CHECK:         %[[SUM:.+]] = stablehlo.add
// CHECK:         %[[SCALE:.+]] = stablehlo.exponential
// CHECK:         invhlo.piecewise
// CHECK:           invhlo.yield %[[SUM]],
// CHECK:         }, {
// CHECK:           stablehlo.multiply %[[SUM]], %[[SCALE]]
func.func @known(%k: tensor<f32>, %x: tensor<f32> {invhlo.unknown}) -> tensor<f32> {
  %zero = stablehlo.constant dense<0.0> : tensor<f32>
  %0 = stablehlo.add %x, %k : tensor<f32>
  %1 = stablehlo.exponential %k : tensor<f32>
  %2 = stablehlo.multiply %0, %1 : tensor<f32>
  %3 = stablehlo.compare GT, %0, %zero : (tensor<f32>, tensor<f32>) -> tensor<i1>
  %4 = stablehlo.select %3, %0, %2 : tensor<i1>, tensor<f32>
  return %4 : tensor<f32>
}

// -----

// Integers and the sign bit of a number are decided where it has one sign.

// CHECK-LABEL: func.func @signs(
// CHECK-SAME:    %[[X:.+]]: tensor<3xf32>)
// CHECK:         invhlo.piecewise
// CHECK:           %[[SIGN:.+]] = stablehlo.constant dense<3.000000e+00>
// CHECK:           stablehlo.multiply %[[SIGN]], %
// CHECK:         }, {
// CHECK:           %[[SIGN:.+]] = stablehlo.constant dense<-2.000000e+00>
// CHECK:           stablehlo.multiply %[[SIGN]], %
// CHECK:         invhlo.piecewise
// CHECK:           stablehlo.exponential
// CHECK:           stablehlo.compare GE, %[[X]], %
// CHECK:           invhlo.yield
// CHECK:         }, {
// CHECK:           stablehlo.compare LT, %[[X]], %
// CHECK:           invhlo.yield %[[X]]
func.func @signs(%x: tensor<3xf32>) -> (tensor<3xf32>, tensor<3xf32>) {
  %zero = stablehlo.constant dense<0.0> : tensor<3xf32>
  %ones = stablehlo.constant dense<-1> : tensor<3xi32>
  %twos = stablehlo.constant dense<2> : tensor<3xi32>
  %minus = stablehlo.constant dense<-3> : tensor<3xi32>
  %p = stablehlo.compare LT, %x, %zero : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
  %n = stablehlo.select %p, %minus, %twos : tensor<3xi1>, tensor<3xi32>
  %opposite = stablehlo.multiply %n, %ones : tensor<3xi32>
  %sign = stablehlo.convert %opposite : (tensor<3xi32>) -> tensor<3xf32>
  %size = stablehlo.abs %x : tensor<3xf32>
  %0 = stablehlo.log_plus_one %size : tensor<3xf32>
  %1 = stablehlo.multiply %sign, %0 : tensor<3xf32>
  %zeros = stablehlo.constant dense<0> : tensor<3xi32>
  %places = stablehlo.constant dense<31> : tensor<3xi32>
  %bits = stablehlo.bitcast_convert %x : (tensor<3xf32>) -> tensor<3xi32>
  %top = stablehlo.shift_right_arithmetic %bits, %places : tensor<3xi32>
  %negative = stablehlo.compare NE, %top, %zeros : (tensor<3xi32>, tensor<3xi32>) -> tensor<3xi1>
  %e = stablehlo.exponential %x : tensor<3xf32>
  %2 = stablehlo.select %negative, %x, %e : tensor<3xi1>, tensor<3xf32>
  return %1, %2 : tensor<3xf32>, tensor<3xf32>
}
