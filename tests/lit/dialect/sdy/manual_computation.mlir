// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

sdy.mesh @mesh = <["x"=2, "y"=2, "z"=2]>

// CHECK-LABEL: func.func @one_axis(
// CHECK-SAME:    %[[A:.+]]: tensor<8x8xf32>, %[[B:.+]]: tensor<4xf32>) -> (tensor<8x8xf32>, tensor<4xf32>)
// CHECK-NEXT:    %{{.+}}:2 = sdy.manual_computation(%[[A]], %[[B]]) in_shardings=[<@mesh, [{"x"}, {}]>, <@mesh, [{}]>] out_shardings=[<@mesh, [{}, {"x"}]>, <@mesh, [{?}]>] manual_axes={"x"} (%[[C:.+]]: tensor<4x8xf32>, %[[D:.+]]: tensor<4xf32>) {
// CHECK-NEXT:      %[[E:.+]] = stablehlo.reshape %[[C]] : (tensor<4x8xf32>) -> tensor<8x4xf32>
// CHECK-NEXT:      sdy.return %[[E]], %[[D]] : tensor<8x4xf32>, tensor<4xf32>
// CHECK-NEXT:    } : (tensor<8x8xf32>, tensor<4xf32>) -> (tensor<8x8xf32>, tensor<4xf32>)
func.func @one_axis(%a: tensor<8x8xf32>, %b: tensor<4xf32>) -> (tensor<8x8xf32>, tensor<4xf32>) {
  %y:2 = sdy.manual_computation(%a, %b) in_shardings=[<@mesh, [{"x"}, {}]>, <@mesh, [{}]>] out_shardings=[<@mesh, [{}, {"x"}]>, <@mesh, [{?}]>] manual_axes={"x"} (%c: tensor<4x8xf32>, %d: tensor<4xf32>) {
    %e = stablehlo.reshape %c : (tensor<4x8xf32>) -> tensor<8x4xf32>
    sdy.return %e, %d : tensor<8x4xf32>, tensor<4xf32>
  } : (tensor<8x8xf32>, tensor<4xf32>) -> (tensor<8x8xf32>, tensor<4xf32>)
  return %y#0, %y#1 : tensor<8x8xf32>, tensor<4xf32>
}

// CHECK-LABEL: func.func @two_axes_and_a_free_one(
// CHECK-SAME:    %[[A:.+]]: tensor<8x8xf32>) -> tensor<8x8xf32>
// CHECK-NEXT:    %{{.+}} = sdy.manual_computation(%[[A]]) in_shardings=[<@mesh, [{"x", "y"}, {"z"}]>] out_shardings=[<@mesh, [{"x"}, {"y", "z"}]>] manual_axes={"x", "y"} (%[[C:.+]]: tensor<2x8xf32>) {
// CHECK-NEXT:      %[[E:.+]] = stablehlo.reshape %[[C]] : (tensor<2x8xf32>) -> tensor<4x4xf32>
// CHECK-NEXT:      sdy.return %[[E]] : tensor<4x4xf32>
// CHECK-NEXT:    } {jax.note = "a"} : (tensor<8x8xf32>) -> tensor<8x8xf32>
func.func @two_axes_and_a_free_one(%a: tensor<8x8xf32>) -> tensor<8x8xf32> {
  %y = sdy.manual_computation(%a) in_shardings=[<@mesh, [{"x", "y"}, {"z"}]>] out_shardings=[<@mesh, [{"x"}, {"y", "z"}]>] manual_axes={"x", "y"} (%c: tensor<2x8xf32>) {
    %e = stablehlo.reshape %c : (tensor<2x8xf32>) -> tensor<4x4xf32>
    sdy.return %e : tensor<4x4xf32>
  } {jax.note = "a"} : (tensor<8x8xf32>) -> tensor<8x8xf32>
  return %y : tensor<8x8xf32>
}

// CHECK-LABEL: func.func @nothing(
// CHECK-NEXT:    sdy.manual_computation() in_shardings=[] out_shardings=[] manual_axes={} () {
// CHECK-NEXT:      sdy.return
// CHECK-NEXT:    } : () -> ()
func.func @nothing() {
  sdy.manual_computation() in_shardings=[] out_shardings=[] manual_axes={} () {
    sdy.return
  } : () -> ()
  return
}
