// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -split-input-file | FileCheck %s

// The dimensions change places, for the value and for its share.

// CHECK-LABEL: func.func @exchange.inverse(
// CHECK:           %[[LOG:.+]] = stablehlo.log
// CHECK:           %[[SHARE:.+]] = stablehlo.negate
// CHECK:           %[[X:.+]] = "stablehlo.all_to_all"(%[[LOG]])
// CHECK-SAME:        concat_dimension = 1
// CHECK-SAME{LITERAL}: replica_groups = dense<[[0, 1], [2, 3]]>
// CHECK-SAME:        split_count = 2
// CHECK-SAME:        split_dimension = 0
// CHECK:           %[[X_SHARE:.+]] = "stablehlo.all_to_all"(%[[SHARE]])
// CHECK:           sdy.return %[[X]], %[[X_SHARE]]
module attributes {mhlo.num_partitions = 4 : i32, mhlo.num_replicas = 1 : i32} {
  sdy.mesh @mesh = <["x"=2, "y"=2]>
  func.func @exchange(%x: tensor<8x4xf32>) -> tensor<16x2xf32> {
    %y = sdy.manual_computation(%x) in_shardings=[<@mesh, [{"x", "y"}, {}]>] out_shardings=[<@mesh, [{"x", "y"}, {}]>] manual_axes={"x", "y"} (%a: tensor<2x4xf32>) {
      %b = "stablehlo.all_to_all"(%a) <{channel_handle = #stablehlo.channel_handle<handle = 1, type = 1>, concat_dimension = 0 : i64, replica_groups = dense<[[0, 1], [2, 3]]> : tensor<2x2xi64>, split_count = 2 : i64, split_dimension = 1 : i64}> : (tensor<2x4xf32>) -> tensor<4x2xf32>
      %c = stablehlo.exponential %b : tensor<4x2xf32>
      sdy.return %c : tensor<4x2xf32>
    } : (tensor<8x4xf32>) -> tensor<16x2xf32>
    return %y : tensor<16x2xf32>
  }
}

// -----

// Groups may be told by the axes of a mesh along which they lie.

// CHECK-LABEL: func.func @along_an_axis.inverse(
// CHECK:           "stablehlo.all_to_all"
// CHECK-SAME:        concat_dimension = 1
// CHECK-SAME:        replica_groups = #stablehlo.replica_group_mesh_axes<mesh = @mesh, axes = [#stablehlo.axis_ref<name = "y">]>
// CHECK-SAME:        split_dimension = 0
module attributes {mhlo.num_partitions = 4 : i32, mhlo.num_replicas = 1 : i32} {
  sdy.mesh @mesh = <["x"=2, "y"=2]>
  func.func @along_an_axis(%x: tensor<8x4xf32>) -> tensor<16x2xf32> {
    %y = sdy.manual_computation(%x) in_shardings=[<@mesh, [{"x", "y"}, {}]>] out_shardings=[<@mesh, [{"x", "y"}, {}]>] manual_axes={"x", "y"} (%a: tensor<2x4xf32>) {
      %b = "stablehlo.all_to_all"(%a) <{channel_handle = #stablehlo.channel_handle<handle = 1, type = 1>, concat_dimension = 0 : i64, replica_groups = #stablehlo.replica_group_mesh_axes<mesh = @mesh, axes = [#stablehlo.axis_ref<name = "y">]>, split_count = 2 : i64, split_dimension = 1 : i64}> : (tensor<2x4xf32>) -> tensor<4x2xf32>
      sdy.return %b : tensor<4x2xf32>
    } : (tensor<8x4xf32>) -> tensor<16x2xf32>
    return %y : tensor<16x2xf32>
  }
}

// -----

// Or by a part of an axis, of a mesh written in place.

// CHECK-LABEL: func.func @along_a_part_of_an_axis.inverse(
// CHECK:           "stablehlo.all_to_all"
// CHECK-SAME:        axes = [#stablehlo.axis_ref<name = "x", sub_axis_info = (2)2>]
// CHECK-SAME:        split_dimension = 0
module attributes {mhlo.num_partitions = 8 : i32, mhlo.num_replicas = 1 : i32} {
  sdy.mesh @mesh = <["x"=8]>
  func.func @along_a_part_of_an_axis(%x: tensor<16x4xf32>) -> tensor<32x2xf32> {
    %y = sdy.manual_computation(%x) in_shardings=[<@mesh, [{"x"}, {}]>] out_shardings=[<@mesh, [{"x"}, {}]>] manual_axes={"x"} (%a: tensor<2x4xf32>) {
      %b = "stablehlo.all_to_all"(%a) <{channel_handle = #stablehlo.channel_handle<handle = 1, type = 1>, concat_dimension = 0 : i64, replica_groups = #stablehlo.replica_group_mesh_axes<mesh = #stablehlo.mesh<axes = [<name = "x", size = 8>]>, axes = [#stablehlo.axis_ref<name = "x", sub_axis_info = (2)2>]>, split_count = 2 : i64, split_dimension = 1 : i64}> : (tensor<2x4xf32>) -> tensor<4x2xf32>
      sdy.return %b : tensor<4x2xf32>
    } : (tensor<16x4xf32>) -> tensor<32x2xf32>
    return %y : tensor<32x2xf32>
  }
}
