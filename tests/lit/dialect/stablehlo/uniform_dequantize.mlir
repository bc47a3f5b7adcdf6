// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @per_tensor(
// CHECK-SAME:    %[[X:.+]]: tensor<2x!quant.uniform<i8:f32, 5.000000e-01:20>>) -> tensor<2xf32>
// CHECK-NEXT:    %{{.+}} = stablehlo.uniform_dequantize %[[X]] : (tensor<2x!quant.uniform<i8:f32, 5.000000e-01:20>>) -> tensor<2xf32>
func.func @per_tensor(%x: tensor<2x!quant.uniform<i8:f32, 5.000000e-01:20>>) -> tensor<2xf32> {
  %y = stablehlo.uniform_dequantize %x : (tensor<2x!quant.uniform<i8:f32, 5.000000e-01:20>>) -> tensor<2xf32>
  return %y : tensor<2xf32>
}
