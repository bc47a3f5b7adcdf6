// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-host-primitives -split-input-file | FileCheck %s

// The lowering goes with all that only it needs, calls and loops among them; what
// others need stays.

// CHECK-LABEL: func.func @main(
// CHECK-SAME:    %[[X:.+]]: tensor<f32>)
// CHECK-NEXT:    %[[E:.+]] = stablehlo.exponential %[[X]]
// CHECK-NEXT:    %[[Z:.+]] = invhlo.bind 2(%[[X]]) : (tensor<f32>) -> tensor<f32>
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
    %m = invhlo.primitive 1(%i) = %n : (tensor<f32>) -> tensor<f32>
    %l = stablehlo.add %m, %e : tensor<f32>
    stablehlo.return %l : tensor<f32>
  }
  %z = invhlo.primitive 2(%x) = %y : (tensor<f32>) -> tensor<f32>
  return %z, %e : tensor<f32>, tensor<f32>
}
func.func private @f(%x: tensor<f32>) -> tensor<f32> {
  return %x : tensor<f32>
}

// -----

// A lowering may hold primitives, and may be an operand.

// CHECK-LABEL: func.func @nested(
// CHECK-SAME:    %[[X:.+]]: tensor<f32>)
// CHECK-NEXT:    %[[Z:.+]]:2 = invhlo.bind 1(%[[X]]) : (tensor<f32>) -> (tensor<f32>, tensor<f32>)
// CHECK-NEXT:    return %[[Z]]#0, %[[Z]]#1
func.func @nested(%x: tensor<f32>) -> (tensor<f32>, tensor<f32>) {
  %e = stablehlo.exponential %x : tensor<f32>
  %y = invhlo.primitive 0(%x) = %e : (tensor<f32>) -> tensor<f32>
  %z:2 = invhlo.primitive 1(%x) = %y, %x : (tensor<f32>) -> (tensor<f32>, tensor<f32>)
  return %z#0, %z#1 : tensor<f32>, tensor<f32>
}
