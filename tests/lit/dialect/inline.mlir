// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Calls are inlined into any region, and whatever a callee holds goes with them.

// RUN: invhlo-opt %s --inline --cse | FileCheck %s

sdy.mesh @mesh = <["x"=2]>

// CHECK-LABEL: func.func @into_a_loop(
// CHECK-SAME:    %[[X:.+]]: tensor<f32>
// CHECK:         %[[C:.+]] = stablehlo.constant
// CHECK-NEXT:    stablehlo.while(%[[V:.+]] = %[[X]])
// CHECK-NEXT:    cond {
// CHECK-NEXT:      %[[P:.+]] = stablehlo.compare LT, %[[V]], %[[C]]
// CHECK-NEXT:      stablehlo.return %[[P]]
// CHECK-NEXT:    } do {
// CHECK-NEXT:      %[[Y:.+]] = chlo.sinh %[[V]]
// CHECK-NEXT:      stablehlo.return %[[Y]]
// CHECK-NEXT:    }
func.func @into_a_loop(%x: tensor<f32>) -> tensor<f32> {
  %y = stablehlo.while(%v = %x) : tensor<f32>
  cond {
    %p = func.call @small(%v) : (tensor<f32>) -> tensor<i1>
    stablehlo.return %p : tensor<i1>
  } do {
    %w = func.call @step(%v) : (tensor<f32>) -> tensor<f32>
    stablehlo.return %w : tensor<f32>
  }
  return %y : tensor<f32>
}

// CHECK-LABEL: func.func @into_branches_and_reducers(
// CHECK-SAME:    %{{.+}}: tensor<i1>, %[[X:.+]]: tensor<f32>
// CHECK:         "stablehlo.if"
// CHECK-NEXT:      %[[Y:.+]] = chlo.sinh %[[X]]
// CHECK-NEXT:      stablehlo.return %[[Y]]
// CHECK:         stablehlo.reduce
// CHECK-NEXT:    reducer(%[[A:.+]]: tensor<f32>, %[[B:.+]]: tensor<f32>)
// CHECK-NEXT:      %[[S:.+]] = stablehlo.atan2 %[[A]], %[[B]]
// CHECK-NEXT:      stablehlo.return %[[S]]
func.func @into_branches_and_reducers(
    %p: tensor<i1>, %x: tensor<f32>, %xs: tensor<3xf32>)
    -> (tensor<f32>, tensor<f32>) {
  %y = "stablehlo.if"(%p) ({
    %a = func.call @step(%x) : (tensor<f32>) -> tensor<f32>
    stablehlo.return %a : tensor<f32>
  }, {
    stablehlo.return %x : tensor<f32>
  }) : (tensor<i1>) -> tensor<f32>
  %z = stablehlo.reduce(%xs init: %x) across dimensions = [0]
      : (tensor<3xf32>, tensor<f32>) -> tensor<f32>
    reducer(%a: tensor<f32>, %b: tensor<f32>) {
      %s = func.call @combine(%a, %b)
          : (tensor<f32>, tensor<f32>) -> tensor<f32>
      stablehlo.return %s : tensor<f32>
    }
  return %y, %z : tensor<f32>, tensor<f32>
}

// CHECK-LABEL: func.func @into_a_manual_computation(
// CHECK:         sdy.manual_computation({{.+}} (%[[PART:.+]]: tensor<4xf32>) {
// CHECK-NEXT:      %[[Y:.+]] = stablehlo.sine %[[PART]]
// CHECK-NEXT:      sdy.return %[[Y]]
func.func @into_a_manual_computation(%x: tensor<8xf32>) -> tensor<8xf32> {
  %y = sdy.manual_computation(%x) in_shardings=[<@mesh, [{"x"}]>]
      out_shardings=[<@mesh, [{"x"}]>] manual_axes={"x"}
      (%part: tensor<4xf32>) {
    %a = func.call @local(%part) : (tensor<4xf32>) -> tensor<4xf32>
    sdy.return %a : tensor<4xf32>
  } : (tensor<8xf32>) -> tensor<8xf32>
  return %y : tensor<8xf32>
}

// CHECK-LABEL: func.func @a_body_with_everything(
// CHECK-SAME:    %[[X:.+]]: tensor<8xf32>)
// CHECK-NOT:     call @everything
// CHECK:         %[[CONSTRAINED:.+]] = sdy.sharding_constraint %[[X]]
// CHECK:         stablehlo.while(%{{.+}} = %[[CONSTRAINED]])
// CHECK:         stablehlo.custom_call @effect
func.func @a_body_with_everything(%x: tensor<8xf32>) -> tensor<8xf32> {
  %y = call @everything(%x) : (tensor<8xf32>) -> tensor<8xf32>
  return %y : tensor<8xf32>
}

// Private functions are gone when nobody calls them any more.
// CHECK-NOT: func.func

func.func private @small(%x: tensor<f32>) -> tensor<i1> {
  %c = stablehlo.constant dense<1.0> : tensor<f32>
  %p = stablehlo.compare LT, %x, %c : (tensor<f32>, tensor<f32>) -> tensor<i1>
  return %p : tensor<i1>
}
func.func private @step(%x: tensor<f32>) -> tensor<f32> {
  %y = chlo.sinh %x : tensor<f32> -> tensor<f32>
  return %y : tensor<f32>
}
func.func private @combine(%a: tensor<f32>, %b: tensor<f32>) -> tensor<f32> {
  %y = stablehlo.atan2 %a, %b : tensor<f32>
  return %y : tensor<f32>
}
func.func private @local(%x: tensor<4xf32>) -> tensor<4xf32> {
  %y = stablehlo.sine %x : tensor<4xf32>
  return %y : tensor<4xf32>
}
func.func private @everything(%x: tensor<8xf32>) -> tensor<8xf32> {
  %c = sdy.sharding_constraint %x <@mesh, [{"x"}]> : tensor<8xf32>
  %y = stablehlo.while(%v = %c) : tensor<8xf32>
  cond {
    %p = stablehlo.constant dense<true> : tensor<i1>
    stablehlo.return %p : tensor<i1>
  } do {
    stablehlo.custom_call @effect() {has_side_effect = true} : () -> ()
    stablehlo.return %v : tensor<8xf32>
  }
  return %y : tensor<8xf32>
}
