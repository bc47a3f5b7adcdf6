// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @per_tensor(
// CHECK-SAME:    %[[X:.+]]: tensor<2xf32>) -> tensor<2x!quant.uniform<i8:f32, 5.000000e-01:20>>
// CHECK-NEXT:    %{{.+}} = stablehlo.uniform_quantize %[[X]] : (tensor<2xf32>) -> tensor<2x!quant.uniform<i8:f32, 5.000000e-01:20>>
func.func @per_tensor(%x: tensor<2xf32>) -> tensor<2x!quant.uniform<i8:f32, 5.000000e-01:20>> {
  %y = stablehlo.uniform_quantize %x : (tensor<2xf32>) -> tensor<2x!quant.uniform<i8:f32, 5.000000e-01:20>>
  return %y : tensor<2x!quant.uniform<i8:f32, 5.000000e-01:20>>
}

// CHECK-LABEL: func.func @per_axis(
// CHECK-SAME:    %[[X:.+]]: tensor<2x3xf32>) -> tensor<2x3x!quant.uniform<i8:f32:0, {5.000000e-01:20,2.500000e-01}>>
// CHECK-NEXT:    %{{.+}} = stablehlo.uniform_quantize %[[X]] : (tensor<2x3xf32>) -> tensor<2x3x!quant.uniform<i8:f32:0, {5.000000e-01:20,2.500000e-01}>>
func.func @per_axis(%x: tensor<2x3xf32>) -> tensor<2x3x!quant.uniform<i8:f32:0, {5.000000e-01:20,2.500000e-01}>> {
  %y = stablehlo.uniform_quantize %x : (tensor<2x3xf32>) -> tensor<2x3x!quant.uniform<i8:f32:0, {5.000000e-01:20,2.500000e-01}>>
  return %y : tensor<2x3x!quant.uniform<i8:f32:0, {5.000000e-01:20,2.500000e-01}>>
}
