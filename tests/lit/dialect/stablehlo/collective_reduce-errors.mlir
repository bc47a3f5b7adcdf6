// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s --split-input-file --verify-diagnostics

func.func @body(%x: tensor<4xf32>) {
  // expected-error @+1 {{expects the arguments of the computation to have 2 values, got 1}}
  %y = "stablehlo.collective_reduce"(%x) <{replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>}> ({
  ^bb0(%a: tensor<f32>):
    stablehlo.return %a : tensor<f32>
  }) : (tensor<4xf32>) -> tensor<4xf32>
  return
}

// -----

func.func @result(%x: tensor<4xf32>, %root: tensor<1xi32>) {
  // expected-error @+1 {{expects 1 results, got 2}}
  %y:2 = "stablehlo.collective_reduce"(%x, %root) <{has_dynamic_root, replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>}> ({
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    stablehlo.return %a : tensor<f32>
  }) : (tensor<4xf32>, tensor<1xi32>) -> (tensor<4xf32>, tensor<1xi32>)
  return
}

// -----

func.func @nothing(%root: tensor<1xi32>) {
  // expected-error @+1 {{expects operands and then their roots}}
  "stablehlo.collective_reduce"(%root) <{has_dynamic_root, replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>}> ({
  ^bb0(%a: tensor<i32>, %b: tensor<i32>):
    stablehlo.return %a : tensor<i32>
  }) : (tensor<1xi32>) -> ()
  return
}

// -----

func.func @roots(%x: tensor<4xf32>, %roots: tensor<2xi32>) {
  // expected-error @+1 {{expects 1 roots of i32, got 'tensor<2xi32>'}}
  %y = "stablehlo.collective_reduce"(%x, %roots) <{has_dynamic_root, replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>}> ({
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    stablehlo.return %a : tensor<f32>
  }) : (tensor<4xf32>, tensor<2xi32>) -> tensor<4xf32>
  return
}
