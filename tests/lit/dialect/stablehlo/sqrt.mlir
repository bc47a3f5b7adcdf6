// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @static(
// CHECK-SAME:    %[[X:.+]]: tensor<2x3xf32>) -> tensor<2x3xf32>
// CHECK-NEXT:    %{{.+}} = stablehlo.sqrt %[[X]] : tensor<2x3xf32>
func.func @static(%x: tensor<2x3xf32>) -> tensor<2x3xf32> {
  %y = stablehlo.sqrt %x : tensor<2x3xf32>
  return %y : tensor<2x3xf32>
}

// CHECK-LABEL: func.func @dynamic(
// CHECK-SAME:    %[[X:.+]]: tensor<?x3xbf16>) -> tensor<?x3xbf16>
// CHECK-NEXT:    %{{.+}} = stablehlo.sqrt %[[X]] : tensor<?x3xbf16>
func.func @dynamic(%x: tensor<?x3xbf16>) -> tensor<?x3xbf16> {
  %y = stablehlo.sqrt %x : tensor<?x3xbf16>
  return %y : tensor<?x3xbf16>
}

// CHECK-LABEL: func.func @complex(
// CHECK-SAME:    %[[X:.+]]: tensor<complex<f64>>) -> tensor<complex<f64>>
// CHECK-NEXT:    %{{.+}} = stablehlo.sqrt %[[X]] : tensor<complex<f64>>
func.func @complex(%x: tensor<complex<f64>>) -> tensor<complex<f64>> {
  %y = stablehlo.sqrt %x : tensor<complex<f64>>
  return %y : tensor<complex<f64>>
}

// CHECK-LABEL: func.func @highest(
// CHECK-SAME:    %[[X:.+]]: tensor<3xf32>) -> tensor<3xf32>
// CHECK-NEXT:    %{{.+}} = stablehlo.sqrt %[[X]] {result_accuracy = #stablehlo.result_accuracy<mode = #stablehlo.result_accuracy_mode<HIGHEST>>} : tensor<3xf32>
func.func @highest(%x: tensor<3xf32>) -> tensor<3xf32> {
  %y = stablehlo.sqrt %x {result_accuracy = #stablehlo.result_accuracy<mode = #stablehlo.result_accuracy_mode<HIGHEST>>} : tensor<3xf32>
  return %y : tensor<3xf32>
}

// CHECK-LABEL: func.func @tolerance(
// CHECK-SAME:    %[[X:.+]]: tensor<3xf32>) -> tensor<3xf32>
// CHECK-NEXT:    %{{.+}} = stablehlo.sqrt %[[X]] {result_accuracy = #stablehlo.result_accuracy<atol = 1.000000e-05, ulps = 1, mode = #stablehlo.result_accuracy_mode<TOLERANCE>>} : tensor<3xf32>
func.func @tolerance(%x: tensor<3xf32>) -> tensor<3xf32> {
  %y = stablehlo.sqrt %x {result_accuracy = #stablehlo.result_accuracy<atol = 1.000000e-05, ulps = 1, mode = #stablehlo.result_accuracy_mode<TOLERANCE>>} : tensor<3xf32>
  return %y : tensor<3xf32>
}

// CHECK-LABEL: func.func @frontend_attributes(
// CHECK-SAME:    %[[X:.+]]: tensor<3xf32>) -> tensor<3xf32>
// CHECK-NEXT:    %{{.+}} = stablehlo.sqrt %[[X]] {mhlo.frontend_attributes = {_scope = "a"}} : tensor<3xf32>
func.func @frontend_attributes(%x: tensor<3xf32>) -> tensor<3xf32> {
  %y = stablehlo.sqrt %x {mhlo.frontend_attributes = {_scope = "a"}} : tensor<3xf32>
  return %y : tensor<3xf32>
}
