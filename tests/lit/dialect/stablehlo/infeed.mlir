// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @layout(
// CHECK-SAME:    %[[T:.+]]: !stablehlo.token) -> tensor<2x3xf32>
// CHECK-NEXT:    %{{.+}}:2 = "stablehlo.infeed"(%[[T]]) <{infeed_config = "c", layout = {{\[\[}}0, 1]]}> : (!stablehlo.token) -> (tensor<2x3xf32>, !stablehlo.token)
func.func @layout(%t: !stablehlo.token) -> tensor<2x3xf32> {
  %y:2 = "stablehlo.infeed"(%t) <{infeed_config = "c", layout = [[0, 1]]}> : (!stablehlo.token) -> (tensor<2x3xf32>, !stablehlo.token)
  return %y#0 : tensor<2x3xf32>
}
