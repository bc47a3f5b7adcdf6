// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-host-loops | FileCheck %s

// The body takes the number of the step, what is carried, rows, and what it
// captures.

// CHECK-LABEL: func.func @main(
// CHECK-SAME:    %[[K:.+]]: tensor<f32>, %[[C0:.+]]: tensor<f32>, %[[XS:.+]]: tensor<5xf32>)
// CHECK:         stablehlo.custom_call @invhlo.scan(%[[C0]], %[[XS]], %[[K]]) {called_computations = [@[[BODY:.+]]], invhlo.carried = 1 : i64, invhlo.count = 5 : i64, invhlo.reverse = true, invhlo.stacked = 1 : i64}
// CHECK-SAME:      : (tensor<f32>, tensor<5xf32>, tensor<f32>) -> (tensor<f32>, tensor<5xi32>)
func.func @main(%k: tensor<f32>, %c0: tensor<f32>, %xs: tensor<5xf32>)
    -> (tensor<f32>, tensor<5xi32>) {
  %0:2 = invhlo.scan 5 reverse (%c0) over (%xs)
      : (tensor<f32>, tensor<5xf32>) -> (tensor<f32>, tensor<5xi32>) {
  ^bb0(%t: tensor<i32>, %c: tensor<f32>, %x: tensor<f32>):
    %1 = invhlo.scan 2 (%c) over () : (tensor<f32>) -> tensor<f32> {
    ^bb0(%u: tensor<i32>, %d: tensor<f32>):
      %2 = stablehlo.multiply %d, %k : tensor<f32>
      %3 = stablehlo.add %2, %x : tensor<f32>
      invhlo.yield %3 : tensor<f32>
    }
    invhlo.yield %1, %t : tensor<f32>, tensor<i32>
  }
  return %0#0, %0#1 : tensor<f32>, tensor<5xi32>
}

// CHECK:       func.func private @[[INNER:.+]](%{{.+}}: tensor<i32>, %[[D:.+]]: tensor<f32>, %[[A:.+]]: tensor<f32>, %[[B:.+]]: tensor<f32>) -> tensor<f32>
// CHECK:       func.func private @[[BODY]](%[[T:.+]]: tensor<i32>, %[[C:.+]]: tensor<f32>, %[[X:.+]]: tensor<f32>, %[[KK:.+]]: tensor<f32>) -> (tensor<f32>, tensor<i32>)
// CHECK:         %[[R:.+]] = stablehlo.custom_call @invhlo.scan(%[[C]], %{{.+}}, %{{.+}}) {called_computations = [@[[INNER]]]
// CHECK:         return %[[R]], %[[T]]
