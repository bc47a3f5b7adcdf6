// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @to_bf16(
// CHECK-SAME:    %[[X:.+]]: tensor<2xf32>) -> tensor<2xf32>
// CHECK-NEXT:    %{{.+}} = stablehlo.reduce_precision %[[X]], format = e8m7 : tensor<2xf32>
func.func @to_bf16(%x: tensor<2xf32>) -> tensor<2xf32> {
  %y = stablehlo.reduce_precision %x, format = e8m7 : tensor<2xf32>
  return %y : tensor<2xf32>
}
