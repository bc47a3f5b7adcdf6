// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @dynamic(
// CHECK-SAME:    %[[SHAPE:.+]]: tensor<2xi32>) -> tensor<?x3xf32>
// CHECK-NEXT:    %{{.+}} = stablehlo.dynamic_iota %[[SHAPE]], dim = 0 : (tensor<2xi32>) -> tensor<?x3xf32>
func.func @dynamic(%shape: tensor<2xi32>) -> tensor<?x3xf32> {
  %i = stablehlo.dynamic_iota %shape, dim = 0 : (tensor<2xi32>) -> tensor<?x3xf32>
  return %i : tensor<?x3xf32>
}
