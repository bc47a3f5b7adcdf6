// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s --split-input-file --verify-diagnostics

func.func @integers(%x: tensor<2xi32>) {
  // expected-error @+1 {{operand #0 must be ranked tensor of floating-point or complex-type or quantized element values, but got 'tensor<2xi32>'}}
  %y = stablehlo.sine %x : tensor<2xi32>
  return
}

// -----

func.func @mode_without_tolerance(%x: tensor<2xf32>) {
  // expected-error @+1 {{expected no tolerance in mode HIGHEST}}
  %y = stablehlo.sine %x {result_accuracy = #stablehlo.result_accuracy<atol = 1.0, mode = #stablehlo.result_accuracy_mode<HIGHEST>>} : tensor<2xf32>
  return
}

// -----

func.func @negative_tolerance(%x: tensor<2xf32>) {
  // expected-error @+1 {{expected tolerances that are not negative}}
  %y = stablehlo.sine %x {result_accuracy = #stablehlo.result_accuracy<atol = -1.0, mode = #stablehlo.result_accuracy_mode<TOLERANCE>>} : tensor<2xf32>
  return
}
