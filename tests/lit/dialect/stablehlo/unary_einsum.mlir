// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @trace(
// CHECK-SAME:    %[[A:.+]]: tensor<3x3xf32>) -> tensor<3xf32>
// CHECK-NEXT:    %{{.+}} = stablehlo.unary_einsum %[[A]], config = "ii->i" : (tensor<3x3xf32>) -> tensor<3xf32>
func.func @trace(%a: tensor<3x3xf32>) -> tensor<3xf32> {
  %y = stablehlo.unary_einsum %a, config = "ii->i" : (tensor<3x3xf32>) -> tensor<3xf32>
  return %y : tensor<3xf32>
}
