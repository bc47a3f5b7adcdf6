// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @counter(
// CHECK-SAME:    %[[N:.+]]: tensor<i32>, %[[X:.+]]: tensor<2xf32>) -> tensor<2xf32>
// CHECK-NEXT:    %[[ZERO:.+]] = stablehlo.constant dense<0> : tensor<i32>
// CHECK-NEXT:    %{{.+}}:2 = stablehlo.while(%[[I:.+]] = %[[ZERO]], %[[V:.+]] = %[[X]]) : tensor<i32>, tensor<2xf32>
// CHECK-NEXT:    cond {
// CHECK-NEXT:      %[[P:.+]] = stablehlo.compare LT, %[[I]], %[[N]], SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
// CHECK-NEXT:      stablehlo.return %[[P]] : tensor<i1>
// CHECK-NEXT:    } do {
// CHECK-NEXT:      %[[ONE:.+]] = stablehlo.constant dense<1> : tensor<i32>
// CHECK-NEXT:      %[[J:.+]] = stablehlo.add %[[I]], %[[ONE]] : tensor<i32>
// CHECK-NEXT:      %[[W:.+]] = stablehlo.add %[[V]], %[[V]] : tensor<2xf32>
// CHECK-NEXT:      stablehlo.return %[[J]], %[[W]] : tensor<i32>, tensor<2xf32>
// CHECK-NEXT:    }
func.func @counter(%n: tensor<i32>, %x: tensor<2xf32>) -> tensor<2xf32> {
  %zero = stablehlo.constant dense<0> : tensor<i32>
  %y:2 = stablehlo.while(%i = %zero, %v = %x) : tensor<i32>, tensor<2xf32>
  cond {
    %p = stablehlo.compare LT, %i, %n, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
    stablehlo.return %p : tensor<i1>
  } do {
    %one = stablehlo.constant dense<1> : tensor<i32>
    %j = stablehlo.add %i, %one : tensor<i32>
    %w = stablehlo.add %v, %v : tensor<2xf32>
    stablehlo.return %j, %w : tensor<i32>, tensor<2xf32>
  }
  return %y#1 : tensor<2xf32>
}

// CHECK-LABEL: func.func @attributes(
// CHECK-SAME:    %[[X:.+]]: tensor<i1>) -> tensor<i1>
// CHECK-NEXT:    %{{.+}} = stablehlo.while(%[[P:.+]] = %[[X]]) : tensor<i1> attributes {mhlo.frontend_attributes = {_scope = "a"}}
// CHECK-NEXT:    cond {
// CHECK-NEXT:      stablehlo.return %[[P]] : tensor<i1>
// CHECK-NEXT:    } do {
// CHECK-NEXT:      stablehlo.return %[[P]] : tensor<i1>
// CHECK-NEXT:    }
func.func @attributes(%x: tensor<i1>) -> tensor<i1> {
  %y = stablehlo.while(%p = %x) : tensor<i1> attributes {mhlo.frontend_attributes = {_scope = "a"}}
  cond {
    stablehlo.return %p : tensor<i1>
  } do {
    stablehlo.return %p : tensor<i1>
  }
  return %y : tensor<i1>
}
