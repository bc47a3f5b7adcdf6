// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | invhlo-opt | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @main(
func.func @main(%x: tensor<3xf32>, %p: tensor<3xi1>, %v: tensor<3xf32>) -> tensor<3xf32> {
  // CHECK: invhlo.piecewise %{{.+}} : tensor<3xf32> {
  // CHECK:   invhlo.yield %{{.+}}, %{{.+}} : tensor<3xf32>, tensor<3xi1>
  // CHECK: }, {
  // CHECK:   invhlo.yield %{{.+}}, %{{.+}} : tensor<3xf32>, tensor<3xi1>
  // CHECK: }
  %0 = invhlo.piecewise %v : tensor<3xf32> {
    invhlo.yield %x, %p : tensor<3xf32>, tensor<3xi1>
  }, {
    %1 = stablehlo.negate %x : tensor<3xf32>
    %2 = stablehlo.not %p : tensor<3xi1>
    invhlo.yield %1, %2 : tensor<3xf32>, tensor<3xi1>
  }
  // CHECK: invhlo.piecewise partial %{{.+}} : tensor<3xf32> {
  %1 = invhlo.piecewise partial %0 : tensor<3xf32> {
    invhlo.yield %x, %p : tensor<3xf32>, tensor<3xi1>
  }
  return %1 : tensor<3xf32>
}
