// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

sdy.mesh @mesh = <["x"=2, "y"=2, "z"=2]>

// CHECK-LABEL: func.func @maximum(
// CHECK-SAME:    %[[A:.+]]: tensor<8x8xf32>) -> tensor<8x8xf32>
// CHECK-NEXT:    %{{.+}} = sdy.all_reduce max {"z"} %[[A]] out_sharding=<@mesh, [{"x", "y"}, {}]> : tensor<8x8xf32>
func.func @maximum(%a: tensor<8x8xf32>) -> tensor<8x8xf32> {
  %y = sdy.all_reduce max {"z"} %a out_sharding=<@mesh, [{"x", "y"}, {}]> : tensor<8x8xf32>
  return %y : tensor<8x8xf32>
}

// What is so by default goes without saying.
// CHECK-LABEL: func.func @sum(
// CHECK-SAME:    %[[A:.+]]: tensor<8x8xf32>) -> tensor<8x8xf32>
// CHECK-NEXT:    %{{.+}} = sdy.all_reduce {"z"} %[[A]] out_sharding=<@mesh, [{"x", "y"}, {}]> : tensor<8x8xf32>
func.func @sum(%a: tensor<8x8xf32>) -> tensor<8x8xf32> {
  %y = sdy.all_reduce sum {"z"} %a out_sharding=<@mesh, [{"x", "y"}, {}]> : tensor<8x8xf32>
  return %y : tensor<8x8xf32>
}

// CHECK-LABEL: func.func @minimum(
// CHECK-SAME:    %[[A:.+]]: tensor<8x8xf32>) -> tensor<8x8xf32>
// CHECK-NEXT:    %{{.+}} = sdy.reduce_scatter min [{}, {"z"}] %[[A]] out_sharding=<@mesh, [{"x", "y"}, {"z"}]> : tensor<8x8xf32>
func.func @minimum(%a: tensor<8x8xf32>) -> tensor<8x8xf32> {
  %y = sdy.reduce_scatter min [{}, {"z"}] %a out_sharding=<@mesh, [{"x", "y"}, {"z"}]> : tensor<8x8xf32>
  return %y : tensor<8x8xf32>
}

// CHECK-LABEL: func.func @unreduced(
// CHECK-SAME:    %[[A:.+]]: tensor<8x8xf32>) -> tensor<8x8xf32>
// CHECK-NEXT:    %[[B:.+]] = sdy.sharding_constraint %[[A]] <@mesh, [{}, {?}], replicated={"x"}, unreduced=max{"y", "z"}> : tensor<8x8xf32>
// CHECK-NEXT:    %{{.+}} = sdy.sharding_constraint %[[B]] <@mesh, [{}, {?}], unreduced={"y"}> : tensor<8x8xf32>
func.func @unreduced(%a: tensor<8x8xf32>) -> tensor<8x8xf32> {
  %b = sdy.sharding_constraint %a <@mesh, [{}, {?}], replicated={"x"}, unreduced=max{"y", "z"}> : tensor<8x8xf32>
  %y = sdy.sharding_constraint %b <@mesh, [{}, {?}], unreduced=sum{"y"}> : tensor<8x8xf32>
  return %y : tensor<8x8xf32>
}
