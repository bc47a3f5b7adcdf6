// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s --invhlo-raise-idioms -split-input-file | FileCheck %s

// CHECK-LABEL: func.func @sigmoid(
// CHECK-SAME:    %[[X:.+]]: tensor<3xf32>)
// CHECK:         %[[VALUE:.+]] = stablehlo.divide
// CHECK-NEXT:    %[[IDIOM:.+]] = invhlo.idiom "sigmoid"(%[[X]]) = %[[VALUE]] : tensor<3xf32>
// CHECK-NEXT:    return %[[IDIOM]]
func.func @sigmoid(%x: tensor<3xf32>) -> tensor<3xf32> {
  %one = stablehlo.constant dense<1.0> : tensor<3xf32>
  %0 = stablehlo.negate %x : tensor<3xf32>
  %1 = stablehlo.exponential %0 : tensor<3xf32>
  %2 = stablehlo.add %1, %one : tensor<3xf32>
  %3 = stablehlo.divide %one, %2 : tensor<3xf32>
  return %3 : tensor<3xf32>
}

// -----

// The operands of commutative ops may stand in either order, and the type may
// be any float, of any shape.

// CHECK-LABEL: func.func @commuted(
// CHECK-SAME:    %[[X:.+]]: tensor<bf16>)
// CHECK:         invhlo.idiom "sigmoid"(%[[X]]) = %{{.+}} : tensor<bf16>
func.func @commuted(%x: tensor<bf16>) -> tensor<bf16> {
  %one = stablehlo.constant dense<1.0> : tensor<bf16>
  %0 = stablehlo.negate %x : tensor<bf16>
  %1 = stablehlo.exponential %0 : tensor<bf16>
  %2 = stablehlo.add %one, %1 : tensor<bf16>
  %3 = stablehlo.divide %one, %2 : tensor<bf16>
  return %3 : tensor<bf16>
}

// -----

// Another literal, another op, or a literal that is not the same everywhere make
// another function.

// CHECK-LABEL: func.func @near_misses(
// CHECK-NOT:     invhlo.idiom
func.func @near_misses(%x: tensor<3xf32>)
    -> (tensor<3xf32>, tensor<3xf32>, tensor<3xf32>) {
  %one = stablehlo.constant dense<1.0> : tensor<3xf32>
  %two = stablehlo.constant dense<2.0> : tensor<3xf32>
  %mixed = stablehlo.constant dense<[1.0, 1.0, 2.0]> : tensor<3xf32>
  %0 = stablehlo.negate %x : tensor<3xf32>
  %1 = stablehlo.exponential %0 : tensor<3xf32>
  %2 = stablehlo.add %1, %one : tensor<3xf32>
  %3 = stablehlo.divide %two, %2 : tensor<3xf32>
  %4 = stablehlo.divide %mixed, %2 : tensor<3xf32>
  %5 = stablehlo.subtract %1, %one : tensor<3xf32>
  %6 = stablehlo.divide %one, %5 : tensor<3xf32>
  return %3, %4, %6 : tensor<3xf32>, tensor<3xf32>, tensor<3xf32>
}

// -----

// What an expansion uses twice must be one value.

// CHECK-LABEL: func.func @soft_sign(
// CHECK-SAME:    %[[X:.+]]: tensor<3xf32>, %[[Z:.+]]: tensor<3xf32>)
// CHECK:         %[[VALUE:.+]] = stablehlo.divide %[[X]], %[[SUM:.+]] : tensor<3xf32>
// CHECK-NEXT:    %[[IDIOM:.+]] = invhlo.idiom "soft_sign"(%[[X]]) = %[[VALUE]] : tensor<3xf32>
// CHECK-NEXT:    %[[OTHER:.+]] = stablehlo.divide %[[Z]], %[[SUM]] : tensor<3xf32>
// CHECK-NEXT:    return %[[IDIOM]], %[[OTHER]]
func.func @soft_sign(%x: tensor<3xf32>, %z: tensor<3xf32>)
    -> (tensor<3xf32>, tensor<3xf32>) {
  %one = stablehlo.constant dense<1.0> : tensor<3xf32>
  %0 = stablehlo.abs %x : tensor<3xf32>
  %1 = stablehlo.add %0, %one : tensor<3xf32>
  %2 = stablehlo.divide %x, %1 : tensor<3xf32>
  %3 = stablehlo.divide %z, %1 : tensor<3xf32>
  return %2, %3 : tensor<3xf32>, tensor<3xf32>
}

// -----

// A parameter may be a literal or known at run time only.

// CHECK-LABEL: func.func @leaky_relu(
// CHECK-SAME:    %[[X:.+]]: tensor<3xf32>, %[[SLOPE:.+]]: tensor<3xf32>)
// CHECK:         %[[TENTH:.+]] = stablehlo.constant dense<1.000000e-01>
// CHECK:         invhlo.idiom "leaky_relu"(%[[X]], %[[SLOPE]])
// CHECK:         invhlo.idiom "leaky_relu"(%[[X]], %[[TENTH]])
func.func @leaky_relu(%x: tensor<3xf32>, %slope: tensor<3xf32>)
    -> (tensor<3xf32>, tensor<3xf32>) {
  %zero = stablehlo.constant dense<0.0> : tensor<3xf32>
  %tenth = stablehlo.constant dense<0.1> : tensor<3xf32>
  %0 = stablehlo.compare GE, %x, %zero, FLOAT : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
  %1 = stablehlo.multiply %slope, %x : tensor<3xf32>
  %2 = stablehlo.select %0, %x, %1 : tensor<3xi1>, tensor<3xf32>
  %3 = stablehlo.multiply %x, %tenth : tensor<3xf32>
  %4 = stablehlo.select %0, %x, %3 : tensor<3xi1>, tensor<3xf32>
  return %2, %4 : tensor<3xf32>, tensor<3xf32>
}

// -----

// The largest function is the one to invert; what it is made of is seen too.

// CHECK-LABEL: func.func @silu(
// CHECK-SAME:    %[[X:.+]]: tensor<3xf32>)
// CHECK:         %[[SIGMOID:.+]] = invhlo.idiom "sigmoid"(%[[X]])
// CHECK-NEXT:    %[[VALUE:.+]] = stablehlo.multiply %[[X]], %[[SIGMOID]]
// CHECK-NEXT:    %[[SILU:.+]] = invhlo.idiom "silu"(%[[X]]) = %[[VALUE]]
// CHECK-NEXT:    return %[[SILU]]
func.func @silu(%x: tensor<3xf32>) -> tensor<3xf32> {
  %one = stablehlo.constant dense<1.0> : tensor<3xf32>
  %0 = stablehlo.negate %x : tensor<3xf32>
  %1 = stablehlo.exponential %0 : tensor<3xf32>
  %2 = stablehlo.add %1, %one : tensor<3xf32>
  %3 = stablehlo.divide %one, %2 : tensor<3xf32>
  %4 = stablehlo.multiply %x, %3 : tensor<3xf32>
  return %4 : tensor<3xf32>
}

// -----

// Functions in regions are found as well.

// CHECK-LABEL: func.func @region(
// CHECK:         stablehlo.case
// CHECK:           %[[IDIOM:.+]] = invhlo.idiom "soft_sign"
// CHECK-NEXT:      stablehlo.return %[[IDIOM]]
func.func @region(%i: tensor<i32>, %x: tensor<3xf32>) -> tensor<3xf32> {
  %one = stablehlo.constant dense<1.0> : tensor<3xf32>
  %y = "stablehlo.case"(%i) ({
    %0 = stablehlo.abs %x : tensor<3xf32>
    %1 = stablehlo.add %0, %one : tensor<3xf32>
    %2 = stablehlo.divide %x, %1 : tensor<3xf32>
    stablehlo.return %2 : tensor<3xf32>
  }, {
    stablehlo.return %x : tensor<3xf32>
  }) : (tensor<i32>) -> tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// Mapping front ends transpose some of the values and not others.

// CHECK-LABEL: func.func @transposed(
// CHECK-SAME:    %[[X:.+]]: tensor<2x3xf32>)
// CHECK:         %[[VALUE:.+]] = stablehlo.divide
// CHECK-NEXT:    %[[T:.+]] = stablehlo.transpose %[[X]], dims = [1, 0]
// CHECK-NEXT:    %[[IDIOM:.+]] = invhlo.idiom "sigmoid"(%[[T]]) = %[[VALUE]] : tensor<3x2xf32>
// CHECK-NEXT:    return %[[IDIOM]]
func.func @transposed(%x: tensor<2x3xf32>) -> tensor<3x2xf32> {
  %one = stablehlo.constant dense<1.0> : tensor<3x2xf32>
  %0 = stablehlo.negate %x : tensor<2x3xf32>
  %1 = stablehlo.exponential %0 : tensor<2x3xf32>
  %2 = stablehlo.transpose %1, dims = [1, 0] : (tensor<2x3xf32>) -> tensor<3x2xf32>
  %3 = stablehlo.add %2, %one : tensor<3x2xf32>
  %4 = stablehlo.divide %one, %3 : tensor<3x2xf32>
  return %4 : tensor<3x2xf32>
}

// -----

// One argument, once as it is and once transposed: of a square array, other
// elements.

// CHECK-LABEL: func.func @another_orientation(
// CHECK-NOT:     invhlo.idiom
func.func @another_orientation(%x: tensor<2x2xf32>) -> tensor<2x2xf32> {
  %one = stablehlo.constant dense<1.0> : tensor<2x2xf32>
  %0 = stablehlo.abs %x : tensor<2x2xf32>
  %1 = stablehlo.add %0, %one : tensor<2x2xf32>
  %2 = stablehlo.transpose %1, dims = [1, 0] : (tensor<2x2xf32>) -> tensor<2x2xf32>
  %3 = stablehlo.divide %x, %2 : tensor<2x2xf32>
  return %3 : tensor<2x2xf32>
}

// -----

// A parameter that is computed from the argument is none.

// CHECK-LABEL: func.func @square_and_multiple(
// CHECK-NOT:     invhlo.idiom
func.func @square_and_multiple(%x: tensor<3xf32>) -> tensor<3xf32> {
  %zero = stablehlo.constant dense<0.0> : tensor<3xf32>
  %two = stablehlo.constant dense<2.0> : tensor<3xf32>
  %0 = stablehlo.compare GT, %x, %zero : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
  %1 = stablehlo.multiply %x, %x : tensor<3xf32>
  %2 = stablehlo.multiply %two, %x : tensor<3xf32>
  %3 = stablehlo.select %0, %1, %2 : tensor<3xi1>, tensor<3xf32>
  return %3 : tensor<3xf32>
}
