// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -split-input-file | FileCheck %s

// What was returned is taken, split as it was, and the other way around. A
// share is split like its value.

sdy.mesh @mesh = <["x"=2]>
// CHECK-LABEL: func.func @swapped.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<2x8xf32>)
// CHECK:         %[[X:.+]]:2 = sdy.manual_computation(%[[Y]])
// CHECK-SAME:      in_shardings=[<@mesh, [{}, {"x"}]>]
// CHECK-SAME:      out_shardings=[<@mesh, [{"x"}, {}]>, <@mesh, [{"x"}, {}]>]
// CHECK-SAME:      manual_axes={"x"} (%[[LOCAL:.+]]: tensor<2x4xf32>) {
// CHECK:           %[[LOG:.+]] = stablehlo.log %[[LOCAL]]
// CHECK:           %[[SHARE:.+]] = stablehlo.negate %[[LOG]]
// CHECK:           %[[MOVED:.+]] = stablehlo.reshape %[[LOG]] : (tensor<2x4xf32>) -> tensor<1x8xf32>
// CHECK:           %[[MOVED_SHARE:.+]] = stablehlo.reshape %[[SHARE]]
// CHECK:           sdy.return %[[MOVED]], %[[MOVED_SHARE]]
// CHECK:         } : (tensor<2x8xf32>) -> (tensor<2x8xf32>, tensor<2x8xf32>)
// CHECK:         return %[[X]]#0, %[[X]]#1
func.func @swapped(%x: tensor<2x8xf32>) -> tensor<2x8xf32> {
  %y = sdy.manual_computation(%x) in_shardings=[<@mesh, [{"x"}, {}]>] out_shardings=[<@mesh, [{}, {"x"}]>] manual_axes={"x"} (%a: tensor<1x8xf32>) {
    %b = stablehlo.reshape %a : (tensor<1x8xf32>) -> tensor<2x4xf32>
    %c = stablehlo.exponential %b : tensor<2x4xf32>
    sdy.return %c : tensor<2x4xf32>
  } : (tensor<2x8xf32>) -> tensor<2x8xf32>
  return %y : tensor<2x8xf32>
}

// -----

// Known operands stay operands, and the body's forward part is computed again.

sdy.mesh @mesh = <["x"=2]>
// CHECK-LABEL: func.func @known.inverse(
// CHECK-SAME:    %[[K:.+]]: tensor<2xf32>, %[[Y:.+]]: tensor<4xf32>)
// CHECK:         sdy.manual_computation(%[[K]], %[[Y]])
// CHECK-SAME:      in_shardings=[<@mesh, [{}]>, <@mesh, [{"x"}]>]
// CHECK-SAME:      out_shardings=[<@mesh, [{"x"}]>]
// CHECK-SAME:      (%[[LOCAL_K:.+]]: tensor<2xf32>, %[[LOCAL_Y:.+]]: tensor<2xf32>) {
// CHECK:           %[[SINE:.+]] = stablehlo.sine %[[LOCAL_K]]
// CHECK:           %[[LOCAL_X:.+]] = stablehlo.subtract %[[LOCAL_Y]], %[[SINE]]
// CHECK:           sdy.return %[[LOCAL_X]]
func.func @known(%k: tensor<2xf32>, %x: tensor<4xf32> {invhlo.unknown}) -> tensor<4xf32> {
  %y = sdy.manual_computation(%k, %x) in_shardings=[<@mesh, [{}]>, <@mesh, [{"x"}]>] out_shardings=[<@mesh, [{"x"}]>] manual_axes={"x"} (%a: tensor<2xf32>, %b: tensor<2xf32>) {
    %c = stablehlo.sine %a : tensor<2xf32>
    %d = stablehlo.add %b, %c : tensor<2xf32>
    sdy.return %d : tensor<2xf32>
  } : (tensor<2xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %y : tensor<4xf32>
}

// -----

// Of a value that all devices have, there is one share for all.

sdy.mesh @mesh = <["x"=2, "y"=2]>
// CHECK-LABEL: func.func @copies.inverse(
// CHECK:         sdy.manual_computation
// CHECK-SAME:      in_shardings=[<@mesh, [{"y"}]>, <@mesh, [{"x", "y"}]>]
// CHECK-SAME:      out_shardings=[<@mesh, [{"y"}]>, <@mesh, [{"y"}]>, <@mesh, [{"x", "y"}]>]
// CHECK:         } : (tensor<4xf32>, tensor<8xf32>) -> (tensor<4xf32>, tensor<4xf32>, tensor<8xf32>)
func.func @copies(%u: tensor<4xf32>, %x: tensor<8xf32>) -> (tensor<4xf32>, tensor<8xf32>) {
  %y:2 = sdy.manual_computation(%u, %x) in_shardings=[<@mesh, [{"y"}]>, <@mesh, [{"x", "y"}]>] out_shardings=[<@mesh, [{"y"}]>, <@mesh, [{"x", "y"}]>] manual_axes={"x", "y"} (%a: tensor<2xf32>, %b: tensor<2xf32>) {
    %c = stablehlo.exponential %a : tensor<2xf32>
    %d = stablehlo.add %a, %b : tensor<2xf32>
    sdy.return %c, %d : tensor<2xf32>, tensor<2xf32>
  } : (tensor<4xf32>, tensor<8xf32>) -> (tensor<4xf32>, tensor<8xf32>)
  return %y#0, %y#1 : tensor<4xf32>, tensor<8xf32>
}

// -----

// Copies stay copies where they are combined over devices: the sum of what is
// split is the same for all.

sdy.mesh @mesh = <["x"=2]>
// CHECK-LABEL: func.func @summed.inverse(
// CHECK:         sdy.manual_computation
// CHECK:           "stablehlo.all_reduce"
// CHECK:           stablehlo.subtract
// CHECK:           sdy.return
func.func @summed(%k: tensor<4xf32>, %x: tensor<2xf32> {invhlo.unknown}) -> tensor<2xf32> {
  %y = sdy.manual_computation(%k, %x) in_shardings=[<@mesh, [{"x"}]>, <@mesh, [{}]>] out_shardings=[<@mesh, [{}]>] manual_axes={"x"} (%a: tensor<2xf32>, %b: tensor<2xf32>) {
    %c = "stablehlo.all_reduce"(%a) <{channel_handle = #stablehlo.channel_handle<handle = 1, type = 1>, replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>, use_global_device_ids}> ({
    ^bb0(%l: tensor<f32>, %r: tensor<f32>):
      %s = stablehlo.add %l, %r : tensor<f32>
      stablehlo.return %s : tensor<f32>
    }) : (tensor<2xf32>) -> tensor<2xf32>
    %d = stablehlo.add %b, %c : tensor<2xf32>
    sdy.return %d : tensor<2xf32>
  } : (tensor<4xf32>, tensor<2xf32>) -> tensor<2xf32>
  return %y : tensor<2xf32>
}

// -----

// A sum over the devices along an axis, which the groups name, is the same on all.

sdy.mesh @mesh = <["x"=2, "y"=2]>
// CHECK-LABEL: func.func @sum_along_an_axis.inverse(
// CHECK:         sdy.manual_computation
// CHECK-SAME:      out_shardings=[<@mesh, [{"x"}]>]
// CHECK:           "stablehlo.all_reduce"
func.func @sum_along_an_axis(%k: tensor<4xf32>, %x: tensor<2xf32> {invhlo.unknown}) -> tensor<2xf32> {
  %y = sdy.manual_computation(%k, %x) in_shardings=[<@mesh, [{"x", "y"}]>, <@mesh, [{"x"}]>] out_shardings=[<@mesh, [{"x"}]>] manual_axes={"x", "y"} (%a: tensor<1xf32>, %b: tensor<1xf32>) {
    %c = "stablehlo.all_reduce"(%a) <{channel_handle = #stablehlo.channel_handle<handle = 1, type = 1>, replica_groups = #stablehlo.replica_group_mesh_axes<mesh = @mesh, axes = [#stablehlo.axis_ref<name = "y">]>, use_global_device_ids}> ({
    ^bb0(%d: tensor<f32>, %e: tensor<f32>):
      %f = stablehlo.add %d, %e : tensor<f32>
      stablehlo.return %f : tensor<f32>
    }) : (tensor<1xf32>) -> tensor<1xf32>
    %g = stablehlo.add %b, %c : tensor<1xf32>
    sdy.return %g : tensor<1xf32>
  } : (tensor<4xf32>, tensor<2xf32>) -> tensor<2xf32>
  return %y : tensor<2xf32>
}

// -----

// Of a device's number no more than its place along the split axis is left.

sdy.mesh @mesh = <["x"=2, "y"=2]>
// CHECK-LABEL: func.func @place_along_an_axis.inverse(
// CHECK:         sdy.manual_computation
// CHECK:           stablehlo.subtract
func.func @place_along_an_axis(%x: tensor<2xui32>) -> tensor<2xui32> {
  %y = sdy.manual_computation(%x) in_shardings=[<@mesh, [{"x"}]>] out_shardings=[<@mesh, [{"x"}]>] manual_axes={"x", "y"} (%a: tensor<1xui32>) {
    %two = stablehlo.constant dense<2> : tensor<ui32>
    %i = stablehlo.partition_id : tensor<ui32>
    %j = stablehlo.divide %i, %two : tensor<ui32>
    %k = stablehlo.reshape %j : (tensor<ui32>) -> tensor<1xui32>
    %b = stablehlo.add %a, %k : tensor<1xui32>
    sdy.return %b : tensor<1xui32>
  } : (tensor<2xui32>) -> tensor<2xui32>
  return %y : tensor<2xui32>
}
