// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | invhlo-opt | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @main(
// CHECK-SAME:    %[[X:.+]]: tensor<3xf32>, %[[K:.+]]: tensor<3xf32>, %[[V:.+]]: tensor<3xf32>)
func.func @main(%x: tensor<3xf32>, %k: tensor<3xf32>, %v: tensor<3xf32>) -> tensor<3xf32> {
  // CHECK: invhlo.quadratic(%[[X]]) of %[[K]], %[[X]], %[[V]] over %[[V]], %[[K]], %[[X]] = %[[V]] : tensor<3xf32>, tensor<3xf32>
  %0 = invhlo.quadratic(%x) of %k, %x, %v over %v, %k, %x = %v : tensor<3xf32>, tensor<3xf32>
  // CHECK: invhlo.quadratic(%{{.+}}) of %{{.+}}, %{{.+}}, %{{.+}} over %{{.+}}, %{{.+}}, %{{.+}} = %{{.+}} : tensor<3xf32>, tensor<3xbf16>
  %n = stablehlo.convert %x : (tensor<3xf32>) -> tensor<3xbf16>
  %1 = invhlo.quadratic(%n) of %k, %x, %v over %v, %k, %x = %n : tensor<3xf32>, tensor<3xbf16>
  return %0 : tensor<3xf32>
}
