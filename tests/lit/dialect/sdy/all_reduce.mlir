// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

sdy.mesh @mesh = <["x"=2, "y"=2, "z"=2]>

// CHECK-LABEL: func.func @one_axis(
// CHECK-SAME:    %[[A:.+]]: tensor<8x8xf32> {sdy.sharding = #sdy.sharding<@mesh, [{"x", "y"}, {}]>}) -> tensor<8x8xf32>
// CHECK-NEXT:    %{{.+}} = sdy.all_reduce {"z"} %[[A]] out_sharding=<@mesh, [{"x", "y"}, {}]> : tensor<8x8xf32>
func.func @one_axis(%a: tensor<8x8xf32> {sdy.sharding = #sdy.sharding<@mesh, [{"x", "y"}, {}]>}) -> tensor<8x8xf32> {
  %y = sdy.all_reduce {"z"} %a out_sharding=<@mesh, [{"x", "y"}, {}]> : tensor<8x8xf32>
  return %y : tensor<8x8xf32>
}
