// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @float_to_int(
// CHECK-SAME:    %[[X:.+]]: tensor<2xf32>) -> tensor<2xi32>
// CHECK-NEXT:    %{{.+}} = stablehlo.convert %[[X]] : (tensor<2xf32>) -> tensor<2xi32>
func.func @float_to_int(%x: tensor<2xf32>) -> tensor<2xi32> {
  %y = stablehlo.convert %x : (tensor<2xf32>) -> tensor<2xi32>
  return %y : tensor<2xi32>
}

// CHECK-LABEL: func.func @bool_to_complex(
// CHECK-SAME:    %[[X:.+]]: tensor<?xi1>) -> tensor<?xcomplex<f32>>
// CHECK-NEXT:    %{{.+}} = stablehlo.convert %[[X]] : (tensor<?xi1>) -> tensor<?xcomplex<f32>>
func.func @bool_to_complex(%x: tensor<?xi1>) -> tensor<?xcomplex<f32>> {
  %y = stablehlo.convert %x : (tensor<?xi1>) -> tensor<?xcomplex<f32>>
  return %y : tensor<?xcomplex<f32>>
}

// CHECK-LABEL: func.func @same(
// CHECK-SAME:    %[[X:.+]]: tensor<2xf32>) -> tensor<2xf32>
// CHECK-NEXT:    %{{.+}} = stablehlo.convert %[[X]] : tensor<2xf32>
func.func @same(%x: tensor<2xf32>) -> tensor<2xf32> {
  %y = stablehlo.convert %x : tensor<2xf32>
  return %y : tensor<2xf32>
}

// CHECK-LABEL: func.func @small_types(
// CHECK-SAME:    %[[X:.+]]: tensor<2xf8E5M2>) -> tensor<2xi4>
// CHECK-NEXT:    %[[Y:.+]] = stablehlo.convert %[[X]] : (tensor<2xf8E5M2>) -> tensor<2xf4E2M1FN>
// CHECK-NEXT:    %{{.+}} = stablehlo.convert %[[Y]] : (tensor<2xf4E2M1FN>) -> tensor<2xi4>
func.func @small_types(%x: tensor<2xf8E5M2>) -> tensor<2xi4> {
  %y = stablehlo.convert %x : (tensor<2xf8E5M2>) -> tensor<2xf4E2M1FN>
  %z = stablehlo.convert %y : (tensor<2xf4E2M1FN>) -> tensor<2xi4>
  return %z : tensor<2xi4>
}
