// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @f32(
// CHECK-SAME:    %[[RE:.+]]: tensor<2xf32>, %[[IM:.+]]: tensor<2xf32>) -> tensor<2xcomplex<f32>>
// CHECK-NEXT:    %{{.+}} = stablehlo.complex %[[RE]], %[[IM]] : tensor<2xcomplex<f32>>
func.func @f32(%re: tensor<2xf32>, %im: tensor<2xf32>) -> tensor<2xcomplex<f32>> {
  %z = stablehlo.complex %re, %im : tensor<2xcomplex<f32>>
  return %z : tensor<2xcomplex<f32>>
}

// CHECK-LABEL: func.func @f64(
// CHECK-SAME:    %[[RE:.+]]: tensor<?xf64>, %[[IM:.+]]: tensor<?xf64>) -> tensor<?xcomplex<f64>>
// CHECK-NEXT:    %{{.+}} = stablehlo.complex %[[RE]], %[[IM]] : tensor<?xcomplex<f64>>
func.func @f64(%re: tensor<?xf64>, %im: tensor<?xf64>) -> tensor<?xcomplex<f64>> {
  %z = stablehlo.complex %re, %im : tensor<?xcomplex<f64>>
  return %z : tensor<?xcomplex<f64>>
}
