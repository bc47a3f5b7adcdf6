// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | invhlo-opt | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @main(
// CHECK-SAME:    %[[A:.+]]: tensor<3x3xbf16>, %[[C:.+]]: tensor<7x2x2xcomplex<f64>>)
func.func @main(%a: tensor<3x3xbf16>, %c: tensor<7x2x2xcomplex<f64>>)
    -> (tensor<bf16>, tensor<7xf64>) {
  // CHECK-NEXT: %{{.+}} = invhlo.log_abs_det %[[A]] : tensor<3x3xbf16>
  %0 = invhlo.log_abs_det %a : tensor<3x3xbf16>
  // CHECK-NEXT: %{{.+}} = invhlo.log_abs_det %[[C]] : tensor<7x2x2xcomplex<f64>>
  %1 = invhlo.log_abs_det %c : tensor<7x2x2xcomplex<f64>>
  return %0, %1 : tensor<bf16>, tensor<7xf64>
}
