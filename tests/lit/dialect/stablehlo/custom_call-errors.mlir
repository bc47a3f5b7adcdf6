// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s --split-input-file --verify-diagnostics

func.func @one_sort_of_layouts(%x: tensor<2xf32>) {
  // expected-error @+1 {{expects layouts for both operands and results or for neither}}
  %y = stablehlo.custom_call @f(%x) {operand_layouts = [dense<0> : tensor<1xindex>]} : (tensor<2xf32>) -> tensor<2xf32>
  return
}

// -----

func.func @number_of_layouts(%x: tensor<2xf32>) {
  // expected-error @+1 {{operand_layouts must have 1 entries, got 0}}
  %y = stablehlo.custom_call @f(%x) {operand_layouts = [], result_layouts = [dense<0> : tensor<1xindex>]} : (tensor<2xf32>) -> tensor<2xf32>
  return
}

// -----

func.func @layout(%x: tensor<2xf32>) {
  // expected-error @+1 {{layout must have 1 entries, got 2}}
  %y = stablehlo.custom_call @f(%x) {operand_layouts = [dense<[1, 0]> : tensor<2xindex>], result_layouts = [dense<0> : tensor<1xindex>]} : (tensor<2xf32>) -> tensor<2xf32>
  return
}
