// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | invhlo-opt | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @main(
// CHECK-SAME:    %[[X:.+]]: tensor<3xi32>, %[[Q:.+]]: tensor<3xi32>, %[[R:.+]]: tensor<3xi32>)
func.func @main(%x: tensor<3xi32>, %q: tensor<3xi32>, %r: tensor<3xi32>) {
  // CHECK: invhlo.division %[[X]] = %[[Q]] * 10 + %[[R]] : tensor<3xi32>
  invhlo.division %x = %q * 10 + %r : tensor<3xi32>
  return
}
