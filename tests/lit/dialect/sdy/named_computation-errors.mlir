// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s --split-input-file --verify-diagnostics

func.func @arguments(%a: tensor<8xf32>) {
  // expected-error @+1 {{expects body arguments of the operand types}}
  %y = sdy.named_computation<"f">(%a) (%b: tensor<4xf32>) {
    sdy.return %b : tensor<4xf32>
  } : (tensor<8xf32>) -> tensor<4xf32>
  return
}

// -----

func.func @results(%a: tensor<8xf32>) {
  // expected-error @+1 {{expects the body to return the result types}}
  %y = sdy.named_computation<"f">(%a) (%b: tensor<8xf32>) {
    sdy.return %b : tensor<8xf32>
  } : (tensor<8xf32>) -> tensor<4xf32>
  return
}

// -----

func.func @shardings(%a: tensor<8xf32>) {
  // expected-error @+1 {{operand 0 - unknown mesh: @mesh}}
  %y = sdy.named_computation<"f">(%a) in_shardings=[<@mesh, [{"x"}]>] (%b: tensor<8xf32>) {
    sdy.return %b : tensor<8xf32>
  } : (tensor<8xf32>) -> tensor<8xf32>
  return
}
