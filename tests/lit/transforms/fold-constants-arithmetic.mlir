// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-fold-constants | FileCheck %s

// CHECK-LABEL: func.func @neutral_float(
// CHECK-SAME:    %[[X:.+]]: tensor<3xf32>)
// CHECK-NEXT:    return %[[X]]
func.func @neutral_float(%x: tensor<3xf32>) -> tensor<3xf32> {
  %one = stablehlo.constant dense<1.0> : tensor<3xf32>
  %zero = stablehlo.constant dense<0.0> : tensor<3xf32>
  %minus_zero = stablehlo.constant dense<-0.0> : tensor<3xf32>
  %inf = stablehlo.constant dense<0x7F800000> : tensor<3xf32>
  %0 = stablehlo.multiply %one, %x : tensor<3xf32>
  %1 = stablehlo.divide %0, %one : tensor<3xf32>
  %2 = stablehlo.subtract %1, %zero : tensor<3xf32>
  %3 = stablehlo.add %minus_zero, %2 : tensor<3xf32>
  %4 = stablehlo.minimum %3, %inf : tensor<3xf32>
  return %4 : tensor<3xf32>
}

// CHECK-LABEL: func.func @neutral_integer(
// CHECK-SAME:    %[[X:.+]]: tensor<i8>)
// CHECK-NEXT:    return %[[X]]
func.func @neutral_integer(%x: tensor<i8>) -> tensor<i8> {
  %zero = stablehlo.constant dense<0> : tensor<i8>
  %one = stablehlo.constant dense<1> : tensor<i8>
  %ones = stablehlo.constant dense<-1> : tensor<i8>
  %min = stablehlo.constant dense<-128> : tensor<i8>
  %0 = stablehlo.add %zero, %x : tensor<i8>
  %1 = stablehlo.xor %0, %zero : tensor<i8>
  %2 = stablehlo.and %1, %ones : tensor<i8>
  %3 = stablehlo.or %2, %zero : tensor<i8>
  %4 = stablehlo.shift_left %3, %zero : tensor<i8>
  %5 = stablehlo.maximum %min, %4 : tensor<i8>
  %6 = stablehlo.multiply %5, %one : tensor<i8>
  return %6 : tensor<i8>
}

// CHECK-LABEL: func.func @absorbing(
// CHECK-DAG:     %[[ZERO:.+]] = stablehlo.constant dense<0> : tensor<i8>
// CHECK-DAG:     %[[FALSE:.+]] = stablehlo.constant dense<false> : tensor<i1>
// CHECK:         return %[[ZERO]], %[[FALSE]]
func.func @absorbing(%x: tensor<i8>, %p: tensor<i1>) -> (tensor<i8>, tensor<i1>) {
  %zero = stablehlo.constant dense<0> : tensor<i8>
  %false = stablehlo.constant dense<false> : tensor<i1>
  %0 = stablehlo.multiply %zero, %x : tensor<i8>
  %1 = stablehlo.and %p, %false : tensor<i1>
  return %0, %1 : tensor<i8>, tensor<i1>
}

// JAX converts weakly typed bools so.
// CHECK-LABEL: func.func @compared_bool(
// CHECK-SAME:    %[[P:.+]]: tensor<i1>, %[[Q:.+]]: tensor<i1>)
// CHECK:         %[[NOT_P:.+]] = stablehlo.compare EQ, %[[P]],
// CHECK:         %[[NOT_Q:.+]] = stablehlo.compare NE, %[[Q]],
// CHECK:         return %[[P]], %[[Q]], %[[NOT_P]], %[[NOT_Q]]
func.func @compared_bool(%p: tensor<i1>, %q: tensor<i1>) -> (tensor<i1>, tensor<i1>, tensor<i1>, tensor<i1>) {
  %true = stablehlo.constant dense<true> : tensor<i1>
  %false = stablehlo.constant dense<false> : tensor<i1>
  %0 = stablehlo.compare NE, %p, %false, UNSIGNED : (tensor<i1>, tensor<i1>) -> tensor<i1>
  %1 = stablehlo.compare EQ, %q, %true, UNSIGNED : (tensor<i1>, tensor<i1>) -> tensor<i1>
  %2 = stablehlo.compare EQ, %p, %false, UNSIGNED : (tensor<i1>, tensor<i1>) -> tensor<i1>
  %3 = stablehlo.compare NE, %q, %true, UNSIGNED : (tensor<i1>, tensor<i1>) -> tensor<i1>
  return %0, %1, %2, %3 : tensor<i1>, tensor<i1>, tensor<i1>, tensor<i1>
}

// x + 0 is no -0, x * 0 may be nan, and sides matter.
// CHECK-LABEL: func.func @not_neutral(
// CHECK:         stablehlo.add
// CHECK:         stablehlo.multiply
// CHECK:         stablehlo.subtract
// CHECK:         stablehlo.divide
// CHECK:         stablehlo.subtract
func.func @not_neutral(%x: tensor<f32>) -> (tensor<f32>, tensor<f32>, tensor<f32>, tensor<f32>, tensor<f32>) {
  %zero = stablehlo.constant dense<0.0> : tensor<f32>
  %minus_zero = stablehlo.constant dense<-0.0> : tensor<f32>
  %one = stablehlo.constant dense<1.0> : tensor<f32>
  %0 = stablehlo.add %x, %zero : tensor<f32>
  %1 = stablehlo.multiply %x, %zero : tensor<f32>
  %2 = stablehlo.subtract %zero, %x : tensor<f32>
  %3 = stablehlo.divide %one, %x : tensor<f32>
  %4 = stablehlo.subtract %x, %minus_zero : tensor<f32>
  return %0, %1, %2, %3, %4 : tensor<f32>, tensor<f32>, tensor<f32>, tensor<f32>, tensor<f32>
}

// CHECK-LABEL: func.func @compare_with_itself(
// CHECK-DAG:     %[[TRUE:.+]] = stablehlo.constant dense<true> : tensor<3xi1>
// CHECK-DAG:     %[[FALSE:.+]] = stablehlo.constant dense<false> : tensor<3xi1>
// CHECK:         return %[[TRUE]], %[[FALSE]]
func.func @compare_with_itself(%x: tensor<3xi32>) -> (tensor<3xi1>, tensor<3xi1>) {
  %0 = stablehlo.compare LE, %x, %x, SIGNED : (tensor<3xi32>, tensor<3xi32>) -> tensor<3xi1>
  %1 = stablehlo.compare NE, %x, %x, SIGNED : (tensor<3xi32>, tensor<3xi32>) -> tensor<3xi1>
  return %0, %1 : tensor<3xi1>, tensor<3xi1>
}

// CHECK-LABEL: func.func @nan_check(
// CHECK:         stablehlo.compare NE
func.func @nan_check(%x: tensor<3xf32>) -> tensor<3xi1> {
  %0 = stablehlo.compare NE, %x, %x, FLOAT : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
  return %0 : tensor<3xi1>
}

// CHECK-LABEL: func.func @select(
// CHECK-SAME:    %[[P:.+]]: tensor<3xi1>, %[[X:.+]]: tensor<3xf32>, %[[Y:.+]]: tensor<3xf32>)
// CHECK-NEXT:    return %[[X]], %[[Y]], %[[X]]
func.func @select(%p: tensor<3xi1>, %x: tensor<3xf32>, %y: tensor<3xf32>) -> (tensor<3xf32>, tensor<3xf32>, tensor<3xf32>) {
  %true = stablehlo.constant dense<true> : tensor<3xi1>
  %false = stablehlo.constant dense<false> : tensor<i1>
  %0 = stablehlo.select %true, %x, %y : tensor<3xi1>, tensor<3xf32>
  %1 = stablehlo.select %false, %x, %y : tensor<i1>, tensor<3xf32>
  %2 = stablehlo.select %p, %x, %x : tensor<3xi1>, tensor<3xf32>
  return %0, %1, %2 : tensor<3xf32>, tensor<3xf32>, tensor<3xf32>
}

// CHECK-LABEL: func.func @select_mixed(
// CHECK:         stablehlo.select
func.func @select_mixed(%x: tensor<2xf32>, %y: tensor<2xf32>) -> tensor<2xf32> {
  %mask = stablehlo.constant dense<[true, false]> : tensor<2xi1>
  %0 = stablehlo.select %mask, %x, %y : tensor<2xi1>, tensor<2xf32>
  return %0 : tensor<2xf32>
}

// What the branch holds is folded as well.
// CHECK-LABEL: func.func @case(
// CHECK-SAME:    %[[X:.+]]: tensor<f32>)
// CHECK-NEXT:    %[[C:.+]] = stablehlo.constant dense<5.000000e+00> : tensor<f32>
// CHECK-NEXT:    %[[Y:.+]] = stablehlo.multiply %[[X]], %[[C]]
// CHECK-NEXT:    return %[[Y]], %[[X]]
func.func @case(%x: tensor<f32>) -> (tensor<f32>, tensor<f32>) {
  %two = stablehlo.constant dense<2.0> : tensor<f32>
  %true = stablehlo.constant dense<true> : tensor<i1>
  %i = stablehlo.convert %true : (tensor<i1>) -> tensor<i32>
  %r:2 = "stablehlo.case"(%i) ({
    stablehlo.return %x, %x : tensor<f32>, tensor<f32>
  }, {
    %three = stablehlo.constant dense<3.0> : tensor<f32>
    %five = stablehlo.add %two, %three : tensor<f32>
    %y = stablehlo.multiply %x, %five : tensor<f32>
    stablehlo.return %y, %x : tensor<f32>, tensor<f32>
  }) : (tensor<i32>) -> (tensor<f32>, tensor<f32>)
  return %r#0, %r#1 : tensor<f32>, tensor<f32>
}

// CHECK-LABEL: func.func @case_out_of_range(
// CHECK-SAME:    %[[X:.+]]: tensor<f32>, %[[Y:.+]]: tensor<f32>)
// CHECK-NEXT:    return %[[Y]]
func.func @case_out_of_range(%x: tensor<f32>, %y: tensor<f32>) -> tensor<f32> {
  %i = stablehlo.constant dense<-1> : tensor<i32>
  %r = "stablehlo.case"(%i) ({
    stablehlo.return %x : tensor<f32>
  }, {
    stablehlo.return %y : tensor<f32>
  }) : (tensor<i32>) -> tensor<f32>
  return %r : tensor<f32>
}

// CHECK-LABEL: func.func @if(
// CHECK-SAME:    %[[X:.+]]: tensor<f32>)
// CHECK-NEXT:    stablehlo.custom_call @effect(%[[X]])
// CHECK-NEXT:    return %[[X]]
func.func @if(%x: tensor<f32>) -> tensor<f32> {
  %p = stablehlo.constant dense<false> : tensor<i1>
  %r = "stablehlo.if"(%p) ({
    %y = stablehlo.negate %x : tensor<f32>
    stablehlo.return %y : tensor<f32>
  }, {
    stablehlo.custom_call @effect(%x) {has_side_effect = true} : (tensor<f32>) -> ()
    stablehlo.return %x : tensor<f32>
  }) : (tensor<i1>) -> tensor<f32>
  return %r : tensor<f32>
}

// CHECK-LABEL: func.func @case_unknown(
// CHECK:         stablehlo.case
func.func @case_unknown(%i: tensor<i32>, %x: tensor<f32>, %y: tensor<f32>) -> tensor<f32> {
  %r = "stablehlo.case"(%i) ({
    stablehlo.return %x : tensor<f32>
  }, {
    stablehlo.return %y : tensor<f32>
  }) : (tensor<i32>) -> tensor<f32>
  return %r : tensor<f32>
}
