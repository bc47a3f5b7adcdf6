// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s --invhlo-raise-monomials -split-input-file | FileCheck %s

// Squarings are counted through: x^5 is x (x^2)^2.

// CHECK-LABEL: func.func @fifth(
// CHECK-SAME:    %[[X:.+]]: tensor<3xf32>)
// CHECK:         invhlo.monomial(%[[X]]) to [2]
// CHECK:         %[[FOURTH:.+]] = invhlo.monomial(%[[X]]) to [4]
// CHECK:         %[[VALUE:.+]] = stablehlo.multiply %[[X]], %[[FOURTH]]
// CHECK-NEXT:    %[[POWER:.+]] = invhlo.monomial(%[[X]]) to [5] = %[[VALUE]] : tensor<3xf32>
// CHECK-NEXT:    return %[[POWER]]
func.func @fifth(%x: tensor<3xf32>) -> tensor<3xf32> {
  %0 = stablehlo.multiply %x, %x : tensor<3xf32>
  %1 = stablehlo.multiply %0, %0 : tensor<3xf32>
  %2 = stablehlo.multiply %x, %1 : tensor<3xf32>
  return %2 : tensor<3xf32>
}

// -----

// So are quotients, negations, squares and literal exponents. Literals stay
// factors; the one in a reciprocal is none.

// CHECK-LABEL: func.func @parts(
// CHECK-SAME:    %[[X:.+]]: tensor<f32>)
// CHECK:         %[[TWO:.+]] = stablehlo.constant dense<2.000000e+00>
// CHECK:         invhlo.monomial(%[[X]], %[[TWO]]) to [2, 1]
// CHECK:         %[[MINUS:.+]] = stablehlo.constant dense<-1.000000e+00>
// CHECK-NEXT:    invhlo.monomial(%[[X]], %[[MINUS]]) to [3, 1]
// CHECK:         %[[MINUS2:.+]] = stablehlo.constant dense<-1.000000e+00>
// CHECK-NEXT:    invhlo.monomial(%[[X]], %[[MINUS2]]) to [-3, 1]
// CHECK:         invhlo.monomial(%[[X]]) to [6]
func.func @parts(%x: tensor<f32>) -> (tensor<f32>, tensor<f32>, tensor<f32>) {
  %one = stablehlo.constant dense<1.0> : tensor<f32>
  %two = stablehlo.constant dense<2.0> : tensor<f32>
  %four = stablehlo.constant dense<4.0> : tensor<f32>
  %0 = stablehlo.multiply %two, %x : tensor<f32>
  %1 = stablehlo.multiply %0, %x : tensor<f32>
  %2 = chlo.square %x : tensor<f32> -> tensor<f32>
  %3 = stablehlo.negate %2 : tensor<f32>
  %4 = stablehlo.multiply %3, %x : tensor<f32>
  %5 = stablehlo.divide %one, %4 : tensor<f32>
  %6 = stablehlo.power %x, %four : tensor<f32>
  %7 = stablehlo.multiply %6, %2 : tensor<f32>
  return %1, %5, %7 : tensor<f32>, tensor<f32>, tensor<f32>
}

// -----

// The nearest value is found of which the product is a power, and what that is a
// power of: (c x^2)^2 is c^2 x^4.

// CHECK-LABEL: func.func @nearest(
// CHECK-SAME:    %[[A:.+]]: tensor<f32>, %[[B:.+]]: tensor<f32>)
// CHECK:         %[[M:.+]] = stablehlo.multiply %[[A]], %[[B]]
// CHECK:         invhlo.monomial(%[[M]]) to [2]
// CHECK:         invhlo.monomial(%[[M]]) to [3]
// CHECK-NOT:     invhlo.monomial
func.func @nearest(%a: tensor<f32>, %b: tensor<f32>) -> tensor<f32> {
  %0 = stablehlo.multiply %a, %b : tensor<f32>
  %1 = stablehlo.multiply %0, %0 : tensor<f32>
  %2 = stablehlo.multiply %1, %0 : tensor<f32>
  return %2 : tensor<f32>
}

// CHECK-LABEL: func.func @composed(
// CHECK-SAME:    %[[X:.+]]: tensor<f32>)
// CHECK:         %[[C:.+]] = stablehlo.constant dense<-3.000000e+00>
// CHECK:         %[[SQUARE:.+]] = invhlo.monomial(%[[X]]) to [2]
// CHECK:         %[[SCALED:.+]] = stablehlo.multiply %[[C]], %[[SQUARE]]
// CHECK:         invhlo.monomial(%[[C]], %[[X]]) to [2, 4]
func.func @composed(%x: tensor<f32>) -> tensor<f32> {
  %c = stablehlo.constant dense<-3.0> : tensor<f32>
  %0 = stablehlo.multiply %x, %x : tensor<f32>
  %1 = stablehlo.multiply %c, %0 : tensor<f32>
  %2 = stablehlo.multiply %1, %1 : tensor<f32>
  return %2 : tensor<f32>
}

// -----

// Several factors are counted if no product of them is used elsewhere.

// CHECK-LABEL: func.func @several(
// CHECK-SAME:    %[[A:.+]]: tensor<f32>, %[[B:.+]]: tensor<f32>)
// CHECK:         invhlo.monomial(%[[A]], %[[B]]) to [2, 1]
// CHECK:         invhlo.monomial(%[[B]], %[[A]]) to [2, 2]
// CHECK-LABEL: func.func @used_elsewhere(
// CHECK-NOT:     invhlo.monomial
func.func @several(%a: tensor<f32>, %b: tensor<f32>) -> tensor<f32> {
  %0 = stablehlo.multiply %a, %b : tensor<f32>
  %1 = stablehlo.multiply %0, %a : tensor<f32>
  %2 = stablehlo.multiply %1, %b : tensor<f32>
  return %2 : tensor<f32>
}
func.func @used_elsewhere(%a: tensor<f32>, %b: tensor<f32>)
    -> (tensor<f32>, tensor<f32>) {
  %0 = stablehlo.multiply %a, %b : tensor<f32>
  %1 = stablehlo.multiply %0, %a : tensor<f32>
  return %0, %1 : tensor<f32>, tensor<f32>
}

// -----

// Products without a factor that is there twice, of integers, with a factor that
// cancels, or with a literal of zeros or infinities, are left as they are.

// CHECK-LABEL: func.func @none(
// CHECK-NOT:     invhlo.monomial
func.func @none(%x: tensor<2xf32>, %k: tensor<2xf32>, %n: tensor<2xi32>)
    -> (tensor<2xf32>, tensor<2xi32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) {
  %zero = stablehlo.constant dense<[1.0, 0.0]> : tensor<2xf32>
  %inf = stablehlo.constant dense<0x7F800000> : tensor<2xf32>
  %0 = stablehlo.multiply %x, %k : tensor<2xf32>
  %1 = chlo.square %0 : tensor<2xf32> -> tensor<2xf32>
  %2 = stablehlo.multiply %n, %n : tensor<2xi32>
  %3 = stablehlo.divide %x, %x : tensor<2xf32>
  %4 = stablehlo.multiply %zero, %x : tensor<2xf32>
  %5 = stablehlo.multiply %4, %x : tensor<2xf32>
  %6 = stablehlo.multiply %inf, %x : tensor<2xf32>
  %7 = stablehlo.multiply %6, %x : tensor<2xf32>
  return %1, %2, %3, %5, %7 : tensor<2xf32>, tensor<2xi32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>
}
