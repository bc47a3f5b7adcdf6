// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" | FileCheck %s

// Sources and targets change places, for the value and for its share.

// CHECK-LABEL: func.func @ring.inverse(
// CHECK:           %[[LOG:.+]] = stablehlo.log
// CHECK:           %[[SHARE:.+]] = stablehlo.negate
// CHECK:           %[[X:.+]] = "stablehlo.collective_permute"(%[[LOG]])
// CHECK-SAME{LITERAL}: source_target_pairs = dense<[[1, 0], [2, 1], [0, 2]]>
// CHECK:           %[[X_SHARE:.+]] = "stablehlo.collective_permute"(%[[SHARE]])
// CHECK:           sdy.return %[[X]], %[[X_SHARE]]
module attributes {mhlo.num_partitions = 3 : i32, mhlo.num_replicas = 1 : i32} {
  sdy.mesh @mesh = <["x"=3]>
  func.func @ring(%x: tensor<6xf32>) -> tensor<6xf32> {
    %y = sdy.manual_computation(%x) in_shardings=[<@mesh, [{"x"}]>] out_shardings=[<@mesh, [{"x"}]>] manual_axes={"x"} (%a: tensor<2xf32>) {
      %b = "stablehlo.collective_permute"(%a) <{channel_handle = #stablehlo.channel_handle<handle = 1, type = 1>, source_target_pairs = dense<[[0, 1], [1, 2], [2, 0]]> : tensor<3x2xi64>}> : (tensor<2xf32>) -> tensor<2xf32>
      %c = stablehlo.exponential %b : tensor<2xf32>
      sdy.return %c : tensor<2xf32>
    } : (tensor<6xf32>) -> tensor<6xf32>
    return %y : tensor<6xf32>
  }
}
