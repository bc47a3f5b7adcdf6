// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @pair(
// CHECK-SAME:    %[[A:.+]]: tensor<2xf32>, %[[B:.+]]: tensor<i32>) -> tuple<tensor<2xf32>, tensor<i32>>
// CHECK-NEXT:    %{{.+}} = stablehlo.tuple %[[A]], %[[B]] : tuple<tensor<2xf32>, tensor<i32>>
func.func @pair(%a: tensor<2xf32>, %b: tensor<i32>) -> tuple<tensor<2xf32>, tensor<i32>> {
  %y = stablehlo.tuple %a, %b : tuple<tensor<2xf32>, tensor<i32>>
  return %y : tuple<tensor<2xf32>, tensor<i32>>
}

// CHECK-LABEL: func.func @empty(
// CHECK-NEXT:    %{{.+}} = stablehlo.tuple  : tuple<>
func.func @empty() -> tuple<> {
  %y = stablehlo.tuple  : tuple<>
  return %y : tuple<>
}
