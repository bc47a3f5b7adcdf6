// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s --invhlo-raise-divisions -split-input-file | FileCheck %s

// Both of one number.

// CHECK-LABEL: func.func @both(
// CHECK-SAME:    %[[X:.+]]: tensor<3xui32>)
// CHECK:         %[[R:.+]] = stablehlo.remainder
// CHECK:         %[[Q:.+]] = stablehlo.divide
// CHECK-NEXT:    invhlo.division %[[X]] = %[[Q]] * 10 + %[[R]] : tensor<3xui32>
func.func @both(%x: tensor<3xui32>) -> (tensor<3xui32>, tensor<3xui32>) {
  %ten = stablehlo.constant dense<10> : tensor<3xui32>
  %r = stablehlo.remainder %x, %ten : tensor<3xui32>
  %q = stablehlo.divide %x, %ten : tensor<3xui32>
  return %q, %r : tensor<3xui32>, tensor<3xui32>
}

// -----

// Digits: x // 100 is (x // 10) // 10.

// CHECK-LABEL: func.func @digits(
// CHECK-SAME:    %[[X:.+]]: tensor<3xui32>)
// CHECK:         %[[TENS:.+]] = stablehlo.divide %[[X]], %{{.+}}
// CHECK-NEXT:    %[[HUNDREDS:.+]] = stablehlo.divide %[[X]], %{{.+}}
// CHECK-NEXT:    %[[DIGIT:.+]] = stablehlo.remainder %[[TENS]], %{{.+}}
// CHECK-NEXT:    invhlo.division %[[TENS]] = %[[HUNDREDS]] * 10 + %[[DIGIT]]
func.func @digits(%x: tensor<3xui32>) -> (tensor<3xui32>, tensor<3xui32>) {
  %ten = stablehlo.constant dense<10> : tensor<3xui32>
  %hundred = stablehlo.constant dense<100> : tensor<3xui32>
  %0 = stablehlo.divide %x, %ten : tensor<3xui32>
  %1 = stablehlo.divide %x, %hundred : tensor<3xui32>
  %2 = stablehlo.remainder %0, %ten : tensor<3xui32>
  return %1, %2 : tensor<3xui32>, tensor<3xui32>
}

// -----

// Rounded down, as front ends write it for integers with a sign.

// CHECK-LABEL: func.func @floored(
// CHECK-SAME:    %[[X:.+]]: tensor<3xi32>)
// CHECK:         %[[Q:.+]] = stablehlo.select
// CHECK:         %[[R:.+]] = stablehlo.select
// CHECK-NEXT:    invhlo.division %[[X]] = %[[Q]] * 10 + %[[R]] : tensor<3xi32>
func.func @floored(%x: tensor<3xi32>) -> (tensor<3xi32>, tensor<3xi32>) {
  %zero = stablehlo.constant dense<0> : tensor<3xi32>
  %one = stablehlo.constant dense<1> : tensor<3xi32>
  %ten = stablehlo.constant dense<10> : tensor<3xi32>
  %0 = stablehlo.divide %x, %ten : tensor<3xi32>
  %1 = stablehlo.sign %x : tensor<3xi32>
  %2 = stablehlo.compare NE, %1, %one, SIGNED : (tensor<3xi32>, tensor<3xi32>) -> tensor<3xi1>
  %3 = stablehlo.remainder %x, %ten : tensor<3xi32>
  %4 = stablehlo.compare NE, %3, %zero, SIGNED : (tensor<3xi32>, tensor<3xi32>) -> tensor<3xi1>
  %5 = stablehlo.and %2, %4 : tensor<3xi1>
  %6 = stablehlo.subtract %0, %one : tensor<3xi32>
  %7 = stablehlo.select %5, %6, %0 : tensor<3xi1>, tensor<3xi32>
  %8 = stablehlo.compare LT, %3, %zero, SIGNED : (tensor<3xi32>, tensor<3xi32>) -> tensor<3xi1>
  %9 = stablehlo.and %8, %4 : tensor<3xi1>
  %10 = stablehlo.add %3, %ten : tensor<3xi32>
  %11 = stablehlo.select %9, %10, %3 : tensor<3xi1>, tensor<3xi32>
  return %7, %11 : tensor<3xi32>, tensor<3xi32>
}

// -----

// By different numbers, of different values, and rounded differently.

// CHECK-LABEL: func.func @apart(
// CHECK-NOT:     invhlo.division
func.func @apart(%x: tensor<3xi32>, %z: tensor<3xi32>) -> (tensor<3xi32>, tensor<3xi32>, tensor<3xi32>) {
  %zero = stablehlo.constant dense<0> : tensor<3xi32>
  %ten = stablehlo.constant dense<10> : tensor<3xi32>
  %eight = stablehlo.constant dense<8> : tensor<3xi32>
  %0 = stablehlo.divide %x, %ten : tensor<3xi32>
  %1 = stablehlo.remainder %z, %ten : tensor<3xi32>
  %2 = stablehlo.remainder %x, %eight : tensor<3xi32>
  %3 = stablehlo.compare LT, %2, %zero, SIGNED : (tensor<3xi32>, tensor<3xi32>) -> tensor<3xi1>
  %4 = stablehlo.compare NE, %2, %zero, SIGNED : (tensor<3xi32>, tensor<3xi32>) -> tensor<3xi1>
  %5 = stablehlo.and %3, %4 : tensor<3xi1>
  %6 = stablehlo.add %2, %eight : tensor<3xi32>
  %7 = stablehlo.select %5, %6, %2 : tensor<3xi1>, tensor<3xi32>
  return %0, %1, %7 : tensor<3xi32>, tensor<3xi32>, tensor<3xi32>
}
