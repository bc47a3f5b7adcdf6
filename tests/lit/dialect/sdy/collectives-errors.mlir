// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Collectives, barriers and edges check the sharding they name.

// RUN: invhlo-opt %s --split-input-file --verify-diagnostics

sdy.mesh @mesh = <["x"=2, "y"=2]>
func.func @all_gather(%a: tensor<8x8xf32>) {
  // expected-error @+1 {{unknown axis name: "z"}}
  %y = sdy.all_gather [{"y"}, {}] %a out_sharding=<@mesh, [{"z"}, {}]> : tensor<8x8xf32>
  return
}

// -----

sdy.mesh @mesh = <["x"=2, "y"=2]>
func.func @all_reduce(%a: tensor<8x8xf32>) {
  // expected-error @+1 {{sharding does not have the rank of the tensor: 1 != 2}}
  %y = sdy.all_reduce {"y"} %a out_sharding=<@mesh, [{"x"}]> : tensor<8x8xf32>
  return
}

// -----

sdy.mesh @mesh = <["x"=2, "y"=2]>
func.func @no_move(%a: tensor<8x8xf32>) {
  // expected-error @+1 {{expects at least one move of axes}}
  %y = sdy.all_to_all [] %a out_sharding=<@mesh, [{"x"}, {}]> : tensor<8x8xf32>
  return
}

// -----

sdy.mesh @mesh = <["x"=2, "y"=2]>
func.func @move_to_nowhere(%a: tensor<8x8xf32>) {
  // expected-error @+1 {{dimension 2 is out of range}}
  %y = sdy.all_to_all [{"x"}: 0->2] %a out_sharding=<@mesh, [{}, {}]> : tensor<8x8xf32>
  return
}

// -----

func.func @no_barrier(%a: tensor<8x8xf32>) {
  // expected-error @+1 {{allows both directions, so it is no barrier}}
  %y = sdy.propagation_barrier %a allowed_direction=BOTH : tensor<8x8xf32>
  return
}

// -----

func.func @edge(%a: tensor<8xf32>) {
  // expected-error @+1 {{unknown mesh: @mesh}}
  %y = sdy.data_flow_edge %a sharding=<@mesh, [{"x"}]> : tensor<8xf32>
  return
}

// -----

func.func @reshard(%a: tensor<8xf32>) {
  // expected-error @+1 {{axis is used twice: "x"}}
  %y = sdy.reshard %a <mesh<["x"=2]>, [{"x", "x"}]> : tensor<8xf32>
  return
}

// -----

func.func @mesh_in_a_function() {
  // expected-error @+1 {{expects parent op 'builtin.module'}}
  sdy.mesh @mesh = <["x"=2]>
  return
}
