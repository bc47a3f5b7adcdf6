// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert -split-input-file -verify-diagnostics

// Each device finds a number of its own for what was one for all.

sdy.mesh @mesh = <["x"=2]>
// expected-note @+1 {{the unknown is argument #0}}
func.func @copies(%x: tensor<2xf32>) -> tensor<4xf32> {
  // expected-error @+1 {{cannot be inverted: its operand #0 is the same along the axis 'x', but is found from what is not}}
  %y = sdy.manual_computation(%x) in_shardings=[<@mesh, [{}]>] out_shardings=[<@mesh, [{"x"}]>] manual_axes={"x"} (%a: tensor<2xf32>) {
    %b = stablehlo.exponential %a : tensor<2xf32>
    sdy.return %b : tensor<2xf32>
  } : (tensor<2xf32>) -> tensor<4xf32>
  return %y : tensor<4xf32>
}

// -----

// The number of a device differs along the axis, and so does what comes of it.

sdy.mesh @mesh = <["x"=2, "y"=2]>
// expected-note @+1 {{the unknown is argument #0}}
func.func @numbers(%x: tensor<2xui32>) -> tensor<2xui32> {
  // expected-error @+1 {{its operand #0 is the same along the axis 'y', but is found from what is not}}
  %y = sdy.manual_computation(%x) in_shardings=[<@mesh, [{"x"}]>] out_shardings=[<@mesh, [{"x"}]>] manual_axes={"x", "y"} (%a: tensor<1xui32>) {
    %i = stablehlo.partition_id : tensor<ui32>
    %j = stablehlo.reshape %i : (tensor<ui32>) -> tensor<1xui32>
    %b = stablehlo.add %a, %j : tensor<1xui32>
    sdy.return %b : tensor<1xui32>
  } : (tensor<2xui32>) -> tensor<2xui32>
  return %y : tensor<2xui32>
}

// -----

// What stands in the way is in the region of a function that is called.

sdy.mesh @mesh = <["x"=2]>
func.func private @inner(%x: tensor<4xf32>) -> tensor<4xf32> {
  %y = sdy.manual_computation(%x) in_shardings=[<@mesh, [{"x"}]>] out_shardings=[<@mesh, [{"x"}]>] manual_axes={"x"} (%a: tensor<2xf32>) {
    // expected-error @+1 {{cannot be inverted: it maps many values to one}}
    %b = stablehlo.sign %a : tensor<2xf32>
    sdy.return %b : tensor<2xf32>
  } : (tensor<4xf32>) -> tensor<4xf32>
  return %y : tensor<4xf32>
}
// expected-note @+1 {{the unknown is argument #0}}
func.func @called(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-note @+1 {{called from here}}
  %y = call @inner(%x) : (tensor<4xf32>) -> tensor<4xf32>
  return %y : tensor<4xf32>
}

// -----

// The operand is lost in the region.

sdy.mesh @mesh = <["x"=2]>
// expected-note @+1 {{the unknown is argument #0}}
func.func @lost(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error @+1 {{cannot be inverted: too little of its result is known}}
  %y = sdy.manual_computation(%x) in_shardings=[<@mesh, [{"x"}]>] out_shardings=[<@mesh, [{"x"}]>] manual_axes={"x"} (%a: tensor<2xf32>) {
    %b = stablehlo.constant dense<0.0> : tensor<2xf32>
    sdy.return %b : tensor<2xf32>
  } : (tensor<4xf32>) -> tensor<4xf32>
  return %y : tensor<4xf32>
}

// -----

// The results are yet to be summed, so that none of the parts is known.

sdy.mesh @mesh = <["x"=2]>
// expected-note @+1 {{the unknown is argument #0}}
func.func @unreduced(%x: tensor<4xf32>) -> tensor<2xf32> {
  // expected-error @+1 {{cannot be inverted: a result is yet to be summed over devices}}
  %y = sdy.manual_computation(%x) in_shardings=[<@mesh, [{"x"}]>] out_shardings=[<@mesh, [{}], unreduced={"x"}>] manual_axes={"x"} (%a: tensor<2xf32>) {
    %b = stablehlo.negate %a : tensor<2xf32>
    sdy.return %b : tensor<2xf32>
  } : (tensor<4xf32>) -> tensor<2xf32>
  return %y : tensor<2xf32>
}

// -----

// The program says that what is split is the same on all devices.

sdy.mesh @mesh = <["x"=2]>
// expected-note @+1 {{the unknown is argument #0}}
func.func @promised(%x: tensor<4xf32>) -> tensor<2xf32> {
  // expected-error @+1 {{cannot be inverted: its operand #0 is split along the axis 'x', but is found from what is not}}
  %y = sdy.manual_computation(%x) in_shardings=[<@mesh, [{"x"}]>] out_shardings=[<@mesh, [{}]>] manual_axes={"x"} (%a: tensor<2xf32>) {
    %b = stablehlo.negate %a : tensor<2xf32>
    sdy.return %b : tensor<2xf32>
  } : (tensor<4xf32>) -> tensor<2xf32>
  return %y : tensor<2xf32>
}
