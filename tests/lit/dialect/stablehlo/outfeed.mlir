// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @config(
// CHECK-SAME:    %[[X:.+]]: tensor<2xf32>, %[[T:.+]]: !stablehlo.token) -> !stablehlo.token
// CHECK-NEXT:    %{{.+}} = "stablehlo.outfeed"(%[[X]], %[[T]]) <{outfeed_config = "c"}> : (tensor<2xf32>, !stablehlo.token) -> !stablehlo.token
func.func @config(%x: tensor<2xf32>, %t: !stablehlo.token) -> !stablehlo.token {
  %u = "stablehlo.outfeed"(%x, %t) <{outfeed_config = "c"}> : (tensor<2xf32>, !stablehlo.token) -> !stablehlo.token
  return %u : !stablehlo.token
}
