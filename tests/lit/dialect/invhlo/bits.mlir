// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | invhlo-opt | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @main(
// CHECK-SAME:    %[[X:.+]]: tensor<3xui32>, %[[A:.+]]: tensor<3xi1>, %[[Y:.+]]: tensor<3xui32>,
// CHECK-SAME:    %[[B:.+]]: tensor<3xi8>)
func.func @main(%x: tensor<3xui32>, %a: tensor<3xi1>, %y: tensor<3xui32>,
                %b: tensor<3xi8>) {
  // CHECK: invhlo.bits(%[[Y]]) = (%[[X]]) by [0, 0, 7, -128, 0, 0, -25, 127] flipping [0] : (tensor<3xui32>) = (tensor<3xui32>)
  invhlo.bits(%y) = (%x) by [0, 0, 7, -128, 0, 0, -25, 127] flipping [0]
      : (tensor<3xui32>) = (tensor<3xui32>)
  // CHECK: invhlo.bits(%[[Y]], %[[B]]) = (%[[X]], %[[A]]) by [0, 0, 0, -1, 1, 1, 3, 8] flipping [1, 0] : (tensor<3xui32>, tensor<3xi8>) = (tensor<3xui32>, tensor<3xi1>)
  invhlo.bits(%y, %b) = (%x, %a) by [0, 0, 0, -1, 1, 1, 3, 8] flipping [1, 0]
      : (tensor<3xui32>, tensor<3xi8>) = (tensor<3xui32>, tensor<3xi1>)
  return
}
