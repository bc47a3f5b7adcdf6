// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @rows(
// CHECK-SAME:    %[[X:.+]]: tensor<?x3xf32>) -> tensor<i32>
// CHECK-NEXT:    %{{.+}} = stablehlo.get_dimension_size %[[X]], dim = 0 : (tensor<?x3xf32>) -> tensor<i32>
func.func @rows(%x: tensor<?x3xf32>) -> tensor<i32> {
  %n = stablehlo.get_dimension_size %x, dim = 0 : (tensor<?x3xf32>) -> tensor<i32>
  return %n : tensor<i32>
}
