// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | invhlo-opt | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @main(
// CHECK-SAME:    %[[A:.+]]: tensor<3x3xf32>, %[[B:.+]]: tensor<3x2xf32>,
// CHECK-SAME:    %[[C:.+]]: tensor<7x2x2xcomplex<f64>>, %[[D:.+]]: tensor<7x2x1xcomplex<f64>>)
func.func @main(%a: tensor<3x3xf32>, %b: tensor<3x2xf32>,
                %c: tensor<7x2x2xcomplex<f64>>, %d: tensor<7x2x1xcomplex<f64>>)
    -> tensor<3x2xf32> {
  // CHECK-NEXT: %{{.+}} = invhlo.solve %[[A]], %[[B]] : tensor<3x3xf32>, tensor<3x2xf32>
  %0 = invhlo.solve %a, %b : tensor<3x3xf32>, tensor<3x2xf32>
  // CHECK-NEXT: %{{.+}} = invhlo.solve %[[C]], %[[D]] : tensor<7x2x2xcomplex<f64>>, tensor<7x2x1xcomplex<f64>>
  %1 = invhlo.solve %c, %d : tensor<7x2x2xcomplex<f64>>, tensor<7x2x1xcomplex<f64>>
  return %0 : tensor<3x2xf32>
}
