// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @argument(
// CHECK-SAME:    %[[A:.+]]: tensor<8x8xf32>) -> tensor<8x8xf32>
// CHECK-NEXT:    %{{.+}} = sdy.func_data_flow_edge %[[A]] : tensor<8x8xf32>
func.func @argument(%a: tensor<8x8xf32>) -> tensor<8x8xf32> {
  %y = sdy.func_data_flow_edge %a : tensor<8x8xf32>
  return %y : tensor<8x8xf32>
}
