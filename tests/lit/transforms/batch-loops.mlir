// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-batch-loops -split-input-file | FileCheck %s

// What is captured is the same in all rows, and so are literals; the number of
// the step is another one in each.

// CHECK-LABEL: func.func @rows(
// CHECK-SAME:    %[[K:.+]]: tensor<3xf32>, %[[P:.+]]: tensor<5xi1>, %[[XS:.+]]: tensor<5x3xf32>)
// CHECK-NOT:     invhlo.scan
// CHECK:         %[[T:.+]] = stablehlo.iota dim = 0 : tensor<5xi32>
// CHECK:         %[[STEP:.+]] = stablehlo.reverse %[[T]], dims = [0]
// CHECK:         %[[KS:.+]] = stablehlo.broadcast_in_dim %[[K]], dims = [1] : (tensor<3xf32>) -> tensor<5x3xf32>
// CHECK:         %[[Y:.+]] = stablehlo.multiply %[[XS]], %[[KS]]
// CHECK:         %[[N:.+]] = stablehlo.convert %[[STEP]] : (tensor<5xi32>) -> tensor<5xf32>
// CHECK:         %[[NS:.+]] = stablehlo.broadcast_in_dim %[[N]], dims = [0] : (tensor<5xf32>) -> tensor<5x3xf32>
// CHECK:         %[[PS:.+]] = stablehlo.broadcast_in_dim %[[P]], dims = [0] : (tensor<5xi1>) -> tensor<5x3xi1>
// CHECK:         %[[Z:.+]] = stablehlo.select %[[PS]], %[[Y]], %[[NS]]
// CHECK:         return %[[Z]]
func.func @rows(%k: tensor<3xf32>, %ps: tensor<5xi1>, %xs: tensor<5x3xf32>) -> tensor<5x3xf32> {
  %0 = invhlo.scan 5 reverse () over (%ps, %xs)
      : (tensor<5xi1>, tensor<5x3xf32>) -> tensor<5x3xf32> {
  ^bb0(%t: tensor<i32>, %p: tensor<i1>, %x: tensor<3xf32>):
    %y = stablehlo.multiply %x, %k : tensor<3xf32>
    %n = stablehlo.convert %t : (tensor<i32>) -> tensor<f32>
    %ns = stablehlo.broadcast_in_dim %n, dims = [] : (tensor<f32>) -> tensor<3xf32>
    %z = stablehlo.select %p, %y, %ns : tensor<i1>, tensor<3xf32>
    invhlo.yield %z : tensor<3xf32>
  }
  return %0 : tensor<5x3xf32>
}

// -----

// A log-det that a row has in common is one for each row.

// CHECK-LABEL: func.func @shares(
// CHECK-SAME:    %[[S:.+]]: tensor<5xf32>, %[[R:.+]]: tensor<5x3xf32>)
// CHECK:         %[[EACH:.+]] = invhlo.spread_share %[[S]] along [0] among 3 : tensor<5xf32> -> tensor<5x3xf32>
// CHECK:         invhlo.sum_shares %[[R]], %[[EACH]] : tensor<5x3xf32>
func.func @shares(%s: tensor<5xf32>, %r: tensor<5x3xf32>) -> tensor<5x3xf32> {
  %0 = invhlo.scan 5 () over (%s, %r) : (tensor<5xf32>, tensor<5x3xf32>) -> tensor<5x3xf32> {
  ^bb0(%t: tensor<i32>, %a: tensor<f32>, %b: tensor<3xf32>):
    %each = invhlo.spread_share %a along [] among 3 : tensor<f32> -> tensor<3xf32>
    %sum = invhlo.sum_shares %b, %each : tensor<3xf32>
    invhlo.yield %sum : tensor<3xf32>
  }
  return %0 : tensor<5x3xf32>
}

// -----

// A product with a matrix would need memory for all steps, and what is carried
// is needed by the next.

// CHECK-LABEL: func.func @matrix(
// CHECK:         invhlo.scan
func.func @matrix(%a: tensor<3x3xf32>, %xs: tensor<5x3xf32>) -> tensor<5x3xf32> {
  %0 = invhlo.scan 5 () over (%xs) : (tensor<5x3xf32>) -> tensor<5x3xf32> {
  ^bb0(%t: tensor<i32>, %x: tensor<3xf32>):
    %y = stablehlo.dot_general %a, %x, contracting_dims = [1] x [0]
        : (tensor<3x3xf32>, tensor<3xf32>) -> tensor<3xf32>
    invhlo.yield %y : tensor<3xf32>
  }
  return %0 : tensor<5x3xf32>
}

// CHECK-LABEL: func.func @carried(
// CHECK:         invhlo.scan
func.func @carried(%c0: tensor<f32>, %xs: tensor<5xf32>) -> tensor<5xf32> {
  %0:2 = invhlo.scan 5 (%c0) over (%xs) : (tensor<f32>, tensor<5xf32>) -> (tensor<f32>, tensor<5xf32>) {
  ^bb0(%t: tensor<i32>, %c: tensor<f32>, %x: tensor<f32>):
    %y = stablehlo.add %c, %x : tensor<f32>
    invhlo.yield %x, %y : tensor<f32>, tensor<f32>
  }
  return %0#1 : tensor<5xf32>
}
