// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @three_shapes(
// CHECK-SAME:    %[[P:.+]]: tensor<i1>, %[[T:.+]]: tensor<2x3xf32>, %[[F:.+]]: tensor<3xf32>) -> tensor<2x3xf32>
// CHECK-NEXT:    %{{.+}} = chlo.broadcast_select %[[P]], %[[T]], %[[F]] : (tensor<i1>, tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xf32>
func.func @three_shapes(%p: tensor<i1>, %t: tensor<2x3xf32>, %f: tensor<3xf32>) -> tensor<2x3xf32> {
  %y = chlo.broadcast_select %p, %t, %f : (tensor<i1>, tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xf32>
  return %y : tensor<2x3xf32>
}
