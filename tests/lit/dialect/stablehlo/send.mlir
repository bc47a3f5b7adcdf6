// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @to_host(
// CHECK-SAME:    %[[X:.+]]: tensor<2xf32>, %[[T:.+]]: !stablehlo.token) -> !stablehlo.token
// CHECK-NEXT:    %{{.+}} = "stablehlo.send"(%[[X]], %[[T]]) <{channel_handle = #stablehlo.channel_handle<handle = 1, type = 2>, is_host_transfer = true}> : (tensor<2xf32>, !stablehlo.token) -> !stablehlo.token
func.func @to_host(%x: tensor<2xf32>, %t: !stablehlo.token) -> !stablehlo.token {
  %u = "stablehlo.send"(%x, %t) <{channel_handle = #stablehlo.channel_handle<handle = 1, type = 2>, is_host_transfer = true}> : (tensor<2xf32>, !stablehlo.token) -> !stablehlo.token
  return %u : !stablehlo.token
}
