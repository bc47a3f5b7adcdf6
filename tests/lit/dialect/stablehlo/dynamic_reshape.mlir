// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @dynamic(
// CHECK-SAME:    %[[X:.+]]: tensor<?xf32>, %[[SHAPE:.+]]: tensor<2xi32>) -> tensor<?x3xf32>
// CHECK-NEXT:    %{{.+}} = stablehlo.dynamic_reshape %[[X]], %[[SHAPE]] : (tensor<?xf32>, tensor<2xi32>) -> tensor<?x3xf32>
func.func @dynamic(%x: tensor<?xf32>, %shape: tensor<2xi32>) -> tensor<?x3xf32> {
  %y = stablehlo.dynamic_reshape %x, %shape : (tensor<?xf32>, tensor<2xi32>) -> tensor<?x3xf32>
  return %y : tensor<?x3xf32>
}
