// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse -split-input-file -verify-diagnostics | FileCheck %s

// Backward: from the carried value after the last step, in the opposite sense,
// with known rows. The share is carried too.

// CHECK-LABEL: func.func @backward.inverse(
// CHECK-SAME:    %[[WS:.+]]: tensor<5xf32>, %[[C5:.+]]: tensor<f32>)
// CHECK:         %[[ZERO:.+]] = stablehlo.constant dense<0.0
// CHECK:         %[[R:.+]]:2 = invhlo.scan 5 reverse(%[[C5]], %[[ZERO]]) over(%[[WS]])
// CHECK-NEXT:    ^bb0(%{{.+}}: tensor<i32>, %[[NEXT:.+]]: tensor<f32>, %[[SHARE:.+]]: tensor<f32>, %[[W:.+]]: tensor<f32>):
// CHECK:           %[[C:.+]] = stablehlo.divide %[[NEXT]], %[[W]]
// CHECK:           %[[LOG:.+]] = stablehlo.log
// CHECK:           %[[OWN:.+]] = stablehlo.negate %[[LOG]]
// CHECK:           %[[SUM:.+]] = invhlo.sum_shares %[[SHARE]], %[[OWN]]
// CHECK:           invhlo.yield %[[C]], %[[SUM]]
// CHECK:         return %[[R]]#0, %[[R]]#1
func.func @backward(%ws: tensor<5xf32>, %x: tensor<f32> {invhlo.unknown}) -> tensor<f32> {
  %0 = invhlo.scan 5 (%x) over (%ws) : (tensor<f32>, tensor<5xf32>) -> tensor<f32> {
  ^bb0(%t: tensor<i32>, %c: tensor<f32>, %w: tensor<f32>):
    %d = stablehlo.multiply %c, %w : tensor<f32>
    invhlo.yield %d : tensor<f32>
  }
  return %0 : tensor<f32>
}

// -----

// Forward: each step finds its row from that of the result, and the next
// carried value by evaluation.

// CHECK-LABEL: func.func @forward.inverse(
// CHECK-SAME:    %[[C0:.+]]: tensor<f32>, %[[YS:.+]]: tensor<5xf32>)
// CHECK:         invhlo.scan 5(%[[C0]]) over(%[[YS]]) : (tensor<f32>, tensor<5xf32>) -> (tensor<f32>, tensor<5xf32>) {
// CHECK-NEXT:    ^bb0(%{{.+}}: tensor<i32>, %[[C:.+]]: tensor<f32>, %[[Y:.+]]: tensor<f32>):
// CHECK:           %[[X:.+]] = stablehlo.subtract %[[Y]], %[[C]]
// CHECK:           %[[NEXT:.+]] = stablehlo.tanh %[[X]]
// CHECK:           invhlo.yield %[[NEXT]], %[[X]]
func.func @forward(%c0: tensor<f32>, %xs: tensor<5xf32> {invhlo.unknown}) -> tensor<5xf32> {
  %0:2 = invhlo.scan 5 (%c0) over (%xs)
      : (tensor<f32>, tensor<5xf32>) -> (tensor<f32>, tensor<5xf32>) {
  ^bb0(%t: tensor<i32>, %c: tensor<f32>, %x: tensor<f32>):
    %y = stablehlo.add %x, %c : tensor<f32>
    %d = stablehlo.tanh %x : tensor<f32>
    invhlo.yield %d, %y : tensor<f32>, tensor<f32>
  }
  return %0#1 : tensor<5xf32>
}

// -----

// The number of the step counts down where the loop runs backward.

// CHECK-LABEL: func.func @number.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<i32>)
// CHECK:         invhlo.scan 5 reverse(%[[Y]]) over()
// CHECK-NEXT:    ^bb0(%[[U:.+]]: tensor<i32>, %[[D:.+]]: tensor<i32>):
// CHECK:           %[[FOUR:.+]] = stablehlo.constant dense<4>
// CHECK:           %[[T:.+]] = stablehlo.subtract %[[FOUR]], %[[U]]
// CHECK:           %[[C:.+]] = stablehlo.subtract %[[D]], %[[T]]
// CHECK:           invhlo.yield %[[C]]
func.func @number(%x: tensor<i32>) -> tensor<i32> {
  %0 = invhlo.scan 5 (%x) over () : (tensor<i32>) -> tensor<i32> {
  ^bb0(%t: tensor<i32>, %c: tensor<i32>):
    %d = stablehlo.add %c, %t : tensor<i32>
    invhlo.yield %d : tensor<i32>
  }
  return %0 : tensor<i32>
}

// -----

// What known values determine is not run backward, which would make its errors
// grow: a loop before stacks it.

// CHECK-LABEL: func.func @schedule.inverse(
// CHECK-SAME:    %[[R0:.+]]: tensor<f32>, %[[Y:.+]]: tensor<f32>)
// CHECK:         %[[RATES:.+]]:2 = invhlo.scan 5(%[[R0]]) over() : (tensor<f32>) -> (tensor<f32>, tensor<5xf32>) {
// CHECK-NEXT:    ^bb0(%{{.+}}: tensor<i32>, %[[R:.+]]: tensor<f32>):
// CHECK:           %[[S:.+]] = stablehlo.sine %[[R]]
// CHECK:           invhlo.yield %[[S]], %[[R]]
// CHECK:         invhlo.scan 5 reverse(%[[Y]], %{{.+}}) over(%[[RATES]]#1)
// CHECK-NEXT:    ^bb0(%{{.+}}: tensor<i32>, %[[D:.+]]: tensor<f32>, %{{.+}}: tensor<f32>, %[[RATE:.+]]: tensor<f32>):
// CHECK:           stablehlo.divide %[[D]], %[[RATE]]
func.func @schedule(%r0: tensor<f32>, %x: tensor<f32> {invhlo.unknown}) -> tensor<f32> {
  %0:2 = invhlo.scan 5 (%r0, %x) over () : (tensor<f32>, tensor<f32>) -> (tensor<f32>, tensor<f32>) {
  ^bb0(%t: tensor<i32>, %r: tensor<f32>, %c: tensor<f32>):
    %s = stablehlo.sine %r : tensor<f32>
    %d = stablehlo.multiply %c, %r : tensor<f32>
    invhlo.yield %s, %d : tensor<f32>, tensor<f32>
  }
  return %0#1 : tensor<f32>
}

// -----

// Nothing is carried that a step does not find again: of the two, the second
// follows from the row.

// CHECK-LABEL: func.func @row_of_the_last.inverse(
// CHECK-SAME:    %[[LAST:.+]]: tensor<f32>, %[[YS:.+]]: tensor<5xf32>)
// CHECK:         invhlo.scan 5 reverse(%[[LAST]], %{{.+}}) over(%[[YS]])
// CHECK-NEXT:    ^bb0(%{{.+}}: tensor<i32>, %[[D:.+]]: tensor<f32>, %{{.+}}: tensor<f32>, %[[Y:.+]]: tensor<f32>):
// CHECK:           %[[C:.+]] = stablehlo.divide %[[Y]], %{{.+}}
// CHECK:           %[[TWICE:.+]] = stablehlo.multiply %{{.+}}, %[[C]]
// CHECK:           %[[X:.+]] = stablehlo.subtract %[[D]], %[[TWICE]]
func.func @row_of_the_last(%c0: tensor<f32>, %xs: tensor<5xf32>) -> (tensor<f32>, tensor<5xf32>) {
  %0:2 = invhlo.scan 5 (%c0) over (%xs)
      : (tensor<f32>, tensor<5xf32>) -> (tensor<f32>, tensor<5xf32>) {
  ^bb0(%t: tensor<i32>, %c: tensor<f32>, %x: tensor<f32>):
    %two = stablehlo.constant dense<2.0> : tensor<f32>
    %three = stablehlo.constant dense<3.0> : tensor<f32>
    %twice = stablehlo.multiply %two, %c : tensor<f32>
    %d = stablehlo.add %twice, %x : tensor<f32>
    %y = stablehlo.multiply %three, %c : tensor<f32>
    invhlo.yield %d, %y : tensor<f32>, tensor<f32>
  }
  return %0#0, %0#1 : tensor<f32>, tensor<5xf32>
}

// -----

// The op in the step is to blame.

// expected-note @+1 {{the unknown is argument #0}}
func.func @lost(%x: tensor<f32>) -> tensor<f32> {
  // expected-note @+1 {{carried value 0 is not found before a step of this loop}}
  %0 = invhlo.scan 5 (%x) over () : (tensor<f32>) -> tensor<f32> {
  ^bb0(%t: tensor<i32>, %c: tensor<f32>):
    // expected-error @+1 {{cannot be inverted: it maps many values to one}}
    %d = stablehlo.floor %c : tensor<f32>
    invhlo.yield %d : tensor<f32>
  }
  return %0 : tensor<f32>
}

// -----

// So much of what known values determine is stacked for one segment at a time,
// from checkpoints.

// CHECK-LABEL: func.func @segments.inverse(
// CHECK:         %[[POINTS:.+]]:2 = invhlo.scan 2(%{{.+}}) over()
// CHECK:           %[[NEXT:.+]] = invhlo.scan 2(%{{.+}}) over()
// CHECK:             stablehlo.tanh
// CHECK:           invhlo.yield %[[NEXT]], %{{.+}}
// CHECK:         invhlo.scan 2 reverse(%{{.+}}, %{{.+}}) over(%[[POINTS]]#1)
// CHECK:           %[[STACK:.+]]:2 = invhlo.scan 2(%{{.+}}) over()
// CHECK:             stablehlo.tanh
// CHECK:           invhlo.scan 2 reverse(%{{.+}}, %{{.+}}) over(%[[STACK]]#1)
// CHECK:             stablehlo.divide
func.func @segments(%k: tensor<1024x1024xf32>, %x: tensor<f32> {invhlo.unknown}) -> tensor<f32> {
  %0:2 = invhlo.scan 4 (%k, %x) over ()
      : (tensor<1024x1024xf32>, tensor<f32>) -> (tensor<1024x1024xf32>, tensor<f32>) {
  ^bb0(%t: tensor<i32>, %r: tensor<1024x1024xf32>, %c: tensor<f32>):
    %s = stablehlo.tanh %r : tensor<1024x1024xf32>
    %1 = stablehlo.slice %r [0:1, 0:1] : (tensor<1024x1024xf32>) -> tensor<1x1xf32>
    %2 = stablehlo.reshape %1 : (tensor<1x1xf32>) -> tensor<f32>
    %d = stablehlo.multiply %c, %2 : tensor<f32>
    invhlo.yield %s, %d : tensor<1024x1024xf32>, tensor<f32>
  }
  return %0#1 : tensor<f32>
}
