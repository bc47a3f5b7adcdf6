// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert -verify-diagnostics

// Only the first device of a group is heard.

sdy.mesh @mesh = <["x"=2]>
// expected-note @+1 {{the unknown is argument #0}}
func.func @f(%x: tensor<4xf32>) -> tensor<2xf32> {
  %y = sdy.manual_computation(%x) in_shardings=[<@mesh, [{"x"}]>] out_shardings=[<@mesh, [{}]>] manual_axes={"x"} (%a: tensor<2xf32>) {
    // expected-error @+1 {{cannot be inverted: each device gets what others hold too}}
    %b = "stablehlo.collective_broadcast"(%a) <{channel_handle = #stablehlo.channel_handle<handle = 1, type = 1>, replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>}> : (tensor<2xf32>) -> tensor<2xf32>
    sdy.return %b : tensor<2xf32>
  } : (tensor<4xf32>) -> tensor<2xf32>
  return %y : tensor<2xf32>
}
