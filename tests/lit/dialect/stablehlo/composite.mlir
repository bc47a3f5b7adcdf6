// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @attributes(
// CHECK-SAME:    %[[X:.+]]: tensor<2xf32>) -> tensor<2xf32>
// CHECK-NEXT:    %{{.+}} = stablehlo.composite "my.op" %[[X]] {composite_attributes = {axis = 1 : i64, name = "a"}, decomposition = @my_op, version = 2 : i32} : (tensor<2xf32>) -> tensor<2xf32>
func.func @attributes(%x: tensor<2xf32>) -> tensor<2xf32> {
  %y = stablehlo.composite "my.op" %x {composite_attributes = {axis = 1 : i64, name = "a"}, decomposition = @my_op, version = 2 : i32} : (tensor<2xf32>) -> tensor<2xf32>
  return %y : tensor<2xf32>
}

// CHECK-LABEL: func.func private @my_op(
// CHECK-SAME:    %{{.+}}: tensor<2xf32>) -> tensor<2xf32>
func.func private @my_op(%a: tensor<2xf32>) -> tensor<2xf32> {
  return %a : tensor<2xf32>
}
