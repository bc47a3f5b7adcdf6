// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @two_results(
// CHECK-SAME:    %[[P:.+]]: tensor<i1>, %[[X:.+]]: tensor<2xf32>) -> (tensor<2xf32>, tensor<i32>)
// CHECK-NEXT:    %{{.+}}:2 = "stablehlo.if"(%[[P]]) ({
// CHECK-NEXT:      %[[ONE:.+]] = stablehlo.constant dense<1> : tensor<i32>
// CHECK-NEXT:      stablehlo.return %[[X]], %[[ONE]] : tensor<2xf32>, tensor<i32>
// CHECK-NEXT:    }, {
// CHECK-NEXT:      %[[TWO:.+]] = stablehlo.constant dense<2> : tensor<i32>
// CHECK-NEXT:      %[[N:.+]] = stablehlo.negate %[[X]] : tensor<2xf32>
// CHECK-NEXT:      stablehlo.return %[[N]], %[[TWO]] : tensor<2xf32>, tensor<i32>
// CHECK-NEXT:    }) : (tensor<i1>) -> (tensor<2xf32>, tensor<i32>)
func.func @two_results(%p: tensor<i1>, %x: tensor<2xf32>) -> (tensor<2xf32>, tensor<i32>) {
  %y:2 = "stablehlo.if"(%p) ({
    %one = stablehlo.constant dense<1> : tensor<i32>
    stablehlo.return %x, %one : tensor<2xf32>, tensor<i32>
  }, {
    %two = stablehlo.constant dense<2> : tensor<i32>
    %n = stablehlo.negate %x : tensor<2xf32>
    stablehlo.return %n, %two : tensor<2xf32>, tensor<i32>
  }) : (tensor<i1>) -> (tensor<2xf32>, tensor<i32>)
  return %y#0, %y#1 : tensor<2xf32>, tensor<i32>
}
