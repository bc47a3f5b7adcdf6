// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

sdy.mesh @mesh = <["x"=2, "y"=2, "z"=2]>

// CHECK-LABEL: func.func @one_move(
// CHECK-SAME:    %[[A:.+]]: tensor<8x8xf32> {sdy.sharding = #sdy.sharding<@mesh, [{"x", "y"}, {}]>}) -> tensor<8x8xf32>
// CHECK-NEXT:    %{{.+}} = sdy.all_to_all [{"y"}: 0->1] %[[A]] out_sharding=<@mesh, [{"x"}, {"y"}]> : tensor<8x8xf32>
func.func @one_move(%a: tensor<8x8xf32> {sdy.sharding = #sdy.sharding<@mesh, [{"x", "y"}, {}]>}) -> tensor<8x8xf32> {
  %y = sdy.all_to_all [{"y"}: 0->1] %a out_sharding=<@mesh, [{"x"}, {"y"}]> : tensor<8x8xf32>
  return %y : tensor<8x8xf32>
}

// CHECK-LABEL: func.func @two_moves(
// CHECK-SAME:    %[[A:.+]]: tensor<8x8x4x4xf32> {sdy.sharding = #sdy.sharding<@mesh, [{"x", "y"}, {"z"}, {}, {}]>}) -> tensor<8x8x4x4xf32>
// CHECK-NEXT:    %{{.+}} = sdy.all_to_all [{"y"}: 0->2, {"z"}: 1->3] %[[A]] out_sharding=<@mesh, [{"x"}, {}, {"y"}, {"z"}]> : tensor<8x8x4x4xf32>
func.func @two_moves(%a: tensor<8x8x4x4xf32> {sdy.sharding = #sdy.sharding<@mesh, [{"x", "y"}, {"z"}, {}, {}]>}) -> tensor<8x8x4x4xf32> {
  %y = sdy.all_to_all [{"y"}: 0->2, {"z"}: 1->3] %a out_sharding=<@mesh, [{"x"}, {}, {"y"}, {"z"}]> : tensor<8x8x4x4xf32>
  return %y : tensor<8x8x4x4xf32>
}
