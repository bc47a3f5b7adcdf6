// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-lower-shares -cse | FileCheck %s --implicit-check-not=_share

// Other than for a total, a share is an elementwise sum.

// CHECK-LABEL: func.func @share(
// CHECK-SAME:    %[[A:.+]]: tensor<2x3xf32>, %[[D:.+]]: tensor<2xf32>)
// CHECK:         %[[THREE:.+]] = stablehlo.constant dense<3.0
// CHECK:         %[[THIRD:.+]] = stablehlo.divide %[[D]], %[[THREE]] : tensor<2xf32>
// CHECK:         %[[EACH:.+]] = stablehlo.broadcast_in_dim %[[THIRD]], dims = [0]
// CHECK:         %[[SUM:.+]] = stablehlo.add %[[A]], %[[EACH]]
// CHECK:         return %[[SUM]]
func.func @share(%a: tensor<2x3xf32>, %d: tensor<2xf32>) -> tensor<2x3xf32> {
  %each = invhlo.spread_share %d along [0] among 3 : tensor<2xf32> -> tensor<2x3xf32>
  %s = invhlo.sum_shares %a, %each : tensor<2x3xf32>
  return %s : tensor<2x3xf32>
}

// A total is that of the terms, where they are computed.

// CHECK-LABEL: func.func @terms(
// CHECK-SAME:    %[[A:.+]]: tensor<2x3xf32>, %[[D:.+]]: tensor<2xf32>)
// CHECK-DAG:     %[[OF_A:.+]] = stablehlo.reduce(%[[A]] {{.+}} across dimensions = [0, 1]
// CHECK-DAG:     %[[OF_D:.+]] = stablehlo.reduce(%[[D]] {{.+}} across dimensions = [0]
// CHECK:         stablehlo.add %[[OF_D]], %[[OF_A]] : tensor<f32>
// CHECK-NEXT:    return
func.func @terms(%a: tensor<2x3xf32>, %d: tensor<2xf32>) -> tensor<f32> {
  %each = invhlo.spread_share %d along [0] among 3 : tensor<2xf32> -> tensor<2x3xf32>
  %s = invhlo.sum_shares %a, %each : tensor<2x3xf32>
  %total = invhlo.total_shares %s : (tensor<2x3xf32>) -> tensor<f32>
  return %total : tensor<f32>
}

// Parts of one log-det are put together again: two thirds and one.

// CHECK-LABEL: func.func @parts(
// CHECK-SAME:    %[[D:.+]]: tensor<f32>)
// CHECK-NEXT:    return %[[D]]
func.func @parts(%d: tensor<f32>) -> tensor<f32> {
  %a = invhlo.spread_share %d along [] among 3 : tensor<f32> -> tensor<2xf32>
  %b = invhlo.spread_share %d along [] among 3 : tensor<f32> -> tensor<1xf32>
  %total = invhlo.total_shares %a, %b : (tensor<2xf32>, tensor<1xf32>) -> tensor<f32>
  return %total : tensor<f32>
}

// What was cut is whole: where all of it is there, and once.

// CHECK-LABEL: func.func @cut(
// CHECK-SAME:    %[[S:.+]]: tensor<5xf32>)
// CHECK:         %[[TOTAL:.+]] = stablehlo.reduce(%[[S]]
// CHECK-NEXT:    return %[[TOTAL]]
func.func @cut(%s: tensor<5xf32>) -> tensor<f32> {
  %a = stablehlo.slice %s [0:2] : (tensor<5xf32>) -> tensor<2xf32>
  %b = stablehlo.slice %s [2:5] : (tensor<5xf32>) -> tensor<3xf32>
  %t = stablehlo.reverse %b, dims = [0] : tensor<3xf32>
  %c = stablehlo.concatenate %t, %a, dim = 0 : (tensor<3xf32>, tensor<2xf32>) -> tensor<5xf32>
  %total = invhlo.total_shares %c : (tensor<5xf32>) -> tensor<f32>
  return %total : tensor<f32>
}

// CHECK-LABEL: func.func @cut_with_overlap(
// CHECK-COUNT-2: stablehlo.reduce(
// CHECK:         return
func.func @cut_with_overlap(%s: tensor<5xf32>) -> tensor<f32> {
  %a = stablehlo.slice %s [0:3] : (tensor<5xf32>) -> tensor<3xf32>
  %b = stablehlo.slice %s [1:3] : (tensor<5xf32>) -> tensor<2xf32>
  %total = invhlo.total_shares %a, %b : (tensor<3xf32>, tensor<2xf32>) -> tensor<f32>
  return %total : tensor<f32>
}

// CHECK-LABEL: func.func @cut_with_weights(
// CHECK:         stablehlo.reduce(
// CHECK:         stablehlo.subtract
// CHECK:         stablehlo.reduce(
// CHECK:         stablehlo.add
// CHECK:         return
func.func @cut_with_weights(%s: tensor<5xf32>) -> tensor<f32> {
  %a = stablehlo.slice %s [0:2] : (tensor<5xf32>) -> tensor<2xf32>
  %b = stablehlo.slice %s [2:5] : (tensor<5xf32>) -> tensor<3xf32>
  %n = stablehlo.negate %b : tensor<3xf32>
  %total = invhlo.total_shares %a, %n : (tensor<2xf32>, tensor<3xf32>) -> tensor<f32>
  return %total : tensor<f32>
}

// Copies and constants cost nothing: 4 times the sum, and 4 times 2.5.

// CHECK-LABEL: func.func @copies(
// CHECK-SAME:    %[[S:.+]]: tensor<3xf32>)
// CHECK:         %[[TEN:.+]] = stablehlo.constant dense<1.000000e+01> : tensor<f32>
// CHECK:         %[[SUM:.+]] = stablehlo.reduce(%[[S]]
// CHECK:         %[[FOUR:.+]] = stablehlo.constant dense<4.000000e+00> : tensor<f32>
// CHECK:         %[[ALL:.+]] = stablehlo.multiply %[[FOUR]], %[[SUM]]
// CHECK:         stablehlo.add %[[TEN]], %[[ALL]]
func.func @copies(%s: tensor<3xf32>) -> tensor<f32> {
  %c = stablehlo.constant dense<2.5> : tensor<4xf32>
  %b = stablehlo.broadcast_in_dim %s, dims = [1] : (tensor<3xf32>) -> tensor<4x3xf32>
  %total = invhlo.total_shares %b, %c : (tensor<4x3xf32>, tensor<4xf32>) -> tensor<f32>
  return %total : tensor<f32>
}

// Every other reduction stays what it is.

// CHECK-LABEL: func.func @greatest(
// CHECK:         stablehlo.reduce({{.+}} applies stablehlo.maximum
// CHECK:         stablehlo.reduce({{.+}} applies stablehlo.add
func.func @greatest(%s: tensor<3x2xf32>) -> tensor<f32> {
  %zero = stablehlo.constant dense<0.0> : tensor<f32>
  %m = stablehlo.reduce(%s init: %zero) applies stablehlo.maximum across dimensions = [1] : (tensor<3x2xf32>, tensor<f32>) -> tensor<3xf32>
  %total = invhlo.total_shares %m : (tensor<3xf32>) -> tensor<f32>
  return %total : tensor<f32>
}

// CHECK-LABEL: func.func @offset(
// CHECK-COUNT-2: stablehlo.reduce(
// CHECK:         return
func.func @offset(%s: tensor<3x2xf32>) -> tensor<f32> {
  %one = stablehlo.constant dense<1.0> : tensor<f32>
  %m = stablehlo.reduce(%s init: %one) applies stablehlo.add across dimensions = [1] : (tensor<3x2xf32>, tensor<f32>) -> tensor<3xf32>
  %total = invhlo.total_shares %m : (tensor<3xf32>) -> tensor<f32>
  return %total : tensor<f32>
}

// CHECK-LABEL: func.func @nothing(
// CHECK:         %[[ZERO:.+]] = stablehlo.constant dense<0.0
// CHECK-NEXT:    return %[[ZERO]]
func.func @nothing() -> tensor<f32> {
  %total = invhlo.total_shares : () -> tensor<f32>
  return %total : tensor<f32>
}

// A loop carries totals: of a share to which its steps add, and of rows.

// CHECK-LABEL: func.func @loop(
// CHECK-SAME:    %[[C0:.+]]: tensor<3xf32>, %[[S0:.+]]: tensor<3xf32>, %[[WS:.+]]: tensor<5x3xf32>)
// CHECK-DAG:     %[[START:.+]] = stablehlo.reduce(%[[S0]]
// CHECK-DAG:     %[[ZERO:.+]] = stablehlo.constant dense<0.0{{.*}}> : tensor<f32>
// CHECK:         %[[R:.+]]:3 = invhlo.scan 5(%[[C0]], %{{.+}}, %{{.+}}) over(%[[WS]]) : (tensor<3xf32>, tensor<f32>, tensor<f32>, tensor<5x3xf32>) -> (tensor<3xf32>, tensor<f32>, tensor<f32>) {
// CHECK-NEXT:    ^bb0(%{{.+}}: tensor<i32>, %{{.+}}: tensor<3xf32>, %[[A:.+]]: tensor<f32>, %[[B:.+]]: tensor<f32>, %[[W:.+]]: tensor<3xf32>):
// CHECK-DAG:       %[[LOG:.+]] = stablehlo.log %[[W]]
// CHECK-DAG:       %[[OF_LOG:.+]] = stablehlo.reduce(%[[LOG]]
// CHECK-DAG:       %[[OF_W:.+]] = stablehlo.reduce(%[[W]]
// CHECK-DAG:       stablehlo.add %{{.+}}, %[[OF_LOG]] : tensor<f32>
// CHECK-DAG:       stablehlo.add %{{.+}}, %[[OF_W]] : tensor<f32>
// CHECK:           invhlo.yield
// CHECK:         %[[TOTAL:.+]] = stablehlo.add %[[R]]#{{[12]}}, %[[R]]#{{[12]}} : tensor<f32>
// CHECK:         return %[[R]]#0, %[[TOTAL]]
func.func @loop(%c0: tensor<3xf32>, %s0: tensor<3xf32>, %ws: tensor<5x3xf32>)
    -> (tensor<3xf32>, tensor<f32>) {
  %0:3 = invhlo.scan 5 (%c0, %s0) over (%ws)
      : (tensor<3xf32>, tensor<3xf32>, tensor<5x3xf32>) -> (tensor<3xf32>, tensor<3xf32>, tensor<5x3xf32>) {
  ^bb0(%t: tensor<i32>, %c: tensor<3xf32>, %s: tensor<3xf32>, %w: tensor<3xf32>):
    %d = stablehlo.divide %c, %w : tensor<3xf32>
    %log = stablehlo.log %w : tensor<3xf32>
    %next = invhlo.sum_shares %s, %log : tensor<3xf32>
    invhlo.yield %d, %next, %w : tensor<3xf32>, tensor<3xf32>, tensor<3xf32>
  }
  %total = invhlo.total_shares %0#1, %0#2 : (tensor<3xf32>, tensor<5x3xf32>) -> tensor<f32>
  return %0#0, %total : tensor<3xf32>, tensor<f32>
}

// What a step does more with stays as it is.

// CHECK-LABEL: func.func @used_in_the_loop(
// CHECK:         invhlo.scan 5(%{{.+}}) over() : (tensor<3xf32>) -> tensor<3xf32>
// CHECK:         stablehlo.reduce(
func.func @used_in_the_loop(%s0: tensor<3xf32>) -> tensor<f32> {
  %0 = invhlo.scan 5 (%s0) over () : (tensor<3xf32>) -> tensor<3xf32> {
  ^bb0(%t: tensor<i32>, %s: tensor<3xf32>):
    %sine = stablehlo.sine %s : tensor<3xf32>
    %next = stablehlo.add %s, %sine : tensor<3xf32>
    invhlo.yield %next : tensor<3xf32>
  }
  %total = invhlo.total_shares %0 : (tensor<3xf32>) -> tensor<f32>
  return %total : tensor<f32>
}
