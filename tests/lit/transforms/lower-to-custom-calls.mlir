// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-lower-to-custom-calls | FileCheck %s
// RUN: invhlo-opt %s > %t
// RUN: invhlo-opt %s -invhlo-lower-to-custom-calls -invhlo-raise-custom-calls | diff %t -

// CHECK-LABEL: func.func @main(
// CHECK-SAME:    %[[X:.+]]: tensor<4xf32>, %[[A:.+]]: tensor<2x2xf32>, %[[P:.+]]: tensor<i1>)
// CHECK-NEXT:    %[[S:.+]]:2 = stablehlo.custom_call @invhlo.split(%[[X]]) {invhlo.dim = 0 : i64} : (tensor<4xf32>) -> (tensor<2xf32>, tensor<2xf32>)
// CHECK-NEXT:    stablehlo.custom_call @invhlo.primitive(%[[X]], %[[A]], %[[S]]#0, %[[X]]) {invhlo.host = 1 : i64, mhlo.frontend_attributes = {note = "a"}} : (tensor<4xf32>, tensor<2x2xf32>, tensor<2xf32>, tensor<4xf32>) -> (tensor<2xf32>, tensor<4xf32>)
// CHECK-NEXT:    "stablehlo.if"
// CHECK-NEXT:      %[[I:.+]] = stablehlo.custom_call @invhlo.bind() {invhlo.host = 0 : i64} : () -> tensor<i32>
// CHECK-NEXT:      stablehlo.return %[[I]]
// CHECK:         stablehlo.custom_call @invhlo.solve(%[[A]], %[[A]]) : (tensor<2x2xf32>, tensor<2x2xf32>) -> tensor<2x2xf32>
// CHECK-NEXT:    %[[D:.+]] = stablehlo.custom_call @invhlo.log_abs_det(%[[A]]) : (tensor<2x2xf32>) -> tensor<f32>
// CHECK-NEXT:    return %[[D]]
func.func @main(%x: tensor<4xf32>, %a: tensor<2x2xf32>, %p: tensor<i1>) -> tensor<f32> {
  %s:2 = invhlo.split %x, dim = 0 : (tensor<4xf32>) -> (tensor<2xf32>, tensor<2xf32>)
  %y:2 = invhlo.primitive 1(%x, %a) = %s#0, %x {mhlo.frontend_attributes = {note = "a"}}
    : (tensor<4xf32>, tensor<2x2xf32>) -> (tensor<2xf32>, tensor<4xf32>)
  %i = "stablehlo.if"(%p) ({
    %0 = invhlo.bind 0() : () -> tensor<i32>
    stablehlo.return %0 : tensor<i32>
  }, {
    %0 = stablehlo.constant dense<0> : tensor<i32>
    stablehlo.return %0 : tensor<i32>
  }) : (tensor<i1>) -> tensor<i32>
  %z = invhlo.solve %a, %a : tensor<2x2xf32>, tensor<2x2xf32>
  %d = invhlo.log_abs_det %a : tensor<2x2xf32>
  return %d : tensor<f32>
}
