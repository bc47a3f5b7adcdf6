// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | invhlo-opt | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @main(
func.func @main(%x: tensor<3xf32>, %h: tensor<2xf32>, %k: tensor<3xi32>, %v: tensor<1x3xf32>) -> tensor<1x3xf32> {
  %ranks = stablehlo.constant dense<[1, 2, 3]> : tensor<3xi32>
  %of_value = stablehlo.constant dense<[[1, 2, 3]]> : tensor<1x3xi32>
  // CHECK: invhlo.triangular(%{{.+}} by %{{.+}}) of(%{{.+}}, %{{.+}} : tensor<2xf32>, tensor<3xi32>) = (%{{.+}} by %{{.+}}) to 3 : tensor<3xf32>, tensor<3xi32>, tensor<1x3xf32>, tensor<1x3xi32> {
  // CHECK: ^bb0(%{{.+}}: tensor<3xf32>):
  // CHECK:   invhlo.yield %{{.+}}, %{{.+}} : tensor<2xf32>, tensor<3xi32>
  // CHECK: }, {
  // CHECK: ^bb0(%{{.+}}: tensor<3xf32>):
  // CHECK:   invhlo.yield %{{.+}} : tensor<1x3xf32>
  // CHECK: }
  %0 = invhlo.triangular(%x by %ranks) of (%h, %k : tensor<2xf32>, tensor<3xi32>) = (%v by %of_value) to 3
      : tensor<3xf32>, tensor<3xi32>, tensor<1x3xf32>, tensor<1x3xi32> {
  ^bb0(%at: tensor<3xf32>):
    %1 = stablehlo.slice %at [0:2] : (tensor<3xf32>) -> tensor<2xf32>
    invhlo.yield %1, %k : tensor<2xf32>, tensor<3xi32>
  }, {
  ^bb0(%at: tensor<3xf32>):
    %1 = stablehlo.reshape %at : (tensor<3xf32>) -> tensor<1x3xf32>
    invhlo.yield %1 : tensor<1x3xf32>
  }
  return %0 : tensor<1x3xf32>
}
