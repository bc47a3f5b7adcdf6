// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

sdy.mesh @mesh = <["x"=2, "y"=2, "z"=2]>

// CHECK-LABEL: func.func @closed(
// CHECK-SAME:    %[[A:.+]]: tensor<8x8xf32>) -> tensor<8x8xf32>
// CHECK-NEXT:    %{{.+}} = sdy.sharding_constraint %[[A]] <@mesh, [{"x", "y"}, {}]> : tensor<8x8xf32>
func.func @closed(%a: tensor<8x8xf32>) -> tensor<8x8xf32> {
  %y = sdy.sharding_constraint %a <@mesh, [{"x", "y"}, {}]> : tensor<8x8xf32>
  return %y : tensor<8x8xf32>
}

// CHECK-LABEL: func.func @open_and_priority(
// CHECK-SAME:    %[[A:.+]]: tensor<8x8xf32>) -> tensor<8x8xf32>
// CHECK-NEXT:    %{{.+}} = sdy.sharding_constraint %[[A]] <@mesh, [{"x", ?}p1, {?}p0]> : tensor<8x8xf32>
func.func @open_and_priority(%a: tensor<8x8xf32>) -> tensor<8x8xf32> {
  %y = sdy.sharding_constraint %a <@mesh, [{"x", ?}p1, {?}p0]> : tensor<8x8xf32>
  return %y : tensor<8x8xf32>
}

// CHECK-LABEL: func.func @replicated_and_unreduced(
// CHECK-SAME:    %[[A:.+]]: tensor<8x8xf32>) -> tensor<8x8xf32>
// CHECK-NEXT:    %{{.+}} = sdy.sharding_constraint %[[A]] <@mesh, [{}, {?}], replicated={"x"}, unreduced={"y", "z"}> : tensor<8x8xf32>
func.func @replicated_and_unreduced(%a: tensor<8x8xf32>) -> tensor<8x8xf32> {
  %y = sdy.sharding_constraint %a <@mesh, [{}, {?}], replicated={"x"}, unreduced={"y", "z"}> : tensor<8x8xf32>
  return %y : tensor<8x8xf32>
}

// CHECK-LABEL: func.func @sub_axes(
// CHECK-SAME:    %[[A:.+]]: tensor<8x8xf32>) -> tensor<8x8xf32>
// CHECK-NEXT:    %{{.+}} = sdy.sharding_constraint %[[A]] <mesh<["w"=8]>, [{"w":(1)2}, {"w":(4)2}], replicated={"w":(2)2}> : tensor<8x8xf32>
func.func @sub_axes(%a: tensor<8x8xf32>) -> tensor<8x8xf32> {
  %y = sdy.sharding_constraint %a <mesh<["w"=8]>, [{"w":(1)2}, {"w":(4)2}], replicated={"w":(2)2}> : tensor<8x8xf32>
  return %y : tensor<8x8xf32>
}

// CHECK-LABEL: func.func @mesh_in_place(
// CHECK-SAME:    %[[A:.+]]: tensor<8x8xf32>) -> tensor<8x8xf32>
// CHECK-NEXT:    %{{.+}} = sdy.sharding_constraint %[[A]] <mesh<["w"=4], device_ids=[3, 2, 1, 0]>, [{"w"}, {}]> {jax.note = "a"} : tensor<8x8xf32>
func.func @mesh_in_place(%a: tensor<8x8xf32>) -> tensor<8x8xf32> {
  %y = sdy.sharding_constraint %a <mesh<["w"=4], device_ids=[3, 2, 1, 0]>, [{"w"}, {}]> {jax.note = "a"} : tensor<8x8xf32>
  return %y : tensor<8x8xf32>
}

// CHECK-LABEL: func.func @dangling(
// CHECK-SAME:    %[[A:.+]]: tensor<8x8xf32>)
// CHECK-NEXT:    %{{.+}} = sdy.sharding_constraint %[[A]] <@mesh, [{"x"}, {}]> : tensor<8x8xf32>
func.func @dangling(%a: tensor<8x8xf32>) {
  %y = sdy.sharding_constraint %a <@mesh, [{"x"}, {}]> : tensor<8x8xf32>
  return
}

// CHECK-LABEL: func.func @on_arguments_results_and_ops(
// CHECK-SAME:    %[[A:.+]]: tensor<8xf32> {sdy.sharding = #sdy.sharding<@mesh, [{"x", ?}]>}, %{{.+}}: tensor<f32> {sdy.sharding = #sdy.sharding<@mesh, []>}) -> (tensor<8xf32> {jax.result_info = "result", sdy.sharding = #sdy.sharding<@mesh, [{"y"}], unreduced={"z"}>})
// CHECK-NEXT:    %{{.+}} = stablehlo.sine %[[A]] {sdy.sharding = #sdy.sharding_per_value<[<@mesh, [{"x"}]>]>} : tensor<8xf32>
func.func @on_arguments_results_and_ops(%a: tensor<8xf32> {sdy.sharding = #sdy.sharding<@mesh, [{"x", ?}]>}, %b: tensor<f32> {sdy.sharding = #sdy.sharding<@mesh, []>}) -> (tensor<8xf32> {jax.result_info = "result", sdy.sharding = #sdy.sharding<@mesh, [{"y"}], unreduced={"z"}>}) {
  %y = stablehlo.sine %a {sdy.sharding = #sdy.sharding_per_value<[<@mesh, [{"x"}]>]>} : tensor<8xf32>
  return %y : tensor<8xf32>
}

// CHECK-LABEL: func.func @rule(
// CHECK-SAME:    %[[A:.+]]: tensor<8x4xf32>, %[[B:.+]]: tensor<8x4xf32>) -> tensor<8xf32>
// CHECK-NEXT:    %{{.+}} = stablehlo.custom_call @f(%[[A]], %[[B]]) {sdy.sharding_rule = #sdy.op_sharding_rule<([ij, k], [l, k])->([ij]) {i=2, j=4, k=4, l=8} reduction={k} need_replication={l}, custom>} : (tensor<8x4xf32>, tensor<8x4xf32>) -> tensor<8xf32>
func.func @rule(%a: tensor<8x4xf32>, %b: tensor<8x4xf32>) -> tensor<8xf32> {
  %y = stablehlo.custom_call @f(%a, %b) {sdy.sharding_rule = #sdy.op_sharding_rule<([ij, k], [l, k])->([ij]) {i=2, j=4, k=4, l=8} reduction={k} need_replication={l}, custom>} : (tensor<8x4xf32>, tensor<8x4xf32>) -> tensor<8xf32>
  return %y : tensor<8xf32>
}
