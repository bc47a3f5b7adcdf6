// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @float(
// CHECK-SAME:    %[[X:.+]]: tensor<2x3xf32>) -> tensor<2x3xf32>
// CHECK-NEXT:    %{{.+}} = stablehlo.negate %[[X]] : tensor<2x3xf32>
func.func @float(%x: tensor<2x3xf32>) -> tensor<2x3xf32> {
  %y = stablehlo.negate %x : tensor<2x3xf32>
  return %y : tensor<2x3xf32>
}

// CHECK-LABEL: func.func @dynamic_int(
// CHECK-SAME:    %[[X:.+]]: tensor<?x3xi32>) -> tensor<?x3xi32>
// CHECK-NEXT:    %{{.+}} = stablehlo.negate %[[X]] : tensor<?x3xi32>
func.func @dynamic_int(%x: tensor<?x3xi32>) -> tensor<?x3xi32> {
  %y = stablehlo.negate %x : tensor<?x3xi32>
  return %y : tensor<?x3xi32>
}

// CHECK-LABEL: func.func @complex(
// CHECK-SAME:    %[[X:.+]]: tensor<complex<f32>>) -> tensor<complex<f32>>
// CHECK-NEXT:    %{{.+}} = stablehlo.negate %[[X]] : tensor<complex<f32>>
func.func @complex(%x: tensor<complex<f32>>) -> tensor<complex<f32>> {
  %y = stablehlo.negate %x : tensor<complex<f32>>
  return %y : tensor<complex<f32>>
}
