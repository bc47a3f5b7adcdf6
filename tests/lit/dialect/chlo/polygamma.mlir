// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @float(
// CHECK-SAME:    %[[N:.+]]: tensor<3xf32>, %[[X:.+]]: tensor<3xf32>) -> tensor<3xf32>
// CHECK-NEXT:    %{{.+}} = chlo.polygamma %[[N]], %[[X]] : tensor<3xf32>, tensor<3xf32> -> tensor<3xf32>
func.func @float(%n: tensor<3xf32>, %x: tensor<3xf32>) -> tensor<3xf32> {
  %y = chlo.polygamma %n, %x : tensor<3xf32>, tensor<3xf32> -> tensor<3xf32>
  return %y : tensor<3xf32>
}
