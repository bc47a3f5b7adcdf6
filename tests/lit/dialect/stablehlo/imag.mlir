// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @complex(
// CHECK-SAME:    %[[Z:.+]]: tensor<3xcomplex<f32>>) -> tensor<3xf32>
// CHECK-NEXT:    %{{.+}} = stablehlo.imag %[[Z]] : (tensor<3xcomplex<f32>>) -> tensor<3xf32>
func.func @complex(%z: tensor<3xcomplex<f32>>) -> tensor<3xf32> {
  %y = stablehlo.imag %z : (tensor<3xcomplex<f32>>) -> tensor<3xf32>
  return %y : tensor<3xf32>
}

// CHECK-LABEL: func.func @already_real(
// CHECK-SAME:    %[[X:.+]]: tensor<?xf32>) -> tensor<?xf32>
// CHECK-NEXT:    %{{.+}} = stablehlo.imag %[[X]] : tensor<?xf32>
func.func @already_real(%x: tensor<?xf32>) -> tensor<?xf32> {
  %y = stablehlo.imag %x : tensor<?xf32>
  return %y : tensor<?xf32>
}
