// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s --invhlo-raise-bits -split-input-file | FileCheck %s

// A round of a cipher is said step by step: what is rotated is a word of its own.

// CHECK-LABEL: func.func @rotation(
// CHECK-SAME:    %[[X:.+]]: tensor<3xui32>, %[[K:.+]]: tensor<3xui32>)
// CHECK:         %[[T:.+]] = stablehlo.xor %[[X]], %[[K]]
// CHECK:         %[[Y:.+]] = stablehlo.or
// CHECK-NEXT:    invhlo.bits(%[[Y]]) = (%[[T]]) by [0, 0, -25, 127, 0, 0, 7, 4294967168] flipping [0]
// CHECK-NOT:     invhlo.bits
func.func @rotation(%x: tensor<3xui32>, %k: tensor<3xui32>) -> tensor<3xui32> {
  %seven = stablehlo.constant dense<7> : tensor<3xui32>
  %rest = stablehlo.constant dense<25> : tensor<3xui32>
  %0 = stablehlo.xor %x, %k : tensor<3xui32>
  %1 = stablehlo.shift_left %0, %seven : tensor<3xui32>
  %2 = stablehlo.shift_right_logical %0, %rest : tensor<3xui32>
  %3 = stablehlo.or %1, %2 : tensor<3xui32>
  return %3 : tensor<3xui32>
}

// -----

// x is used after its first function again, so that the second is one of x too.

// CHECK-LABEL: func.func @bypass(
// CHECK-SAME:    %[[X:.+]]: tensor<3xui8>)
// CHECK:         %[[T:.+]] = stablehlo.xor %[[X]],
// CHECK:         %[[Y:.+]] = stablehlo.xor
// CHECK-NEXT:    invhlo.bits(%[[Y]]) = (%[[X]]) by [0, 0, 0, 255, 0, 0, -1, 127, 0, 0, 1, 254] flipping [0]
func.func @bypass(%x: tensor<3xui8>) -> tensor<3xui8> {
  %one = stablehlo.constant dense<1> : tensor<3xui8>
  %0 = stablehlo.shift_left %x, %one : tensor<3xui8>
  %1 = stablehlo.xor %x, %0 : tensor<3xui8>
  %2 = stablehlo.shift_right_logical %x, %one : tensor<3xui8>
  %3 = stablehlo.xor %1, %2 : tensor<3xui8>
  return %3 : tensor<3xui8>
}

// -----

// What shares a word is said together.

// CHECK-LABEL: func.func @halves(
// CHECK-SAME:    %[[X:.+]]: tensor<3xui8>)
// CHECK:         %[[HIGH:.+]] = stablehlo.shift_right_logical
// CHECK:         %[[LOW:.+]] = stablehlo.and
// CHECK-NEXT:    invhlo.bits(%[[HIGH]], %[[LOW]]) = (%[[X]]) by [0, 0, -4, 15, 1, 0, 0, 15] flipping [0, 0]
func.func @halves(%x: tensor<3xui8>) -> (tensor<3xui8>, tensor<3xui8>) {
  %four = stablehlo.constant dense<4> : tensor<3xui8>
  %mask = stablehlo.constant dense<15> : tensor<3xui8>
  %0 = stablehlo.shift_right_logical %x, %four : tensor<3xui8>
  %1 = stablehlo.and %x, %mask : tensor<3xui8>
  return %0, %1 : tensor<3xui8>, tensor<3xui8>
}

// -----

// Sums of which nothing is carried, with what is always so of their words: the
// high bits of %1 are copies of its sign.

// CHECK-LABEL: func.func @sum(
// CHECK-SAME:    %[[A:.+]]: tensor<3xui4>,
// CHECK:         %[[B:.+]] = stablehlo.convert %{{.+}} : (tensor<3xi4>)
// CHECK:         %[[Y:.+]] = stablehlo.add
// CHECK-NEXT:    invhlo.bits(%[[Y]], %[[B]]) = (%[[A]], %[[B]]) by
// CHECK-SAME:    [0, 0, 0, 15, 0, 1, 4, 240, 1, 1, 0, 15, 1, 1, 1, 16, 1, 1, 2, 32, 1, 1, 3, 64, 1, 1, 4, 128]
func.func @sum(%a: tensor<3xui4>, %b: tensor<3xi4>) -> (tensor<3xi8>, tensor<3xi8>) {
  %four = stablehlo.constant dense<4> : tensor<3xi8>
  %0 = stablehlo.convert %a : (tensor<3xui4>) -> tensor<3xi8>
  %1 = stablehlo.convert %b : (tensor<3xi4>) -> tensor<3xi8>
  %2 = stablehlo.shift_left %1, %four : tensor<3xi8>
  %3 = stablehlo.add %0, %2 : tensor<3xi8>
  return %3, %1 : tensor<3xi8>, tensor<3xi8>
}

// -----

// One bit chooses, multiplies, is compared and is a sign.

// CHECK-LABEL: func.func @choices(
// CHECK-SAME:    %[[X:.+]]: tensor<3xui8>)
// CHECK:         %[[Y:.+]] = stablehlo.select
// CHECK-NEXT:    invhlo.bits(%[[Y]]) = (%[[X]]) by [0, 0, -7, 1, 0, 0, 1, 254, 0, 0, -6, 2, 0, 0, -4, 8, 0, 0, -3, 16] flipping [0]
func.func @choices(%x: tensor<3xui8>) -> tensor<3xui8> {
  %one = stablehlo.constant dense<1> : tensor<3xui8>
  %seven = stablehlo.constant dense<7> : tensor<3xui8>
  %poly = stablehlo.constant dense<0x1B> : tensor<3xui8>
  %0 = stablehlo.shift_left %x, %one : tensor<3xui8>
  %1 = stablehlo.shift_right_logical %x, %seven : tensor<3xui8>
  %2 = stablehlo.compare EQ, %1, %one, UNSIGNED : (tensor<3xui8>, tensor<3xui8>) -> tensor<3xi1>
  %3 = stablehlo.xor %0, %poly : tensor<3xui8>
  %4 = stablehlo.select %2, %3, %0 : tensor<3xi1>, tensor<3xui8>
  return %4 : tensor<3xui8>
}

// -----

// What ops that add, negate and flip are solved for is left to them; what is
// not a sum of bits is a word.

// CHECK-LABEL: func.func @plain(
// CHECK-NOT:     invhlo.bits
func.func @plain(%x: tensor<3xui8>, %k: tensor<3xui8>) -> (tensor<3xui8>, tensor<3xui8>) {
  %0 = stablehlo.not %x : tensor<3xui8>
  %1 = stablehlo.xor %0, %k : tensor<3xui8>
  %2 = stablehlo.add %1, %k : tensor<3xui8>
  %3 = stablehlo.and %x, %k : tensor<3xui8>
  return %2, %3 : tensor<3xui8>, tensor<3xui8>
}
