// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-raise-custom-calls | FileCheck %s

// The last operands of a primitive, as many as there are results, are lowered
// values. What else a call says stays beside the op.

// CHECK-LABEL: func.func @main(
// CHECK-SAME:    %[[X:.+]]: tensor<4xf32>, %[[A:.+]]: tensor<2x2xf32>, %[[P:.+]]: tensor<i1>)
// CHECK-NEXT:    %[[E:.+]] = stablehlo.exponential %[[X]]
// CHECK-NEXT:    %[[S:.+]]:2 = invhlo.split %[[X]], dim = 0 : (tensor<4xf32>) -> (tensor<2xf32>, tensor<2xf32>)
// CHECK-NEXT:    invhlo.primitive 1(%[[X]], %[[A]]) = %[[S]]#0, %[[E]] {mhlo.frontend_attributes = {note = "a"}} : (tensor<4xf32>, tensor<2x2xf32>) -> (tensor<2xf32>, tensor<4xf32>)
// CHECK-NEXT:    "stablehlo.if"
// CHECK-NEXT:      invhlo.bind 0() : () -> tensor<i32>
// CHECK:         invhlo.solve %[[A]], %[[A]] : tensor<2x2xf32>, tensor<2x2xf32>
// CHECK-NEXT:    invhlo.log_abs_det %[[A]] : tensor<2x2xf32>

// Annotations and calls of others stay.
// CHECK-NEXT:    stablehlo.custom_call @invhlo.custom_inverse(%[[X]])
// CHECK-NEXT:    stablehlo.custom_call @elsewhere.solve(%[[A]])
func.func @main(%x: tensor<4xf32>, %a: tensor<2x2xf32>, %p: tensor<i1>) {
  %e = stablehlo.exponential %x : tensor<4xf32>
  %s:2 = stablehlo.custom_call @invhlo.split(%x) {invhlo.dim = 0 : i64}
    : (tensor<4xf32>) -> (tensor<2xf32>, tensor<2xf32>)
  %y:2 = stablehlo.custom_call @invhlo.primitive(%x, %a, %s#0, %e)
    {invhlo.host = 1 : i64, mhlo.frontend_attributes = {note = "a"}}
    : (tensor<4xf32>, tensor<2x2xf32>, tensor<2xf32>, tensor<4xf32>) -> (tensor<2xf32>, tensor<4xf32>)
  %i = "stablehlo.if"(%p) ({
    %0 = stablehlo.custom_call @invhlo.bind() {invhlo.host = 0 : i64} : () -> tensor<i32>
    stablehlo.return %0 : tensor<i32>
  }, {
    %0 = stablehlo.constant dense<0> : tensor<i32>
    stablehlo.return %0 : tensor<i32>
  }) : (tensor<i1>) -> tensor<i32>
  %z = stablehlo.custom_call @invhlo.solve(%a, %a)
    : (tensor<2x2xf32>, tensor<2x2xf32>) -> tensor<2x2xf32>
  %d = stablehlo.custom_call @invhlo.log_abs_det(%a) : (tensor<2x2xf32>) -> tensor<f32>
  %c = stablehlo.custom_call @invhlo.custom_inverse(%x) {called_computations = [@f]}
    : (tensor<4xf32>) -> tensor<4xf32>
  %o = stablehlo.custom_call @elsewhere.solve(%a) : (tensor<2x2xf32>) -> tensor<2x2xf32>
  return
}
func.func private @f(%x: tensor<4xf32>) -> tensor<4xf32> {
  return %x : tensor<4xf32>
}
