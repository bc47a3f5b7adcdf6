// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @float(
// CHECK-SAME:    %[[X:.+]]: tensor<3xf32>, %[[Q:.+]]: tensor<3xf32>) -> tensor<3xf32>
// CHECK-NEXT:    %{{.+}} = chlo.zeta %[[X]], %[[Q]] : tensor<3xf32>, tensor<3xf32> -> tensor<3xf32>
func.func @float(%x: tensor<3xf32>, %q: tensor<3xf32>) -> tensor<3xf32> {
  %y = chlo.zeta %x, %q : tensor<3xf32>, tensor<3xf32> -> tensor<3xf32>
  return %y : tensor<3xf32>
}
