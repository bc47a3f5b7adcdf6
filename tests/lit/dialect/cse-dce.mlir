// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What MLIR may merge and remove: what has no effects, and nothing else.

// RUN: invhlo-opt %s --cse --canonicalize | FileCheck %s

// CHECK-LABEL: func.func @equal_ops(
// CHECK-SAME:    %[[X:.+]]: tensor<2xf32>)
// CHECK-NEXT:    %[[SUM:.+]] = stablehlo.add %[[X]], %[[X]] : tensor<2xf32>
// CHECK-NEXT:    %[[ERF:.+]] = chlo.erf %[[SUM]] : tensor<2xf32> -> tensor<2xf32>
// CHECK-NEXT:    %[[CALL:.+]] = stablehlo.custom_call @pure(%[[ERF]])
// CHECK-NEXT:    return %[[CALL]], %[[CALL]]
func.func @equal_ops(%x: tensor<2xf32>) -> (tensor<2xf32>, tensor<2xf32>) {
  %a = stablehlo.add %x, %x : tensor<2xf32>
  %b = stablehlo.add %x, %x : tensor<2xf32>
  %c = chlo.erf %a : tensor<2xf32> -> tensor<2xf32>
  %d = chlo.erf %b : tensor<2xf32> -> tensor<2xf32>
  %e = stablehlo.custom_call @pure(%c) : (tensor<2xf32>) -> tensor<2xf32>
  %f = stablehlo.custom_call @pure(%d) : (tensor<2xf32>) -> tensor<2xf32>
  return %e, %f : tensor<2xf32>, tensor<2xf32>
}

// CHECK-LABEL: func.func @equal_constants(
// CHECK-NEXT:    %[[C:.+]] = stablehlo.constant dense<1> : tensor<i32>
// CHECK-NEXT:    return %[[C]], %[[C]]
func.func @equal_constants() -> (tensor<i32>, tensor<i32>) {
  %a = stablehlo.constant dense<1> : tensor<i32>
  %b = stablehlo.constant dense<1> : tensor<i32>
  return %a, %b : tensor<i32>, tensor<i32>
}

// CHECK-LABEL: func.func @different_attributes(
// CHECK-COUNT-2: stablehlo.iota
func.func @different_attributes() -> (tensor<2x2xi32>, tensor<2x2xi32>) {
  %a = stablehlo.iota dim = 0 : tensor<2x2xi32>
  %b = stablehlo.iota dim = 1 : tensor<2x2xi32>
  return %a, %b : tensor<2x2xi32>, tensor<2x2xi32>
}

// CHECK-LABEL: func.func @draws(
// CHECK-COUNT-2: stablehlo.rng
func.func @draws(%a: tensor<f32>, %b: tensor<f32>)
    -> (tensor<3xf32>, tensor<3xf32>) {
  %shape = stablehlo.constant dense<3> : tensor<1xi64>
  %x = stablehlo.rng %a, %b, %shape, distribution = UNIFORM
      : (tensor<f32>, tensor<f32>, tensor<1xi64>) -> tensor<3xf32>
  %y = stablehlo.rng %a, %b, %shape, distribution = UNIFORM
      : (tensor<f32>, tensor<f32>, tensor<1xi64>) -> tensor<3xf32>
  return %x, %y : tensor<3xf32>, tensor<3xf32>
}

// CHECK-LABEL: func.func @calls_with_effects(
// CHECK-COUNT-2: stablehlo.custom_call @effect
func.func @calls_with_effects(%x: tensor<2xf32>)
    -> (tensor<2xf32>, tensor<2xf32>) {
  %a = stablehlo.custom_call @effect(%x) {has_side_effect = true}
      : (tensor<2xf32>) -> tensor<2xf32>
  %b = stablehlo.custom_call @effect(%x) {has_side_effect = true}
      : (tensor<2xf32>) -> tensor<2xf32>
  return %a, %b : tensor<2xf32>, tensor<2xf32>
}

// CHECK-LABEL: func.func @constants_of_their_own(
// CHECK-COUNT-2: sdy.constant
func.func @constants_of_their_own() -> (tensor<i32>, tensor<i32>) {
  %a = sdy.constant {note = "a"} dense<1> : tensor<i32>
  %b = sdy.constant {note = "b"} dense<1> : tensor<i32>
  return %a, %b : tensor<i32>, tensor<i32>
}

// CHECK-LABEL: func.func @dead(
// CHECK-NEXT:    return
func.func @dead(%x: tensor<4xf32>, %p: tensor<i1>, %state: tensor<2xui64>) {
  %a = stablehlo.sine %x : tensor<4xf32>
  %b = chlo.erf_inv %a : tensor<4xf32> -> tensor<4xf32>
  %c = stablehlo.custom_call @pure(%x) : (tensor<4xf32>) -> tensor<4xf32>
  %d = sdy.reshard %x <mesh<["x"=2]>, [{"x"}]> : tensor<4xf32>
  %values, %indices = chlo.top_k(%x, k = 2)
      : tensor<4xf32> -> (tensor<2xf32>, tensor<2xi32>)
  %next, %bits = stablehlo.rng_bit_generator %state, algorithm = DEFAULT
      : (tensor<2xui64>) -> (tensor<2xui64>, tensor<4xui32>)
  return
}

// CHECK-LABEL: func.func @dead_regions(
// CHECK-NEXT:    return
func.func @dead_regions(%x: tensor<4xf32>, %n: tensor<i32>, %p: tensor<i1>,
                        %init: tensor<f32>) {
  %zero = stablehlo.constant dense<0> : tensor<i32>
  %loop:2 = stablehlo.while(%i = %zero, %v = %x) : tensor<i32>, tensor<4xf32>
  cond {
    %q = stablehlo.compare LT, %i, %n : (tensor<i32>, tensor<i32>) -> tensor<i1>
    stablehlo.return %q : tensor<i1>
  } do {
    %one = stablehlo.constant dense<1> : tensor<i32>
    %j = stablehlo.add %i, %one : tensor<i32>
    %w = stablehlo.sine %v : tensor<4xf32>
    stablehlo.return %j, %w : tensor<i32>, tensor<4xf32>
  }
  %branch = "stablehlo.if"(%p) ({
    stablehlo.return %x : tensor<4xf32>
  }, {
    %s = stablehlo.sine %x : tensor<4xf32>
    stablehlo.return %s : tensor<4xf32>
  }) : (tensor<i1>) -> tensor<4xf32>
  %sum = stablehlo.reduce(%x init: %init) applies stablehlo.add
      across dimensions = [0] : (tensor<4xf32>, tensor<f32>) -> tensor<f32>
  %scan:2 = chlo.scan(%x) inits (%init) dimension=0 {
  ^bb0(%input: tensor<f32>, %carry: tensor<f32>):
    %s = stablehlo.add %input, %carry : tensor<f32>
    stablehlo.return %s, %s : tensor<f32>, tensor<f32>
  } : (tensor<4xf32>, tensor<f32>) -> (tensor<4xf32>, tensor<f32>)
  %local = sdy.manual_computation(%x) in_shardings=[<mesh<["x"=2]>, [{"x"}]>]
      out_shardings=[<mesh<["x"=2]>, [{"x"}]>] manual_axes={"x"}
      (%part: tensor<2xf32>) {
    %s = stablehlo.sine %part : tensor<2xf32>
    sdy.return %s : tensor<2xf32>
  } : (tensor<4xf32>) -> tensor<4xf32>
  return
}

// CHECK-LABEL: func.func @effects(
// CHECK:         stablehlo.custom_call @effect
// CHECK:         stablehlo.outfeed
// CHECK:         stablehlo.recv
// CHECK:         sdy.sharding_group
// CHECK:         sdy.sharding_constraint
// CHECK-NEXT:    return
func.func @effects(%x: tensor<2xf32>, %token: !stablehlo.token) {
  %a = stablehlo.custom_call @effect(%x) {has_side_effect = true}
      : (tensor<2xf32>) -> tensor<2xf32>
  %b = "stablehlo.outfeed"(%x, %token)
      : (tensor<2xf32>, !stablehlo.token) -> !stablehlo.token
  %c:2 = "stablehlo.recv"(%token) <{
    channel_handle = #stablehlo.channel_handle<handle = 1, type = 3>,
    is_host_transfer = true
  }> : (!stablehlo.token) -> (tensor<2xf32>, !stablehlo.token)
  sdy.sharding_group %x group_id=1 : tensor<2xf32>
  %d = sdy.sharding_constraint %x <mesh<["x"=2]>, [{"x"}]> : tensor<2xf32>
  return
}

// CHECK-LABEL: func.func @effects_in_regions(
// CHECK:         stablehlo.while
// CHECK:           stablehlo.custom_call @effect
// CHECK:         sdy.manual_computation
// CHECK:           stablehlo.custom_call @effect
func.func @effects_in_regions(%p: tensor<i1>) {
  %loop = stablehlo.while(%q = %p) : tensor<i1>
  cond {
    stablehlo.return %q : tensor<i1>
  } do {
    %a = stablehlo.custom_call @effect(%q) {has_side_effect = true}
        : (tensor<i1>) -> tensor<i1>
    stablehlo.return %a : tensor<i1>
  }
  sdy.manual_computation() in_shardings=[] out_shardings=[] manual_axes={} () {
    stablehlo.custom_call @effect() {has_side_effect = true} : () -> ()
    sdy.return
  } : () -> ()
  return
}
