// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | invhlo-opt | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @main(
func.func @main(%x: tensor<3xf32>, %step: tensor<3xf32>, %edges: tensor<3x8xf32>, %v: tensor<3xf32>) -> tensor<3xf32> {
  // CHECK: invhlo.search(%{{.+}}) of(%{{.+}} : tensor<3xf32>) between %{{.+}} = %{{.+}} : tensor<3x8xf32>, tensor<3xf32> {
  // CHECK: ^bb0(%{{.+}}: tensor<3xf32>):
  // CHECK:   invhlo.yield %{{.+}} : tensor<3xf32>
  // CHECK: }, {
  // CHECK: ^bb0(%{{.+}}: tensor<3xf32>):
  // CHECK:   invhlo.yield %{{.+}} : tensor<3xf32>
  // CHECK: }
  // CHECK: invhlo.search(%{{.+}}) of(%{{.+}} : tensor<3xf32>) between guessed %{{.+}} = %{{.+}} : tensor<3x8xf32>, tensor<3xf32> {
  %0 = invhlo.search(%x) of (%step : tensor<3xf32>) between %edges = %v : tensor<3x8xf32>, tensor<3xf32> {
  ^bb0(%at: tensor<3xf32>):
    %1 = stablehlo.floor %at : tensor<3xf32>
    invhlo.yield %1 : tensor<3xf32>
  }, {
  ^bb0(%at: tensor<3xf32>):
    %1 = stablehlo.add %at, %step : tensor<3xf32>
    invhlo.yield %1 : tensor<3xf32>
  }
  %2 = invhlo.search(%x) of (%step : tensor<3xf32>) between guessed %edges = %v : tensor<3x8xf32>, tensor<3xf32> {
  ^bb0(%at: tensor<3xf32>):
    invhlo.yield %at : tensor<3xf32>
  }, {
  ^bb0(%at: tensor<3xf32>):
    invhlo.yield %at : tensor<3xf32>
  }
  return %0 : tensor<3xf32>
}
