// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | invhlo-opt | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @main(
func.func @main(%x: tensor<3xf32>, %n: tensor<i32>, %p: tensor<i1>) -> tensor<3xf32> {
  // CHECK: invhlo.alternatives(%{{.+}}, %{{.+}}) : (tensor<3xf32>, tensor<i32>) -> (tensor<3xf32>, tensor<i32>) {
  // CHECK:   invhlo.yield %{{.+}}, %{{.+}}, %{{.+}} : tensor<3xf32>, tensor<i32>, tensor<i1>
  // CHECK: }, {
  // CHECK:   invhlo.yield %{{.+}}, %{{.+}}, %{{.+}} : tensor<3xf32>, tensor<i32>, tensor<i1>
  // CHECK: }
  %0:2 = invhlo.alternatives(%x, %n) : (tensor<3xf32>, tensor<i32>) -> (tensor<3xf32>, tensor<i32>) {
    invhlo.yield %x, %n, %p : tensor<3xf32>, tensor<i32>, tensor<i1>
  }, {
    %1 = stablehlo.negate %x : tensor<3xf32>
    %2 = stablehlo.not %p : tensor<i1>
    invhlo.yield %1, %n, %2 : tensor<3xf32>, tensor<i32>, tensor<i1>
  }
  return %0#0 : tensor<3xf32>
}
