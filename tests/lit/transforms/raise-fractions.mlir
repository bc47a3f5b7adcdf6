// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s --invhlo-raise-fractions -split-input-file | FileCheck %s

// Coefficients are numbers where they can be, and else built behind the value.

// CHECK-LABEL: func.func @affine(
// CHECK-SAME:    %[[W:.+]]: tensor<3xf32>, %[[X:.+]]: tensor<3xf32>
// CHECK:         %[[VALUE:.+]] = stablehlo.add
// CHECK:         %[[ONE:.+]] = stablehlo.constant dense<1.0
// CHECK:         %[[A:.+]] = stablehlo.add %[[W]], %[[ONE]]
// CHECK:         %[[R:.+]] = invhlo.fraction(%[[X]]) of %[[A]], %{{.+}} over %{{.+}}, %{{.+}} = %[[VALUE]]
// CHECK:         return %[[R]]
func.func @affine(%w: tensor<3xf32>, %x: tensor<3xf32> {invhlo.unknown}) -> tensor<3xf32> {
  %0 = stablehlo.multiply %x, %w : tensor<3xf32>
  %1 = stablehlo.add %0, %x : tensor<3xf32>
  return %1 : tensor<3xf32>
}

// -----

// (2 x + 1) / (x + 3); what is subtracted from uses that once.

// CHECK-LABEL: func.func @quotient(
// CHECK-SAME:    %[[X:.+]]: tensor<f32>)
// CHECK:         %[[VALUE:.+]] = stablehlo.divide
// CHECK:         %[[A:.+]] = stablehlo.constant dense<2.0
// CHECK-NEXT:    %[[B:.+]] = stablehlo.constant dense<1.0
// CHECK-NEXT:    %[[C:.+]] = stablehlo.constant dense<1.0
// CHECK-NEXT:    %[[D:.+]] = stablehlo.constant dense<3.0
// CHECK-NEXT:    %[[R:.+]] = invhlo.fraction(%[[X]]) of %[[A]], %[[B]] over %[[C]], %[[D]] = %[[VALUE]]
// CHECK-NEXT:    stablehlo.subtract %{{.+}}, %[[R]]
// CHECK-NOT:     invhlo.fraction
func.func @quotient(%x: tensor<f32>) -> tensor<f32> {
  %one = stablehlo.constant dense<1.0> : tensor<f32>
  %two = stablehlo.constant dense<2.0> : tensor<f32>
  %three = stablehlo.constant dense<3.0> : tensor<f32>
  %five = stablehlo.constant dense<5.0> : tensor<f32>
  %0 = stablehlo.multiply %two, %x : tensor<f32>
  %1 = stablehlo.add %0, %one : tensor<f32>
  %2 = stablehlo.add %x, %three : tensor<f32>
  %3 = stablehlo.divide %1, %2 : tensor<f32>
  %4 = stablehlo.subtract %five, %3 : tensor<f32>
  return %4 : tensor<f32>
}

// -----

// What is of x^2, what x cancels from, what a literal loses by element, and what
// is used once are left.

// CHECK-LABEL: func.func @others(
// CHECK-NOT:     invhlo.fraction
func.func @others(%x: tensor<2xf32>) -> (tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) {
  %one = stablehlo.constant dense<1.0> : tensor<2xf32>
  %mask = stablehlo.constant dense<[0.0, -1.0]> : tensor<2xf32>
  %0 = stablehlo.add %x, %one : tensor<2xf32>
  %1 = stablehlo.multiply %x, %0 : tensor<2xf32>
  %2 = stablehlo.subtract %x, %0 : tensor<2xf32>
  %3 = stablehlo.multiply %x, %mask : tensor<2xf32>
  %4 = stablehlo.add %3, %x : tensor<2xf32>
  %5 = stablehlo.divide %one, %0 : tensor<2xf32>
  return %1, %2, %4, %5 : tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>
}

// -----

// x + x (1 - x), of degree two; a square alone is a monomial.

// CHECK-LABEL: func.func @quadratic(
// CHECK-SAME:    %[[X:.+]]: tensor<f32>)
// CHECK:         %[[VALUE:.+]] = stablehlo.add
// CHECK-DAG:     %[[A:.+]] = stablehlo.constant dense<-1.0
// CHECK-DAG:     %[[B:.+]] = stablehlo.constant dense<2.0
// CHECK:         %[[R:.+]] = invhlo.quadratic(%[[X]]) of %[[A]], %[[B]], %{{.+}} over %{{.+}}, %{{.+}}, %{{.+}} = %[[VALUE]]
// CHECK:         %[[SQUARE:.+]] = stablehlo.multiply %[[R]], %[[R]]
// CHECK-NOT:     invhlo.quadratic
// CHECK:         return %[[SQUARE]]
func.func @quadratic(%x: tensor<f32>) -> tensor<f32> {
  %one = stablehlo.constant dense<1.0> : tensor<f32>
  %0 = stablehlo.subtract %one, %x : tensor<f32>
  %1 = stablehlo.multiply %x, %0 : tensor<f32>
  %2 = stablehlo.add %x, %1 : tensor<f32>
  %3 = stablehlo.multiply %2, %2 : tensor<f32>
  return %3 : tensor<f32>
}
