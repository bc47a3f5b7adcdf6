// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Attributes of sdy that stand alone, as on unregistered ops or in traces.

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK:      "test.meshes"
// CHECK-SAME: axis = #sdy<mesh_axis"x"=2>
// CHECK-SAME: in_place = #sdy.mesh<["x"=2, "y"=4]>
// CHECK-SAME: reversed = #sdy.mesh<["x"=2], device_ids=[1, 0]>
"test.meshes"() {
  axis = #sdy<mesh_axis "x"=2>,
  in_place = #sdy.mesh<["x"=2,"y"=4]>,
  reversed = #sdy.mesh<["x"=2], device_ids=[1,0]>
} : () -> ()

// Device ids that count up say nothing.
// CHECK:      "test.device_ids"() {counted = #sdy.mesh<["x"=2, "y"=2]>}
"test.device_ids"() {counted = #sdy.mesh<["x"=2, "y"=2], device_ids=[0, 1, 2, 3]>} : () -> ()

// CHECK:      "test.axes"
// CHECK-SAME: list = #sdy<axis_ref_list{"x", "y":(1)2}>
// CHECK-SAME: lists = #sdy<list_of_axis_ref_lists[{"x"}, {}]>
// CHECK-SAME: manual = #sdy<manual_axes{"x", "y"}>
// CHECK-SAME: part = #sdy<axis_ref"x":(2)4>
// CHECK-SAME: sub = #sdy<sub_axis_info(2)4>
// CHECK-SAME: whole = #sdy<axis_ref"x">
"test.axes"() {
  whole = #sdy<axis_ref "x">,
  part = #sdy<axis_ref "x":(2)4>,
  sub = #sdy<sub_axis_info (2)4>,
  list = #sdy<axis_ref_list {"x", "y":(1)2}>,
  lists = #sdy<list_of_axis_ref_lists [{"x"}, {}]>,
  manual = #sdy<manual_axes {"x", "y"}>
} : () -> ()

// CHECK:      "test.shardings"
// CHECK-SAME: dim = #sdy<dimension_sharding{"x", ?}p1>
// CHECK-SAME: full = #sdy.sharding<@mesh, [{"x"}, {?}p0, {}], replicated={"y":(1)2}, unreduced={"z"}>
// CHECK-SAME: quoted = #sdy.sharding<@"a mesh", [{"an axis"}]>
// CHECK-SAME: scalar = #sdy.sharding<mesh<[]>, []>
// CHECK-SAME: values = #sdy.sharding_per_value<[<@mesh, [{"x"}]>, <mesh<["x"=2]>, []>]>
"test.shardings"() {
  dim = #sdy<dimension_sharding {"x", ?}p1>,
  scalar = #sdy.sharding<mesh<[]>, []>,
  full = #sdy.sharding<@mesh, [{"x"}, {?}p0, {}], unreduced={"z"}, replicated={"y":(1)2}>,
  quoted = #sdy.sharding<@"a mesh", [{"an axis"}]>,
  values = #sdy.sharding_per_value<[<@mesh, [{"x"}]>, <mesh<["x"=2]>, []>]>
} : () -> ()

// CHECK:      "test.rules"
// CHECK-SAME: dim = #sdy<dim_mapping ij>
// CHECK-SAME: every_list = #sdy.op_sharding_rule<([i, j], [k, l])->([ij, kl]) {i=1, j=2, k=3, l=4} reduction={i} need_replication={j} permutation={k} blocked_propagation={i, l}, custom>
// CHECK-SAME: past_z = #sdy.op_sharding_rule<([i, j, k, l, m, n, o, p, q, r, s, t, u, v, w, x, y, z, z_1, z_2])->([zz_1z_2]) {i=1, j=1, k=1, l=1, m=1, n=1, o=1, p=1, q=1, r=1, s=1, t=1, u=1, v=1, w=1, x=1, y=1, z=2, z_1=2, z_2=3}>
// CHECK-SAME: scalars = #sdy.op_sharding_rule<([], [])->([])>
// CHECK-SAME: tensor = #sdy<tensor_mapping[i, jk]>
"test.rules"() {
  dim = #sdy<dim_mapping ij>,
  tensor = #sdy<tensor_mapping [i, jk]>,
  scalars = #sdy.op_sharding_rule<([], [])->([])>,
  every_list = #sdy.op_sharding_rule<([i, j], [k, l])->([ij, kl]) {i=1, j=2, k=3, l=4} reduction={i} need_replication={j} permutation={k} blocked_propagation={i, l}, custom>,
  past_z = #sdy.op_sharding_rule<([i, j, k, l, m, n, o, p, q, r, s, t, u, v, w, x, y, z, z_1, z_2])->([zz_1z_2]) {i=1, j=1, k=1, l=1, m=1, n=1, o=1, p=1, q=1, r=1, s=1, t=1, u=1, v=1, w=1, x=1, y=1, z=2, z_1=2, z_2=3}>
} : () -> ()

// CHECK:      "test.traces"
// CHECK-SAME: axis = #sdy<axis_to_propagation_details{"x" = result-1 -> [operand-0, operand-1]}>
// CHECK-SAME: edges = #sdy.propagation_edges<[{step-0 = [{"x" = operand-0 -> [result-0]}, {"y":(1)2 = operand-1 -> [result-0]}]}, {step-1 = [{"z" = result-0 -> [operand-1]}]}]>
// CHECK-SAME: step = #sdy<propagation_one_step{step-3 = [{"x" = operand-0 -> [result-0]}]}>
// CHECK-SAME: value = #sdy<edge_value_ref operand-1>
"test.traces"() {
  value = #sdy<edge_value_ref operand-1>,
  axis = #sdy<axis_to_propagation_details {"x" = result-1 -> [operand-0, operand-1]}>,
  step = #sdy<propagation_one_step {step-3 = [{"x" = operand-0 -> [result-0]}]}>,
  edges = #sdy.propagation_edges<[{step-0 = [{"x" = operand-0 -> [result-0]}, {"y":(1)2 = operand-1 -> [result-0]}]}, {step-1 = [{"z" = result-0 -> [operand-1]}]}]>
} : () -> ()

// CHECK:      "test.moves"
// CHECK-SAME: list = #sdy<all_to_all_param_list[{"x"}: 0->2, {"y":(1)2}: 1->3]>
// CHECK-SAME: one = #sdy<all_to_all_param{"x"}: 0->2>
"test.moves"() {
  one = #sdy<all_to_all_param {"x"}: 0->2>,
  list = #sdy<all_to_all_param_list [{"x"}: 0->2, {"y":(1)2}: 1->3]>
} : () -> ()
