// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @outer(
// CHECK-SAME:    %[[X:.+]]: tensor<3xf32>) -> tensor<1x2x3xf32>
// CHECK-NEXT:    %{{.+}} = stablehlo.broadcast %[[X]], sizes = [1, 2] : (tensor<3xf32>) -> tensor<1x2x3xf32>
func.func @outer(%x: tensor<3xf32>) -> tensor<1x2x3xf32> {
  %y = stablehlo.broadcast %x, sizes = [1, 2] : (tensor<3xf32>) -> tensor<1x2x3xf32>
  return %y : tensor<1x2x3xf32>
}
