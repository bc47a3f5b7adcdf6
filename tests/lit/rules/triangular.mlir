// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse -split-input-file | FileCheck %s

// y = x exp(h) with h of the elements before. A step finds one rank more: where
// elements of y are not used yet, they are those of what stands for x, without
// derivatives. As many steps as there are ranks but for the last, then the last.
// The share is that of the formula.

// CHECK-LABEL: func.func @triangular.inverse(
// CHECK-SAME:    %[[W:.+]]: tensor<4x4xf32>, %[[Y:.+]]: tensor<4xf32>)
// CHECK:         %[[RANKS:.+]] = stablehlo.constant dense<[1, 2, 3, 4]>
// CHECK:         %[[HALF:.+]] = stablehlo.constant dense<5.000000e-01> : tensor<4xf32>
// CHECK:         %[[SCAN:.+]] = invhlo.scan 3(%[[HALF]]) over() : (tensor<4xf32>) -> tensor<4xf32> {
// CHECK:         ^bb0(%[[STEP:.+]]: tensor<i32>, %[[FOUND:.+]]: tensor<4xf32>):
// CHECK:           %[[RANK:.+]] = stablehlo.add %{{.+}}, %[[STEP]]
// CHECK:           %[[H:.+]] = stablehlo.dot_general %[[W]], %[[FOUND]]
// CHECK:           %[[SCALE:.+]] = stablehlo.exponential %[[H]]
// CHECK:           %[[REST:.+]] = stablehlo.multiply %[[FOUND]], %[[SCALE]]
// CHECK:           stablehlo.bitcast_convert %[[REST]]
// CHECK:           %[[DETACHED:.+]] = stablehlo.bitcast_convert
// CHECK:           %[[LIMIT:.+]] = stablehlo.broadcast_in_dim %[[RANK]]
// CHECK:           %[[KNOWN:.+]] = stablehlo.compare LE, %[[RANKS]], %[[LIMIT]]
// CHECK:           %[[GIVEN:.+]] = stablehlo.select %[[KNOWN]], %[[Y]], %[[DETACHED]]
// CHECK:           %[[NEXT:.+]] = stablehlo.divide %[[GIVEN]], %{{.+}}
// CHECK:           %[[R:.+]] = stablehlo.select %[[KNOWN]], %[[NEXT]], %[[HALF]]
// CHECK:           invhlo.yield %[[R]]
// CHECK:         }
// CHECK:         %[[H:.+]] = stablehlo.dot_general %[[W]], %[[SCAN]]
// CHECK:         %[[LAST:.+]] = stablehlo.exponential %[[H]]
// CHECK:         %[[X:.+]] = stablehlo.divide %[[Y]], %[[LAST]]
// CHECK:         return %[[X]], %
func.func @triangular(%w: tensor<4x4xf32>, %x: tensor<4xf32> {invhlo.unknown}) -> tensor<4xf32> {
  %ranks = stablehlo.constant dense<[1, 2, 3, 4]> : tensor<4xi32>
  %h = stablehlo.dot_general %w, %x, contracting_dims = [1] x [0] : (tensor<4x4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %e = stablehlo.exponential %h : tensor<4xf32>
  %v = stablehlo.multiply %x, %e : tensor<4xf32>
  %0 = invhlo.triangular(%x by %ranks) of (%e : tensor<4xf32>) = (%v by %ranks) to 4 : tensor<4xf32>, tensor<4xi32>, tensor<4xf32>, tensor<4xi32> {
  ^bb0(%at: tensor<4xf32>):
    %1 = stablehlo.dot_general %w, %at, contracting_dims = [1] x [0] : (tensor<4x4xf32>, tensor<4xf32>) -> tensor<4xf32>
    %2 = stablehlo.exponential %1 : tensor<4xf32>
    invhlo.yield %2 : tensor<4xf32>
  }, {
  ^bb0(%at: tensor<4xf32>):
    %1 = stablehlo.multiply %at, %e : tensor<4xf32>
    invhlo.yield %1 : tensor<4xf32>
  }
  return %0 : tensor<4xf32>
}

// -----

// The inversion says this by itself. Of a thousand elements the text is that of
// four; ranks are a number for each.

// CHECK-LABEL: func.func @shift.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<1000xi32>)
// CHECK:         %[[SCAN:.+]] = invhlo.scan 999(%{{.+}}) over() : (tensor<1000xi32>) -> tensor<1000xi32> {
// CHECK:         ^bb0(%{{.+}}: tensor<i32>, %[[FOUND:.+]]: tensor<1000xi32>):
// CHECK:           %[[BEFORE:.+]] = stablehlo.pad %[[FOUND]]
// CHECK:           stablehlo.xor %{{.+}}, %[[BEFORE]]
// CHECK-NOT:       stablehlo.pad
// CHECK-NOT:       stablehlo.bitcast_convert
// CHECK:           invhlo.yield
// CHECK:         }
// CHECK:         %[[BEFORE:.+]] = stablehlo.pad %[[SCAN]]
// CHECK-NEXT:    %[[X:.+]] = stablehlo.xor %[[Y]], %[[BEFORE]]
// CHECK-NOT:     stablehlo.pad
// CHECK:         return %[[X]], %
func.func @shift(%x: tensor<1000xi32> {invhlo.unknown}) -> tensor<1000xi32> {
  %zero = stablehlo.constant dense<0> : tensor<i32>
  %h = stablehlo.pad %x, %zero, low = [1], high = [-1], interior = [0] : (tensor<1000xi32>, tensor<i32>) -> tensor<1000xi32>
  %y = stablehlo.xor %x, %h : tensor<1000xi32>
  return %y : tensor<1000xi32>
}
