// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @float(
// CHECK-SAME:    %[[X:.+]]: tensor<2x3xf32>) -> tensor<2x3xi1>
// CHECK-NEXT:    %{{.+}} = stablehlo.is_finite %[[X]] : (tensor<2x3xf32>) -> tensor<2x3xi1>
func.func @float(%x: tensor<2x3xf32>) -> tensor<2x3xi1> {
  %y = stablehlo.is_finite %x : (tensor<2x3xf32>) -> tensor<2x3xi1>
  return %y : tensor<2x3xi1>
}
