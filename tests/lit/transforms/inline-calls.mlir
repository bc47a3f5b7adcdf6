// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-inline-calls -split-input-file | FileCheck %s
// RUN: invhlo-opt %s -invhlo-inline-calls=max-ops=1 -split-input-file | FileCheck %s --check-prefix=TINY

// Two ops are few; the callee goes when nothing calls it.
// CHECK-LABEL: func.func @small(
// CHECK-NEXT:    stablehlo.sine
// CHECK-NEXT:    stablehlo.cosine
// CHECK-NEXT:    stablehlo.sine
// CHECK-NEXT:    stablehlo.cosine
// CHECK-NEXT:    return
// CHECK-NOT:   @two_ops
// TINY-LABEL:  func.func @small(
// TINY-COUNT-2:  call @two_ops
func.func @small(%x: tensor<f32>) -> tensor<f32> {
  %0 = call @two_ops(%x) : (tensor<f32>) -> tensor<f32>
  %1 = call @two_ops(%0) : (tensor<f32>) -> tensor<f32>
  return %1 : tensor<f32>
}
func.func private @two_ops(%x: tensor<f32>) -> tensor<f32> {
  %0 = stablehlo.sine %x : tensor<f32>
  %1 = stablehlo.cosine %0 : tensor<f32>
  return %1 : tensor<f32>
}

// -----

// TINY-LABEL:  func.func @called_once(
// TINY-NEXT:     stablehlo.sine
// TINY-NEXT:     stablehlo.cosine
// TINY-NEXT:     return
// TINY-NOT:    @two_ops
func.func @called_once(%x: tensor<f32>) -> tensor<f32> {
  %0 = call @two_ops(%x) : (tensor<f32>) -> tensor<f32>
  return %0 : tensor<f32>
}
func.func private @two_ops(%x: tensor<f32>) -> tensor<f32> {
  %0 = stablehlo.sine %x : tensor<f32>
  %1 = stablehlo.cosine %0 : tensor<f32>
  return %1 : tensor<f32>
}

// -----

// Regions count as well. The body of a loop calls, too.
// TINY-LABEL:  func.func @in_a_loop(
// TINY:          do {
// TINY-NEXT:       stablehlo.sine
// TINY-NEXT:       stablehlo.cosine
// TINY:          call @loops
// TINY-NEXT:     call @loops
func.func @in_a_loop(%x: tensor<f32>, %n: tensor<f32>) -> tensor<f32> {
  %0 = stablehlo.while(%a = %x) : tensor<f32>
  cond {
    %p = stablehlo.compare LT, %a, %n, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
    stablehlo.return %p : tensor<i1>
  } do {
    %b = func.call @two_ops(%a) : (tensor<f32>) -> tensor<f32>
    stablehlo.return %b : tensor<f32>
  }
  %1 = call @loops(%0) : (tensor<f32>) -> tensor<f32>
  %2 = call @loops(%1) : (tensor<f32>) -> tensor<f32>
  return %2 : tensor<f32>
}
func.func private @two_ops(%x: tensor<f32>) -> tensor<f32> {
  %0 = stablehlo.sine %x : tensor<f32>
  %1 = stablehlo.cosine %0 : tensor<f32>
  return %1 : tensor<f32>
}
func.func private @loops(%x: tensor<f32>) -> tensor<f32> {
  %0 = stablehlo.while(%a = %x) : tensor<f32>
  cond {
    %p = stablehlo.is_finite %a : (tensor<f32>) -> tensor<i1>
    stablehlo.return %p : tensor<i1>
  } do {
    stablehlo.return %a : tensor<f32>
  }
  return %0 : tensor<f32>
}

// -----

// A literal index decides: given as it is, computed, and handed on.
// TINY-LABEL:  func.func @literal_index(
// TINY-NOT:      call @
// TINY:          return
// TINY-LABEL:  func.func @unknown_index(
// TINY:          call @pick(
// TINY:          call @pick(
// TINY-LABEL:  func.func @literal_float(
// TINY:          call @scale(
// TINY:          call @scale(
func.func @literal_index(%x: tensor<5xf32>, %n: tensor<i32>) -> (tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) {
  %i = stablehlo.constant dense<2> : tensor<i32>
  %0 = call @pick(%x, %i) : (tensor<5xf32>, tensor<i32>) -> tensor<1xf32>
  %j = stablehlo.iota dim = 0 : tensor<1xi32>
  %k = stablehlo.reshape %j : (tensor<1xi32>) -> tensor<i32>
  %l = stablehlo.add %k, %i : tensor<i32>
  %1 = call @pick(%x, %l) : (tensor<5xf32>, tensor<i32>) -> tensor<1xf32>
  %2 = call @pick_from_end(%x, %i) : (tensor<5xf32>, tensor<i32>) -> tensor<1xf32>
  return %0, %1, %2 : tensor<1xf32>, tensor<1xf32>, tensor<1xf32>
}
func.func @unknown_index(%x: tensor<5xf32>, %n: tensor<i32>) -> (tensor<1xf32>, tensor<1xf32>) {
  %one = stablehlo.constant dense<1> : tensor<i32>
  %m = stablehlo.add %n, %one : tensor<i32>
  %0 = call @pick(%x, %n) : (tensor<5xf32>, tensor<i32>) -> tensor<1xf32>
  %1 = call @pick(%x, %m) : (tensor<5xf32>, tensor<i32>) -> tensor<1xf32>
  return %0, %1 : tensor<1xf32>, tensor<1xf32>
}
func.func @literal_float(%x: tensor<5xf32>) -> (tensor<5xf32>, tensor<5xf32>) {
  %k = stablehlo.constant dense<2.0> : tensor<5xf32>
  %0 = call @scale(%x, %k) : (tensor<5xf32>, tensor<5xf32>) -> tensor<5xf32>
  %1 = call @scale(%0, %k) : (tensor<5xf32>, tensor<5xf32>) -> tensor<5xf32>
  return %0, %1 : tensor<5xf32>, tensor<5xf32>
}
func.func private @pick_from_end(%x: tensor<5xf32>, %i: tensor<i32>) -> tensor<1xf32> {
  %n = stablehlo.constant dense<4> : tensor<i32>
  %j = stablehlo.subtract %n, %i : tensor<i32>
  %r = call @pick(%x, %j) : (tensor<5xf32>, tensor<i32>) -> tensor<1xf32>
  return %r : tensor<1xf32>
}
func.func private @pick(%x: tensor<5xf32>, %i: tensor<i32>) -> tensor<1xf32> {
  %zero = stablehlo.constant dense<0> : tensor<i32>
  %n = stablehlo.constant dense<5> : tensor<i32>
  %negative = stablehlo.compare LT, %i, %zero, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
  %wrapped = stablehlo.add %i, %n : tensor<i32>
  %j = stablehlo.select %negative, %wrapped, %i : tensor<i1>, tensor<i32>
  %r = stablehlo.dynamic_slice %x, %j, sizes = [1] : (tensor<5xf32>, tensor<i32>) -> tensor<1xf32>
  return %r : tensor<1xf32>
}
func.func private @scale(%x: tensor<5xf32>, %k: tensor<5xf32>) -> tensor<5xf32> {
  %0 = stablehlo.multiply %x, %k : tensor<5xf32>
  %1 = stablehlo.negate %0 : tensor<5xf32>
  return %1 : tensor<5xf32>
}

// -----

// Public functions stay, and so does what is named otherwise than by a call.
// CHECK-LABEL: func.func @others(
// CHECK:         stablehlo.sine
// CHECK:         called_computations = [@named]
// CHECK:       func.func @public(
// CHECK:       func.func private @named(
func.func @others(%x: tensor<f32>) -> tensor<f32> {
  %0 = call @public(%x) : (tensor<f32>) -> tensor<f32>
  %1 = stablehlo.custom_call @target(%0) {called_computations = [@named]} : (tensor<f32>) -> tensor<f32>
  return %1 : tensor<f32>
}
func.func @public(%x: tensor<f32>) -> tensor<f32> {
  %0 = stablehlo.sine %x : tensor<f32>
  return %0 : tensor<f32>
}
func.func private @named(%x: tensor<f32>) -> tensor<f32> {
  return %x : tensor<f32>
}

// -----

// A literal is followed as long as that makes the module larger by a factor,
// and not through every call of a tree of them.
// TINY-LABEL:  func.func @tree(
// TINY:          call @f
// TINY:        func.func private @f7(
func.func @tree(%x: tensor<f32>) -> tensor<f32> {
  %i = stablehlo.constant dense<1> : tensor<i32>
  %0 = call @f1(%x, %i) : (tensor<f32>, tensor<i32>) -> tensor<f32>
  %1 = call @f1(%0, %i) : (tensor<f32>, tensor<i32>) -> tensor<f32>
  return %1 : tensor<f32>
}
func.func private @f1(%x: tensor<f32>, %i: tensor<i32>) -> tensor<f32> {
  %0 = call @f2(%x, %i) : (tensor<f32>, tensor<i32>) -> tensor<f32>
  %1 = call @f2(%0, %i) : (tensor<f32>, tensor<i32>) -> tensor<f32>
  %2 = call @f2(%1, %i) : (tensor<f32>, tensor<i32>) -> tensor<f32>
  %3 = call @f2(%2, %i) : (tensor<f32>, tensor<i32>) -> tensor<f32>
  return %3 : tensor<f32>
}
func.func private @f2(%x: tensor<f32>, %i: tensor<i32>) -> tensor<f32> {
  %0 = call @f3(%x, %i) : (tensor<f32>, tensor<i32>) -> tensor<f32>
  %1 = call @f3(%0, %i) : (tensor<f32>, tensor<i32>) -> tensor<f32>
  %2 = call @f3(%1, %i) : (tensor<f32>, tensor<i32>) -> tensor<f32>
  %3 = call @f3(%2, %i) : (tensor<f32>, tensor<i32>) -> tensor<f32>
  return %3 : tensor<f32>
}
func.func private @f3(%x: tensor<f32>, %i: tensor<i32>) -> tensor<f32> {
  %0 = call @f4(%x, %i) : (tensor<f32>, tensor<i32>) -> tensor<f32>
  %1 = call @f4(%0, %i) : (tensor<f32>, tensor<i32>) -> tensor<f32>
  %2 = call @f4(%1, %i) : (tensor<f32>, tensor<i32>) -> tensor<f32>
  %3 = call @f4(%2, %i) : (tensor<f32>, tensor<i32>) -> tensor<f32>
  return %3 : tensor<f32>
}
func.func private @f4(%x: tensor<f32>, %i: tensor<i32>) -> tensor<f32> {
  %0 = call @f5(%x, %i) : (tensor<f32>, tensor<i32>) -> tensor<f32>
  %1 = call @f5(%0, %i) : (tensor<f32>, tensor<i32>) -> tensor<f32>
  %2 = call @f5(%1, %i) : (tensor<f32>, tensor<i32>) -> tensor<f32>
  %3 = call @f5(%2, %i) : (tensor<f32>, tensor<i32>) -> tensor<f32>
  return %3 : tensor<f32>
}
func.func private @f5(%x: tensor<f32>, %i: tensor<i32>) -> tensor<f32> {
  %0 = call @f6(%x, %i) : (tensor<f32>, tensor<i32>) -> tensor<f32>
  %1 = call @f6(%0, %i) : (tensor<f32>, tensor<i32>) -> tensor<f32>
  %2 = call @f6(%1, %i) : (tensor<f32>, tensor<i32>) -> tensor<f32>
  %3 = call @f6(%2, %i) : (tensor<f32>, tensor<i32>) -> tensor<f32>
  return %3 : tensor<f32>
}
func.func private @f6(%x: tensor<f32>, %i: tensor<i32>) -> tensor<f32> {
  %0 = call @f7(%x, %i) : (tensor<f32>, tensor<i32>) -> tensor<f32>
  %1 = call @f7(%0, %i) : (tensor<f32>, tensor<i32>) -> tensor<f32>
  %2 = call @f7(%1, %i) : (tensor<f32>, tensor<i32>) -> tensor<f32>
  %3 = call @f7(%2, %i) : (tensor<f32>, tensor<i32>) -> tensor<f32>
  return %3 : tensor<f32>
}
func.func private @f7(%x: tensor<f32>, %i: tensor<i32>) -> tensor<f32> {
  %0 = call @f8(%x, %i) : (tensor<f32>, tensor<i32>) -> tensor<f32>
  %1 = call @f8(%0, %i) : (tensor<f32>, tensor<i32>) -> tensor<f32>
  %2 = call @f8(%1, %i) : (tensor<f32>, tensor<i32>) -> tensor<f32>
  %3 = call @f8(%2, %i) : (tensor<f32>, tensor<i32>) -> tensor<f32>
  return %3 : tensor<f32>
}
func.func private @f8(%x: tensor<f32>, %i: tensor<i32>) -> tensor<f32> {
  %0 = call @f9(%x, %i) : (tensor<f32>, tensor<i32>) -> tensor<f32>
  %1 = call @f9(%0, %i) : (tensor<f32>, tensor<i32>) -> tensor<f32>
  %2 = call @f9(%1, %i) : (tensor<f32>, tensor<i32>) -> tensor<f32>
  %3 = call @f9(%2, %i) : (tensor<f32>, tensor<i32>) -> tensor<f32>
  return %3 : tensor<f32>
}
func.func private @f9(%x: tensor<f32>, %i: tensor<i32>) -> tensor<f32> {
  %0 = call @f10(%x, %i) : (tensor<f32>, tensor<i32>) -> tensor<f32>
  %1 = call @f10(%0, %i) : (tensor<f32>, tensor<i32>) -> tensor<f32>
  %2 = call @f10(%1, %i) : (tensor<f32>, tensor<i32>) -> tensor<f32>
  %3 = call @f10(%2, %i) : (tensor<f32>, tensor<i32>) -> tensor<f32>
  return %3 : tensor<f32>
}
func.func private @f10(%x: tensor<f32>, %i: tensor<i32>) -> tensor<f32> {
  %0 = stablehlo.convert %i : (tensor<i32>) -> tensor<f32>
  %1 = stablehlo.add %x, %0 : tensor<f32>
  return %1 : tensor<f32>
}
