// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=total" -invhlo-lower-shares -symbol-dce -split-input-file | FileCheck %s

// A region is inverted as functions are, and calls the inverses of what it
// calls. The log-det is summed outside, over the global shares.

sdy.mesh @mesh = <["x"=2]>
// CHECK-LABEL: func.func @calls.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<8xf32>) -> (tensor<8xf32>, tensor<f32>)
// CHECK:         %[[X:.+]]:2 = sdy.manual_computation(%[[Y]])
// CHECK-SAME:      (%[[LOCAL:.+]]: tensor<4xf32>) {
// CHECK:           %[[B:.+]]:2 = func.call @layer.inverse{{[_0-9]*}}(%[[LOCAL]])
// CHECK:           %[[A:.+]]:2 = func.call @layer.inverse{{[_0-9]*}}(%[[B]]#0, %[[B]]#1)
// CHECK:           sdy.return %[[A]]#0, %[[A]]#1
// CHECK:         stablehlo.reduce(%[[X]]#1
// CHECK-SAME:      (tensor<8xf32>, tensor<f32>) -> tensor<f32>
func.func private @layer(%x: tensor<4xf32>) -> tensor<4xf32> {
  %a = stablehlo.exponential %x : tensor<4xf32>
  return %a : tensor<4xf32>
}
func.func @calls(%x: tensor<8xf32>) -> tensor<8xf32> {
  %y = sdy.manual_computation(%x) in_shardings=[<@mesh, [{"x"}]>] out_shardings=[<@mesh, [{"x"}]>] manual_axes={"x"} (%a: tensor<4xf32>) {
    %b = func.call @layer(%a) : (tensor<4xf32>) -> tensor<4xf32>
    %c = func.call @layer(%b) : (tensor<4xf32>) -> tensor<4xf32>
    sdy.return %c : tensor<4xf32>
  } : (tensor<8xf32>) -> tensor<8xf32>
  return %y : tensor<8xf32>
}

// -----

// Regions in functions and in regions.

sdy.mesh @mesh = <["x"=2, "y"=2]>
// CHECK-LABEL: func.func @outer.inverse(
// CHECK:         call @inner.inverse(
// CHECK-LABEL: func.func private @inner.inverse(
// CHECK:         sdy.manual_computation{{.+}} manual_axes={"x"}
// CHECK:           sdy.manual_computation{{.+}} manual_axes={"y"} (%[[Y:.+]]: tensor<4xf32>)
// CHECK:             stablehlo.log %[[Y]] : tensor<4xf32>
func.func private @inner(%x: tensor<16xf32>) -> tensor<16xf32> {
  %y = sdy.manual_computation(%x) in_shardings=[<@mesh, [{"x", ?}]>] out_shardings=[<@mesh, [{"x", ?}]>] manual_axes={"x"} (%a: tensor<8xf32>) {
    %b = sdy.manual_computation(%a) in_shardings=[<@mesh, [{"y"}]>] out_shardings=[<@mesh, [{"y"}]>] manual_axes={"y"} (%c: tensor<4xf32>) {
      %d = stablehlo.exponential %c : tensor<4xf32>
      sdy.return %d : tensor<4xf32>
    } : (tensor<8xf32>) -> tensor<8xf32>
    sdy.return %b : tensor<8xf32>
  } : (tensor<16xf32>) -> tensor<16xf32>
  return %y : tensor<16xf32>
}
func.func @outer(%x: tensor<16xf32>) -> tensor<16xf32> {
  %y = call @inner(%x) : (tensor<16xf32>) -> tensor<16xf32>
  return %y : tensor<16xf32>
}

// -----

// Asked twice: the second operand needs what the first asking found.

sdy.mesh @mesh = <["x"=2]>
// CHECK-LABEL: func.func @twice.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<4xf32>, %[[Z:.+]]: tensor<4xf32>)
// CHECK:         %[[A:.+]]:2 = sdy.manual_computation(%[[Y]])
// CHECK:         %[[SINE:.+]] = stablehlo.sine %[[A]]#0
// CHECK:         %[[U:.+]] = stablehlo.subtract %[[Z]], %[[SINE]]
// CHECK:         sdy.manual_computation(%[[U]])
func.func @twice(%a: tensor<4xf32>, %b: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  %y:2 = sdy.manual_computation(%a, %b) in_shardings=[<@mesh, [{"x"}]>, <@mesh, [{"x"}]>] out_shardings=[<@mesh, [{"x"}]>, <@mesh, [{"x"}]>] manual_axes={"x"} (%c: tensor<2xf32>, %d: tensor<2xf32>) {
    %e = stablehlo.exponential %c : tensor<2xf32>
    %f = stablehlo.exponential %d : tensor<2xf32>
    sdy.return %e, %f : tensor<2xf32>, tensor<2xf32>
  } : (tensor<4xf32>, tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  %s = stablehlo.sine %a : tensor<4xf32>
  %z = stablehlo.add %y#1, %s : tensor<4xf32>
  return %y#0, %z : tensor<4xf32>, tensor<4xf32>
}

// -----

// A region within the region that is inverted is looked through for what makes
// devices differ.

sdy.mesh @mesh = <["x"=2, "y"=2]>
// CHECK-LABEL: func.func @within.inverse(
// CHECK:         sdy.manual_computation{{.+}} manual_axes={"x"}
// CHECK:           sdy.manual_computation{{.+}} manual_axes={"y"}
// CHECK:             stablehlo.reduce(
// CHECK:             stablehlo.subtract
// CHECK:             sdy.return
func.func @within(%k: tensor<4xf32>, %x: tensor<2xf32> {invhlo.unknown}) -> tensor<2xf32> {
  %y = sdy.manual_computation(%k, %x) in_shardings=[<@mesh, [{?}]>, <@mesh, [{?}]>] out_shardings=[<@mesh, [{?}]>] manual_axes={"x"} (%a: tensor<4xf32>, %b: tensor<2xf32>) {
    %c = sdy.manual_computation(%a, %b) in_shardings=[<@mesh, [{}]>, <@mesh, [{"y"}]>] out_shardings=[<@mesh, [{"y"}]>] manual_axes={"y"} (%d: tensor<4xf32>, %e: tensor<1xf32>) {
      %zero = stablehlo.constant dense<0.0> : tensor<f32>
      %s = stablehlo.reduce(%d init: %zero) applies stablehlo.add across dimensions = [0] : (tensor<4xf32>, tensor<f32>) -> tensor<f32>
      %t = stablehlo.reshape %s : (tensor<f32>) -> tensor<1xf32>
      %u = stablehlo.add %e, %t : tensor<1xf32>
      sdy.return %u : tensor<1xf32>
    } : (tensor<4xf32>, tensor<2xf32>) -> tensor<2xf32>
    sdy.return %c : tensor<2xf32>
  } : (tensor<4xf32>, tensor<2xf32>) -> tensor<2xf32>
  return %y : tensor<2xf32>
}

// -----

// What devices exchange in a called function along one axis leaves copies along
// the other as they are.

module attributes {mhlo.num_partitions = 4 : i32, mhlo.num_replicas = 1 : i32} {
  sdy.mesh @mesh = <["x"=2, "y"=2]>
  // CHECK-LABEL: func.func @called.inverse(
  // CHECK:         sdy.manual_computation
  // CHECK-SAME:      out_shardings=[<@mesh, [{"x"}]>, <@mesh, [{"x"}]>]
  // CHECK:           func.call @ring.inverse
  // CHECK:           func.call @ring.inverse
  func.func private @ring(%x: tensor<2xf32>) -> tensor<2xf32> {
    %a = stablehlo.exponential %x : tensor<2xf32>
    %b = "stablehlo.collective_permute"(%a) <{channel_handle = #stablehlo.channel_handle<handle = 1, type = 1>, source_target_pairs = dense<[[0, 2], [2, 0], [1, 3], [3, 1]]> : tensor<4x2xi64>}> : (tensor<2xf32>) -> tensor<2xf32>
    return %b : tensor<2xf32>
  }
  func.func @called(%x: tensor<4xf32>) -> tensor<4xf32> {
    %y = sdy.manual_computation(%x) in_shardings=[<@mesh, [{"x"}]>] out_shardings=[<@mesh, [{"x"}]>] manual_axes={"x", "y"} (%a: tensor<2xf32>) {
      %b = func.call @ring(%a) : (tensor<2xf32>) -> tensor<2xf32>
      %c = func.call @ring(%b) : (tensor<2xf32>) -> tensor<2xf32>
      sdy.return %c : tensor<2xf32>
    } : (tensor<4xf32>) -> tensor<4xf32>
    return %y : tensor<4xf32>
  }
}

// -----

// A result that the known operand gives alone is no equation for the unknown.

sdy.mesh @mesh = <["x"=2]>
// CHECK-LABEL: func.func @beside.inverse(
// CHECK-SAME:    %[[K:.+]]: tensor<4xf32>, %[[Y:.+]]: tensor<4xf32>, %{{.+}}: tensor<4xf32>)
// CHECK-NEXT:    sdy.manual_computation(%[[K]], %[[Y]]) in_
// CHECK-NOT:     sdy.manual_computation
// CHECK:         return
func.func @beside(%k: tensor<4xf32>, %x: tensor<4xf32> {invhlo.unknown}) -> (tensor<4xf32>, tensor<4xf32>) {
  %y:2 = sdy.manual_computation(%k, %x) in_shardings=[<@mesh, [{"x"}]>, <@mesh, [{"x"}]>] out_shardings=[<@mesh, [{"x"}]>, <@mesh, [{"x"}]>] manual_axes={"x"} (%a: tensor<2xf32>, %b: tensor<2xf32>) {
    %c = stablehlo.sine %a : tensor<2xf32>
    %d = stablehlo.multiply %a, %b : tensor<2xf32>
    sdy.return %d, %c : tensor<2xf32>, tensor<2xf32>
  } : (tensor<4xf32>, tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  return %y#0, %y#1 : tensor<4xf32>, tensor<4xf32>
}
