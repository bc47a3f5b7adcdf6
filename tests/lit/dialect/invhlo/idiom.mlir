// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | invhlo-opt | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @main
func.func @main(%x: tensor<3xf32>, %k: tensor<3xf32>, %v: tensor<3xf32>)
    -> tensor<3xf32> {
  // CHECK: invhlo.idiom "softplus"(%{{.+}}) = %{{.+}} : tensor<3xf32>
  %0 = invhlo.idiom "softplus"(%x) = %v : tensor<3xf32>
  // CHECK: invhlo.idiom "logaddexp"(%{{.+}}, %{{.+}}) = %{{.+}} : tensor<3xf32>
  %1 = invhlo.idiom "logaddexp"(%x, %k) = %0 : tensor<3xf32>
  return %1 : tensor<3xf32>
}
