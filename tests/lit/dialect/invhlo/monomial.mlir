// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | invhlo-opt | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @main
func.func @main(%x: tensor<3xf32>, %k: tensor<3xf32>, %v: tensor<3xf32>,
                %z: tensor<complex<f32>>) -> tensor<3xf32> {
  // CHECK: invhlo.monomial(%{{.+}}) to [3] = %{{.+}} : tensor<3xf32>
  %0 = invhlo.monomial(%x) to [3] = %v : tensor<3xf32>
  // CHECK: invhlo.monomial(%{{.+}}, %{{.+}}) to [2, -1] = %{{.+}} : tensor<3xf32>
  %1 = invhlo.monomial(%x, %k) to [2, -1] = %0 : tensor<3xf32>
  // CHECK: invhlo.monomial(%{{.+}}) to [2] = %{{.+}} : tensor<complex<f32>>
  %2 = invhlo.monomial(%z) to [2] = %z : tensor<complex<f32>>
  return %1 : tensor<3xf32>
}
