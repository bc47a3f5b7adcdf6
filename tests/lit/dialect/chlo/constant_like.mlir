// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @other_type(
// CHECK-SAME:    %[[X:.+]]: tensor<?x3xi32>) -> tensor<?x3xf32>
// CHECK-NEXT:    %{{.+}} = "chlo.constant_like"(%[[X]]) <{value = 1.000000e+00 : f32}> : (tensor<?x3xi32>) -> tensor<?x3xf32>
func.func @other_type(%x: tensor<?x3xi32>) -> tensor<?x3xf32> {
  %y = "chlo.constant_like"(%x) <{value = 1.000000e+00 : f32}> : (tensor<?x3xi32>) -> tensor<?x3xf32>
  return %y : tensor<?x3xf32>
}
