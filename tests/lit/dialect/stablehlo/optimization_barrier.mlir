// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @one(
// CHECK-SAME:    %[[X:.+]]: tensor<2xf32>) -> tensor<2xf32>
// CHECK-NEXT:    %{{.+}} = stablehlo.optimization_barrier %[[X]] : tensor<2xf32>
func.func @one(%x: tensor<2xf32>) -> tensor<2xf32> {
  %y = stablehlo.optimization_barrier %x : tensor<2xf32>
  return %y : tensor<2xf32>
}

// CHECK-LABEL: func.func @two(
// CHECK-SAME:    %[[A:.+]]: tensor<2xf32>, %[[B:.+]]: tensor<i32>) -> (tensor<2xf32>, tensor<i32>)
// CHECK-NEXT:    %{{.+}}:2 = stablehlo.optimization_barrier %[[A]], %[[B]] : tensor<2xf32>, tensor<i32>
func.func @two(%a: tensor<2xf32>, %b: tensor<i32>) -> (tensor<2xf32>, tensor<i32>) {
  %y:2 = stablehlo.optimization_barrier %a, %b : tensor<2xf32>, tensor<i32>
  return %y#0, %y#1 : tensor<2xf32>, tensor<i32>
}

// CHECK-LABEL: func.func @none(
// CHECK-NEXT:    stablehlo.optimization_barrier()
func.func @none() {
  stablehlo.optimization_barrier()
  return
}
