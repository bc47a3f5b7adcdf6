// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @float(
// CHECK-SAME:    %[[X:.+]]: tensor<2x3xf32>) -> tensor<2x3xf32>
// CHECK-NEXT:    %{{.+}} = chlo.erf %[[X]] : tensor<2x3xf32> -> tensor<2x3xf32>
func.func @float(%x: tensor<2x3xf32>) -> tensor<2x3xf32> {
  %y = chlo.erf %x : tensor<2x3xf32> -> tensor<2x3xf32>
  return %y : tensor<2x3xf32>
}

// CHECK-LABEL: func.func @dynamic(
// CHECK-SAME:    %[[X:.+]]: tensor<?xf64>) -> tensor<?xf64>
// CHECK-NEXT:    %{{.+}} = chlo.erf %[[X]] : tensor<?xf64> -> tensor<?xf64>
func.func @dynamic(%x: tensor<?xf64>) -> tensor<?xf64> {
  %y = chlo.erf %x : tensor<?xf64> -> tensor<?xf64>
  return %y : tensor<?xf64>
}

// CHECK-LABEL: func.func @attribute(
// CHECK-SAME:    %[[X:.+]]: tensor<3xf16>) -> tensor<3xf16>
// CHECK-NEXT:    %{{.+}} = chlo.erf %[[X]] {mhlo.frontend_attributes = {_scope = "a"}} : tensor<3xf16> -> tensor<3xf16>
func.func @attribute(%x: tensor<3xf16>) -> tensor<3xf16> {
  %y = chlo.erf %x {mhlo.frontend_attributes = {_scope = "a"}} : tensor<3xf16> -> tensor<3xf16>
  return %y : tensor<3xf16>
}
