// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-host-primitives -split-input-file | FileCheck %s

// The lowering goes with all that only it needs, calls and loops among them; what
// others need stays.

// CHECK-LABEL: func.func @main(
// CHECK-SAME:    %[[X:.+]]: tensor<f32>)
// CHECK-NEXT:    %[[E:.+]] = stablehlo.exponential %[[X]]
// CHECK-NEXT:    %[[Z:.+]] = stablehlo.custom_call @invhlo.bind(%[[X]]) {invhlo.host = 2 : i64} : (tensor<f32>) -> tensor<f32>
// CHECK-NEXT:    return %[[Z]], %[[E]]
func.func @main(%x: tensor<f32>) -> (tensor<f32>, tensor<f32>) {
  %e = stablehlo.exponential %x : tensor<f32>
  %a = call @f(%e) : (tensor<f32>) -> tensor<f32>
  %p = stablehlo.constant dense<true> : tensor<i1>
  %y = stablehlo.while(%i = %a) : tensor<f32>
  cond {
    stablehlo.return %p : tensor<i1>
  } do {
    %n = func.call @f(%i) : (tensor<f32>) -> tensor<f32>
    %m = stablehlo.custom_call @invhlo.primitive(%i, %n) {invhlo.host = 1 : i64}
      : (tensor<f32>, tensor<f32>) -> tensor<f32>
    %l = stablehlo.add %m, %e : tensor<f32>
    stablehlo.return %l : tensor<f32>
  }
  %z = stablehlo.custom_call @invhlo.primitive(%x, %y) {invhlo.host = 2 : i64}
    : (tensor<f32>, tensor<f32>) -> tensor<f32>
  return %z, %e : tensor<f32>, tensor<f32>
}
func.func private @f(%x: tensor<f32>) -> tensor<f32> {
  return %x : tensor<f32>
}

// -----

// A lowering may hold primitives, and may be an operand.

// CHECK-LABEL: func.func @nested(
// CHECK-SAME:    %[[X:.+]]: tensor<f32>)
// CHECK-NEXT:    %[[Z:.+]]:2 = stablehlo.custom_call @invhlo.bind(%[[X]]) {invhlo.host = 1 : i64} : (tensor<f32>) -> (tensor<f32>, tensor<f32>)
// CHECK-NEXT:    return %[[Z]]#0, %[[Z]]#1
func.func @nested(%x: tensor<f32>) -> (tensor<f32>, tensor<f32>) {
  %e = stablehlo.exponential %x : tensor<f32>
  %y = stablehlo.custom_call @invhlo.primitive(%x, %e) {invhlo.host = 0 : i64}
    : (tensor<f32>, tensor<f32>) -> tensor<f32>
  %z:2 = stablehlo.custom_call @invhlo.primitive(%x, %y, %x) {invhlo.host = 1 : i64}
    : (tensor<f32>, tensor<f32>, tensor<f32>) -> (tensor<f32>, tensor<f32>)
  return %z#0, %z#1 : tensor<f32>, tensor<f32>
}
