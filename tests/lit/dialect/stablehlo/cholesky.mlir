// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @lower(
// CHECK-SAME:    %[[A:.+]]: tensor<2x3x3xf32>) -> tensor<2x3x3xf32>
// CHECK-NEXT:    %{{.+}} = stablehlo.cholesky %[[A]], lower = true : tensor<2x3x3xf32>
func.func @lower(%a: tensor<2x3x3xf32>) -> tensor<2x3x3xf32> {
  %y = stablehlo.cholesky %a, lower = true : tensor<2x3x3xf32>
  return %y : tensor<2x3x3xf32>
}

// CHECK-LABEL: func.func @upper(
// CHECK-SAME:    %[[A:.+]]: tensor<3x3xcomplex<f64>>) -> tensor<3x3xcomplex<f64>>
// CHECK-NEXT:    %{{.+}} = stablehlo.cholesky %[[A]] : tensor<3x3xcomplex<f64>>
func.func @upper(%a: tensor<3x3xcomplex<f64>>) -> tensor<3x3xcomplex<f64>> {
  %y = stablehlo.cholesky %a : tensor<3x3xcomplex<f64>>
  return %y : tensor<3x3xcomplex<f64>>
}
