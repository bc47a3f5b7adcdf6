// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | invhlo-opt | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @main(
func.func @main(%x: tensor<3xf32>, %step: tensor<3xf32>, %table: tensor<3x2xf32>, %knots: tensor<1x3xf32>, %v: tensor<3xf32>) -> tensor<3xf32> {
  // CHECK: invhlo.spline(%{{.+}}) of(%{{.+}} : tensor<3xf32>) in(%{{.+}} : tensor<3x2xf32>) at [array<i64: 0, 0, 1, 1>] between %{{.+}} to %{{.+}} = %{{.+}} : tensor<1x3xf32>, tensor<1x3xf32>, tensor<3xf32> {
  // CHECK: ^bb0(%{{.+}}: tensor<3xf32>):
  // CHECK:   invhlo.yield %{{.+}} : tensor<3xf32>
  // CHECK: }
  %0 = invhlo.spline(%x) of (%step : tensor<3xf32>) in (%table : tensor<3x2xf32>) at [array<i64: 0, 0, 1, 1>] between %knots to %knots = %v : tensor<1x3xf32>, tensor<1x3xf32>, tensor<3xf32> {
  ^bb0(%at: tensor<3xf32>):
    %1 = stablehlo.multiply %at, %step : tensor<3xf32>
    invhlo.yield %1 : tensor<3xf32>
  }
  return %0 : tensor<3xf32>
}
