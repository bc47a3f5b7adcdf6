// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @eq_float(
// CHECK-SAME:    %[[LHS:.+]]: tensor<2xf32>, %[[RHS:.+]]: tensor<2xf32>) -> tensor<2xi1>
// CHECK-NEXT:    %{{.+}} = stablehlo.compare EQ, %[[LHS]], %[[RHS]], FLOAT : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xi1>
func.func @eq_float(%lhs: tensor<2xf32>, %rhs: tensor<2xf32>) -> tensor<2xi1> {
  %p = stablehlo.compare EQ, %lhs, %rhs, FLOAT : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xi1>
  return %p : tensor<2xi1>
}

// CHECK-LABEL: func.func @ne_float(
// CHECK-SAME:    %[[LHS:.+]]: tensor<2xf32>, %[[RHS:.+]]: tensor<2xf32>) -> tensor<2xi1>
// CHECK-NEXT:    %{{.+}} = stablehlo.compare NE, %[[LHS]], %[[RHS]], FLOAT : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xi1>
func.func @ne_float(%lhs: tensor<2xf32>, %rhs: tensor<2xf32>) -> tensor<2xi1> {
  %p = stablehlo.compare NE, %lhs, %rhs, FLOAT : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xi1>
  return %p : tensor<2xi1>
}

// CHECK-LABEL: func.func @ge_signed(
// CHECK-SAME:    %[[LHS:.+]]: tensor<2xi32>, %[[RHS:.+]]: tensor<2xi32>) -> tensor<2xi1>
// CHECK-NEXT:    %{{.+}} = stablehlo.compare GE, %[[LHS]], %[[RHS]], SIGNED : (tensor<2xi32>, tensor<2xi32>) -> tensor<2xi1>
func.func @ge_signed(%lhs: tensor<2xi32>, %rhs: tensor<2xi32>) -> tensor<2xi1> {
  %p = stablehlo.compare GE, %lhs, %rhs, SIGNED : (tensor<2xi32>, tensor<2xi32>) -> tensor<2xi1>
  return %p : tensor<2xi1>
}

// CHECK-LABEL: func.func @gt_unsigned(
// CHECK-SAME:    %[[LHS:.+]]: tensor<2xui32>, %[[RHS:.+]]: tensor<2xui32>) -> tensor<2xi1>
// CHECK-NEXT:    %{{.+}} = stablehlo.compare GT, %[[LHS]], %[[RHS]], UNSIGNED : (tensor<2xui32>, tensor<2xui32>) -> tensor<2xi1>
func.func @gt_unsigned(%lhs: tensor<2xui32>, %rhs: tensor<2xui32>) -> tensor<2xi1> {
  %p = stablehlo.compare GT, %lhs, %rhs, UNSIGNED : (tensor<2xui32>, tensor<2xui32>) -> tensor<2xi1>
  return %p : tensor<2xi1>
}

// CHECK-LABEL: func.func @le_totalorder(
// CHECK-SAME:    %[[LHS:.+]]: tensor<2xf32>, %[[RHS:.+]]: tensor<2xf32>) -> tensor<2xi1>
// CHECK-NEXT:    %{{.+}} = stablehlo.compare LE, %[[LHS]], %[[RHS]], TOTALORDER : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xi1>
func.func @le_totalorder(%lhs: tensor<2xf32>, %rhs: tensor<2xf32>) -> tensor<2xi1> {
  %p = stablehlo.compare LE, %lhs, %rhs, TOTALORDER : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xi1>
  return %p : tensor<2xi1>
}

// CHECK-LABEL: func.func @lt_no_type(
// CHECK-SAME:    %[[LHS:.+]]: tensor<2xi8>, %[[RHS:.+]]: tensor<2xi8>) -> tensor<2xi1>
// CHECK-NEXT:    %{{.+}} = stablehlo.compare LT, %[[LHS]], %[[RHS]] : (tensor<2xi8>, tensor<2xi8>) -> tensor<2xi1>
func.func @lt_no_type(%lhs: tensor<2xi8>, %rhs: tensor<2xi8>) -> tensor<2xi1> {
  %p = stablehlo.compare LT, %lhs, %rhs : (tensor<2xi8>, tensor<2xi8>) -> tensor<2xi1>
  return %p : tensor<2xi1>
}
