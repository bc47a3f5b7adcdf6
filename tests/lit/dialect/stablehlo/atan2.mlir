// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @float(
// CHECK-SAME:    %[[LHS:.+]]: tensor<2x3xf32>, %[[RHS:.+]]: tensor<2x3xf32>) -> tensor<2x3xf32>
// CHECK-NEXT:    %{{.+}} = stablehlo.atan2 %[[LHS]], %[[RHS]] : tensor<2x3xf32>
func.func @float(%lhs: tensor<2x3xf32>, %rhs: tensor<2x3xf32>) -> tensor<2x3xf32> {
  %y = stablehlo.atan2 %lhs, %rhs : tensor<2x3xf32>
  return %y : tensor<2x3xf32>
}

// CHECK-LABEL: func.func @dynamic_complex(
// CHECK-SAME:    %[[LHS:.+]]: tensor<?xcomplex<f64>>, %[[RHS:.+]]: tensor<?xcomplex<f64>>) -> tensor<?xcomplex<f64>>
// CHECK-NEXT:    %{{.+}} = stablehlo.atan2 %[[LHS]], %[[RHS]] : tensor<?xcomplex<f64>>
func.func @dynamic_complex(%lhs: tensor<?xcomplex<f64>>, %rhs: tensor<?xcomplex<f64>>) -> tensor<?xcomplex<f64>> {
  %y = stablehlo.atan2 %lhs, %rhs : tensor<?xcomplex<f64>>
  return %y : tensor<?xcomplex<f64>>
}
