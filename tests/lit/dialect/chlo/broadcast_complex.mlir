// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @last_dims(
// CHECK-SAME:    %[[RE:.+]]: tensor<2x3xf32>, %[[IM:.+]]: tensor<3xf32>) -> tensor<2x3xcomplex<f32>>
// CHECK-NEXT:    %{{.+}} = chlo.broadcast_complex %[[RE]], %[[IM]] : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xcomplex<f32>>
func.func @last_dims(%re: tensor<2x3xf32>, %im: tensor<3xf32>) -> tensor<2x3xcomplex<f32>> {
  %y = chlo.broadcast_complex %re, %im : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xcomplex<f32>>
  return %y : tensor<2x3xcomplex<f32>>
}
