// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @dynamic(
// CHECK-SAME:    %[[X:.+]]: tensor<?xf32>, %[[VALUE:.+]]: tensor<f32>, %[[LOW:.+]]: tensor<1xi64>, %[[HIGH:.+]]: tensor<1xi64>, %[[INTERIOR:.+]]: tensor<1xi64>) -> tensor<?xf32>
// CHECK-NEXT:    %{{.+}} = stablehlo.dynamic_pad %[[X]], %[[VALUE]], %[[LOW]], %[[HIGH]], %[[INTERIOR]] : (tensor<?xf32>, tensor<f32>, tensor<1xi64>, tensor<1xi64>, tensor<1xi64>) -> tensor<?xf32>
func.func @dynamic(%x: tensor<?xf32>, %value: tensor<f32>, %low: tensor<1xi64>, %high: tensor<1xi64>, %interior: tensor<1xi64>) -> tensor<?xf32> {
  %y = stablehlo.dynamic_pad %x, %value, %low, %high, %interior : (tensor<?xf32>, tensor<f32>, tensor<1xi64>, tensor<1xi64>, tensor<1xi64>) -> tensor<?xf32>
  return %y : tensor<?xf32>
}
