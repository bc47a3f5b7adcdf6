// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -invhlo-lower-idioms -split-input-file | FileCheck %s

// y = x rotated by 7. What computes it is not looked at.

// CHECK-LABEL: func.func @rotate.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xui32>)
// CHECK-NEXT:    %[[SEVEN:.+]] = stablehlo.constant dense<7>
// CHECK-NEXT:    %[[DOWN:.+]] = stablehlo.shift_right_logical %[[Y]], %[[SEVEN]]
// CHECK-NEXT:    %[[REST:.+]] = stablehlo.constant dense<25>
// CHECK-NEXT:    %[[UP:.+]] = stablehlo.shift_left %[[Y]], %[[REST]]
// CHECK-NEXT:    %[[X:.+]] = stablehlo.xor %[[DOWN]], %[[UP]]
// CHECK:         return %[[X]],
func.func @rotate(%x: tensor<3xui32>) -> tensor<3xui32> {
  %y = stablehlo.popcnt %x : tensor<3xui32>
  invhlo.bits(%y) = (%x) by [0, 0, 7, -128, 0, 0, -25, 127] flipping [0]
      : (tensor<3xui32>) = (tensor<3xui32>)
  return %y : tensor<3xui32>
}

// -----

// y = x ^ (x << 3):  x = y ^ (y << 3), and twice as far again, and so on.

// CHECK-LABEL: func.func @doubling.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xi16>)
// CHECK:         %[[A:.+]] = stablehlo.shift_left %[[Y]], %{{.+}}
// CHECK-NEXT:    %[[B:.+]] = stablehlo.xor %[[Y]], %[[A]]
// CHECK-NEXT:    %[[SIX:.+]] = stablehlo.constant dense<6>
// CHECK-NEXT:    %[[C:.+]] = stablehlo.shift_left %[[B]], %[[SIX]]
// CHECK-NEXT:    %[[D:.+]] = stablehlo.xor %[[B]], %[[C]]
// CHECK-NEXT:    %[[TWELVE:.+]] = stablehlo.constant dense<12>
// CHECK-NEXT:    %[[E:.+]] = stablehlo.shift_left %[[D]], %[[TWELVE]]
// CHECK-NEXT:    %[[X:.+]] = stablehlo.xor %[[D]], %[[E]]
// CHECK:         return %[[X]],
func.func @doubling(%x: tensor<3xi16>) -> tensor<3xi16> {
  %y = stablehlo.popcnt %x : tensor<3xi16>
  invhlo.bits(%y) = (%x) by [0, 0, 0, 65535, 0, 0, 3, 65528] flipping [0]
      : (tensor<3xi16>) = (tensor<3xi16>)
  return %y : tensor<3xi16>
}

// -----

// y = 5 ^ (x, rotated by 1) ^ k: known words and constants are taken out.

// CHECK-LABEL: func.func @affine.inverse(
// CHECK-SAME:    %[[K:.+]]: tensor<3xi8>, %[[Y:.+]]: tensor<3xi8>)
// CHECK:         %[[SUM:.+]] = stablehlo.xor %[[K]], %[[Y]]
// CHECK:         %[[DOWN:.+]] = stablehlo.shift_right_logical %[[SUM]], %{{.+}}
// CHECK:         %[[UP:.+]] = stablehlo.shift_left %[[SUM]], %{{.+}}
// CHECK-NEXT:    %[[TURNED:.+]] = stablehlo.xor %[[DOWN]], %[[UP]]
// CHECK-NEXT:    %[[FLIPS:.+]] = stablehlo.constant dense<-126>
// CHECK-NEXT:    %[[X:.+]] = stablehlo.xor %[[TURNED]], %[[FLIPS]]
// CHECK:         return %[[X]],
func.func @affine(%x: tensor<3xi8> {invhlo.unknown}, %k: tensor<3xi8>) -> tensor<3xi8> {
  %y = stablehlo.and %x, %k : tensor<3xi8>
  invhlo.bits(%y) = (%x, %k) by [0, 0, 1, 254, 0, 0, -7, 1, 0, 1, 0, 255] flipping [5]
      : (tensor<3xi8>) = (tensor<3xi8>, tensor<3xi8>)
  return %y : tensor<3xi8>
}

// -----

// Two narrow words of one that is wide, whose elements have a sign.

// CHECK-LABEL: func.func @fields.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xi16>)
// CHECK:         %[[LOW:.+]] = stablehlo.convert %[[Y]] : (tensor<3xi16>) -> tensor<3xi8>
// CHECK:         %[[EIGHT:.+]] = stablehlo.constant dense<8> : tensor<3xi16>
// CHECK-NEXT:    %[[MOVED:.+]] = stablehlo.shift_right_logical %[[Y]], %[[EIGHT]]
// CHECK-NEXT:    %[[HIGH:.+]] = stablehlo.convert %[[MOVED]] : (tensor<3xi16>) -> tensor<3xi8>
// CHECK:         return %[[LOW]], %[[HIGH]],
func.func @fields(%a: tensor<3xi8>, %b: tensor<3xi8>) -> tensor<3xi16> {
  %0 = stablehlo.convert %a : (tensor<3xi8>) -> tensor<3xi16>
  %1 = stablehlo.convert %b : (tensor<3xi8>) -> tensor<3xi16>
  %y = stablehlo.and %0, %1 : tensor<3xi16>
  invhlo.bits(%y) = (%a, %b) by [0, 0, 0, 255, 0, 1, 8, 65280] flipping [0]
      : (tensor<3xi16>) = (tensor<3xi8>, tensor<3xi8>)
  return %y : tensor<3xi16>
}

// -----

// Two results of one word, which tell more than all of it: a bit is the same
// always.

// CHECK-LABEL: func.func @halves.inverse(
// CHECK-SAME:    %[[HIGH:.+]]: tensor<3xi8>, %[[LOW:.+]]: tensor<3xi8>)
// CHECK:         %[[FOUR:.+]] = stablehlo.constant dense<15>
// CHECK-NEXT:    %[[MASKED:.+]] = stablehlo.and %[[LOW]], %[[FOUR]]
// CHECK:         %[[UP:.+]] = stablehlo.shift_left %[[HIGH]], %{{.+}}
// CHECK-NEXT:    %[[X:.+]] = stablehlo.xor %[[MASKED]], %[[UP]]
// CHECK:         return %[[X]],
func.func @halves(%x: tensor<3xi8>) -> (tensor<3xi8>, tensor<3xi8>) {
  %y = stablehlo.popcnt %x : tensor<3xi8>
  %z = stablehlo.popcnt %y : tensor<3xi8>
  invhlo.bits(%z, %y, %x) = (%x) by [0, 0, 0, 15, 1, 0, -4, 15, 2, 0, 0, 127] flipping [0, 0, 128]
      : (tensor<3xi8>, tensor<3xi8>, tensor<3xi8>) = (tensor<3xi8>)
  return %y, %z : tensor<3xi8>, tensor<3xi8>
}
