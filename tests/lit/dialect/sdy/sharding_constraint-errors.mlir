// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What a sharding must be, wherever it is attached.

// RUN: invhlo-opt %s --split-input-file --verify-diagnostics

sdy.mesh @mesh = <["x"=2, "y"=4]>
func.func @unknown_mesh(%x: tensor<8x8xf32>) {
  // expected-error @+1 {{unknown mesh: @other}}
  %y = sdy.sharding_constraint %x <@other, [{"x"}, {}]> : tensor<8x8xf32>
  return
}

// -----

sdy.mesh @mesh = <["x"=2, "y"=4]>
func.func @unknown_axis(%x: tensor<8x8xf32>) {
  // expected-error @+1 {{unknown axis name: "z"}}
  %y = sdy.sharding_constraint %x <@mesh, [{"z"}, {}]> : tensor<8x8xf32>
  return
}

// -----

sdy.mesh @mesh = <["x"=2, "y"=4]>
func.func @other_rank(%x: tensor<8x8xf32>) {
  // expected-error @+1 {{sharding does not have the rank of the tensor: 1 != 2}}
  %y = sdy.sharding_constraint %x <@mesh, [{"x"}]> : tensor<8x8xf32>
  return
}

// -----

sdy.mesh @mesh = <["x"=2, "y"=4]>
func.func @axis_in_two_dims(%x: tensor<8x8xf32>) {
  // expected-error @+1 {{axis is used twice: "x"}}
  %y = sdy.sharding_constraint %x <@mesh, [{"x"}, {"x"}]> : tensor<8x8xf32>
  return
}

// -----

sdy.mesh @mesh = <["x"=2, "y"=4]>
func.func @split_and_replicated(%x: tensor<8x8xf32>) {
  // expected-error @+1 {{axis is used twice: "x"}}
  %y = sdy.sharding_constraint %x <@mesh, [{"x"}, {}], replicated={"x"}> : tensor<8x8xf32>
  return
}

// -----

sdy.mesh @mesh = <["x"=2, "y"=4]>
func.func @axis_and_its_part(%x: tensor<8x8xf32>) {
  // expected-error @+1 {{axis is used twice: "y"}}
  %y = sdy.sharding_constraint %x <@mesh, [{"y":(1)2}, {"y"}]> : tensor<8x8xf32>
  return
}

// -----

sdy.mesh @mesh = <["x"=2, "y"=4]>
func.func @two_parts_are_fine(%x: tensor<8x8xf32>) {
  %y = sdy.sharding_constraint %x <@mesh, [{"y":(1)2}, {"y":(2)2}]> : tensor<8x8xf32>
  return
}

// -----

sdy.mesh @mesh = <["x"=2, "y"=4]>
func.func @part_is_the_whole(%x: tensor<8x8xf32>) {
  // expected-error @+1 {{sub-axis is the whole axis: #sdy<axis_ref"y":(1)4>}}
  %y = sdy.sharding_constraint %x <@mesh, [{"y":(1)4}, {}]> : tensor<8x8xf32>
  return
}

// -----

sdy.mesh @mesh = <["x"=2, "y"=4]>
func.func @part_does_not_divide(%x: tensor<8x8xf32>) {
  // expected-error @+1 {{sub-axis does not divide the axis of size 4}}
  %y = sdy.sharding_constraint %x <@mesh, [{"y":(1)3}, {}]> : tensor<8x8xf32>
  return
}

// -----

sdy.mesh @mesh = <["x"=2, "y"=4]>
func.func @useless_priority(%x: tensor<8x8xf32>) {
  // expected-error @+1 {{dimension 0 is empty and closed but has a priority}}
  %y = sdy.sharding_constraint %x <@mesh, [{}p1, {}]> : tensor<8x8xf32>
  return
}

// -----

sdy.mesh @mesh = <["x"=2, "y"=4]>
// expected-error @+1 {{argument 1 - unknown axis name: "z"}}
func.func @on_an_argument(%x: tensor<8xf32>, %y: tensor<8xf32> {sdy.sharding = #sdy.sharding<@mesh, [{"z"}]>}) {
  return
}

// -----

sdy.mesh @mesh = <["x"=2, "y"=4]>
// expected-error @+1 {{result 0 - sdy.sharding must be a #sdy.sharding}}
func.func @on_a_result(%x: tensor<8xf32>) -> (tensor<8xf32> {sdy.sharding = "x"}) {
  return %x : tensor<8xf32>
}

// -----

sdy.mesh @mesh = <["x"=2, "y"=4]>
func.func @on_an_op(%x: tensor<8xf32>) {
  // expected-error @+1 {{sdy.sharding of an op must be a #sdy.sharding_per_value}}
  %y = stablehlo.sine %x {sdy.sharding = #sdy.sharding<@mesh, [{"x"}]>} : tensor<8xf32>
  return
}

// -----

sdy.mesh @mesh = <["x"=2, "y"=4]>
func.func @on_an_op_twice(%x: tensor<8xf32>) {
  // expected-error @+1 {{expects one sharding per result: 2 != 1}}
  %y = stablehlo.sine %x {sdy.sharding = #sdy.sharding_per_value<[<@mesh, [{"x"}]>, <@mesh, [{}]>]>} : tensor<8xf32>
  return
}

// -----

// On one device of choice a sharding tells where, not how.
sdy.mesh @host = <[], device_ids=[0]>
func.func @one_device(%x: tensor<8xf32>) {
  %y = stablehlo.custom_call @f(%x) {sdy.sharding = #sdy.sharding_per_value<[<@host, []>]>} : (tensor<8xf32>) -> tensor<8xf32>
  stablehlo.custom_call @g(%x) {has_side_effect = true, sdy.sharding = #sdy.sharding_per_value<[<@host, []>]>} : (tensor<8xf32>) -> ()
  return
}

// -----

func.func @rule_for_other_operands(%x: tensor<8xf32>) {
  // expected-error @+1 {{expects one mapping per operand: 2 != 1}}
  %y = stablehlo.sine %x {sdy.sharding_rule = #sdy.op_sharding_rule<([i], [i])->([i]) {i=8}>} : tensor<8xf32>
  return
}

// -----

func.func @rule_of_other_rank(%x: tensor<8xf32>) {
  // expected-error @+1 {{mapping does not have the rank of the result: 2 != 1}}
  %y = stablehlo.sine %x {sdy.sharding_rule = #sdy.op_sharding_rule<([i])->([i, j]) {i=8, j=2}>} : tensor<8xf32>
  return
}

// -----

func.func @rule_without_a_size(%x: tensor<8xf32>) {
  // expected-error @+1 {{sharding rule lacks the size of a factor}}
  %y = stablehlo.sine %x {sdy.sharding_rule = #sdy.op_sharding_rule<([i])->([j]) {i=8}>} : tensor<8xf32>
  return
}

// -----

func.func @rule_of_other_kind(%x: tensor<8xf32>) {
  // expected-error @+1 {{sdy.sharding_rule must be a #sdy.op_sharding_rule}}
  %y = stablehlo.sine %x {sdy.sharding_rule = "i->i"} : tensor<8xf32>
  return
}
