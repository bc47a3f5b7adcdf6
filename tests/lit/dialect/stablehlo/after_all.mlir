// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @join(
// CHECK-SAME:    %[[A:.+]]: !stablehlo.token, %[[B:.+]]: !stablehlo.token) -> !stablehlo.token
// CHECK-NEXT:    %{{.+}} = stablehlo.after_all %[[A]], %[[B]] : !stablehlo.token
func.func @join(%a: !stablehlo.token, %b: !stablehlo.token) -> !stablehlo.token {
  %t = stablehlo.after_all %a, %b : !stablehlo.token
  return %t : !stablehlo.token
}

// CHECK-LABEL: func.func @none(
// CHECK-NEXT:    %{{.+}} = stablehlo.after_all  : !stablehlo.token
func.func @none() -> !stablehlo.token {
  %t = stablehlo.after_all  : !stablehlo.token
  return %t : !stablehlo.token
}
