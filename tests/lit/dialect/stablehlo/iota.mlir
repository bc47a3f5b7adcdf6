// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @vector(
// CHECK-NEXT:    %{{.+}} = stablehlo.iota dim = 0 : tensor<4xi32>
func.func @vector() -> tensor<4xi32> {
  %i = stablehlo.iota dim = 0 : tensor<4xi32>
  return %i : tensor<4xi32>
}

// CHECK-LABEL: func.func @matrix(
// CHECK-NEXT:    %{{.+}} = stablehlo.iota dim = 1 : tensor<2x3xf32>
func.func @matrix() -> tensor<2x3xf32> {
  %i = stablehlo.iota dim = 1 : tensor<2x3xf32>
  return %i : tensor<2x3xf32>
}
