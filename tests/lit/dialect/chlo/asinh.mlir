// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @float(
// CHECK-SAME:    %[[X:.+]]: tensor<2x3xf32>) -> tensor<2x3xf32>
// CHECK-NEXT:    %{{.+}} = chlo.asinh %[[X]] : tensor<2x3xf32> -> tensor<2x3xf32>
func.func @float(%x: tensor<2x3xf32>) -> tensor<2x3xf32> {
  %y = chlo.asinh %x : tensor<2x3xf32> -> tensor<2x3xf32>
  return %y : tensor<2x3xf32>
}

// CHECK-LABEL: func.func @dynamic(
// CHECK-SAME:    %[[X:.+]]: tensor<?xbf16>) -> tensor<?xbf16>
// CHECK-NEXT:    %{{.+}} = chlo.asinh %[[X]] : tensor<?xbf16> -> tensor<?xbf16>
func.func @dynamic(%x: tensor<?xbf16>) -> tensor<?xbf16> {
  %y = chlo.asinh %x : tensor<?xbf16> -> tensor<?xbf16>
  return %y : tensor<?xbf16>
}

// CHECK-LABEL: func.func @complex(
// CHECK-SAME:    %[[X:.+]]: tensor<complex<f64>>) -> tensor<complex<f64>>
// CHECK-NEXT:    %{{.+}} = chlo.asinh %[[X]] : tensor<complex<f64>> -> tensor<complex<f64>>
func.func @complex(%x: tensor<complex<f64>>) -> tensor<complex<f64>> {
  %y = chlo.asinh %x : tensor<complex<f64>> -> tensor<complex<f64>>
  return %y : tensor<complex<f64>>
}
