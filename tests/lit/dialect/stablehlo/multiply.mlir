// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @float(
// CHECK-SAME:    %[[LHS:.+]]: tensor<2x3xf32>, %[[RHS:.+]]: tensor<2x3xf32>) -> tensor<2x3xf32>
// CHECK-NEXT:    %{{.+}} = stablehlo.multiply %[[LHS]], %[[RHS]] : tensor<2x3xf32>
func.func @float(%lhs: tensor<2x3xf32>, %rhs: tensor<2x3xf32>) -> tensor<2x3xf32> {
  %y = stablehlo.multiply %lhs, %rhs : tensor<2x3xf32>
  return %y : tensor<2x3xf32>
}

// CHECK-LABEL: func.func @dynamic_int(
// CHECK-SAME:    %[[LHS:.+]]: tensor<?x3xi32>, %[[RHS:.+]]: tensor<?x3xi32>) -> tensor<?x3xi32>
// CHECK-NEXT:    %{{.+}} = stablehlo.multiply %[[LHS]], %[[RHS]] : tensor<?x3xi32>
func.func @dynamic_int(%lhs: tensor<?x3xi32>, %rhs: tensor<?x3xi32>) -> tensor<?x3xi32> {
  %y = stablehlo.multiply %lhs, %rhs : tensor<?x3xi32>
  return %y : tensor<?x3xi32>
}

// CHECK-LABEL: func.func @named_scope(
// CHECK-SAME:    %[[LHS:.+]]: tensor<2xbf16>, %[[RHS:.+]]: tensor<2xbf16>) -> tensor<2xbf16>
// CHECK-NEXT:    %{{.+}} = stablehlo.multiply %[[LHS]], %[[RHS]] {mhlo.frontend_attributes = {_scope = "a"}} : tensor<2xbf16>
func.func @named_scope(%lhs: tensor<2xbf16>, %rhs: tensor<2xbf16>) -> tensor<2xbf16> {
  %y = stablehlo.multiply %lhs, %rhs {mhlo.frontend_attributes = {_scope = "a"}} : tensor<2xbf16>
  return %y : tensor<2xbf16>
}

// CHECK-LABEL: func.func @complex(
// CHECK-SAME:    %[[LHS:.+]]: tensor<complex<f32>>, %[[RHS:.+]]: tensor<complex<f32>>) -> tensor<complex<f32>>
// CHECK-NEXT:    %{{.+}} = stablehlo.multiply %[[LHS]], %[[RHS]] : tensor<complex<f32>>
func.func @complex(%lhs: tensor<complex<f32>>, %rhs: tensor<complex<f32>>) -> tensor<complex<f32>> {
  %y = stablehlo.multiply %lhs, %rhs : tensor<complex<f32>>
  return %y : tensor<complex<f32>>
}

// CHECK-LABEL: func.func @bool(
// CHECK-SAME:    %[[LHS:.+]]: tensor<2xi1>, %[[RHS:.+]]: tensor<2xi1>) -> tensor<2xi1>
// CHECK-NEXT:    %{{.+}} = stablehlo.multiply %[[LHS]], %[[RHS]] : tensor<2xi1>
func.func @bool(%lhs: tensor<2xi1>, %rhs: tensor<2xi1>) -> tensor<2xi1> {
  %y = stablehlo.multiply %lhs, %rhs : tensor<2xi1>
  return %y : tensor<2xi1>
}
