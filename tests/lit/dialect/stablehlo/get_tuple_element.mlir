// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @second(
// CHECK-SAME:    %[[T:.+]]: tuple<tensor<2xf32>, tuple<tensor<i32>>>) -> tuple<tensor<i32>>
// CHECK-NEXT:    %{{.+}} = stablehlo.get_tuple_element %[[T]][1] : (tuple<tensor<2xf32>, tuple<tensor<i32>>>) -> tuple<tensor<i32>>
func.func @second(%t: tuple<tensor<2xf32>, tuple<tensor<i32>>>) -> tuple<tensor<i32>> {
  %y = stablehlo.get_tuple_element %t[1] : (tuple<tensor<2xf32>, tuple<tensor<i32>>>) -> tuple<tensor<i32>>
  return %y : tuple<tensor<i32>>
}
