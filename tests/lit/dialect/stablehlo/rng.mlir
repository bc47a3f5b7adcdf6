// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @uniform(
// CHECK-SAME:    %[[A:.+]]: tensor<f32>, %[[B:.+]]: tensor<f32>, %[[SHAPE:.+]]: tensor<2xi64>) -> tensor<3x4xf32>
// CHECK-NEXT:    %{{.+}} = stablehlo.rng %[[A]], %[[B]], %[[SHAPE]], distribution = UNIFORM : (tensor<f32>, tensor<f32>, tensor<2xi64>) -> tensor<3x4xf32>
func.func @uniform(%a: tensor<f32>, %b: tensor<f32>, %shape: tensor<2xi64>) -> tensor<3x4xf32> {
  %y = stablehlo.rng %a, %b, %shape, distribution = UNIFORM : (tensor<f32>, tensor<f32>, tensor<2xi64>) -> tensor<3x4xf32>
  return %y : tensor<3x4xf32>
}

// CHECK-LABEL: func.func @normal(
// CHECK-SAME:    %[[A:.+]]: tensor<f32>, %[[B:.+]]: tensor<f32>, %[[SHAPE:.+]]: tensor<1xi64>) -> tensor<?xf32>
// CHECK-NEXT:    %{{.+}} = stablehlo.rng %[[A]], %[[B]], %[[SHAPE]], distribution = NORMAL : (tensor<f32>, tensor<f32>, tensor<1xi64>) -> tensor<?xf32>
func.func @normal(%a: tensor<f32>, %b: tensor<f32>, %shape: tensor<1xi64>) -> tensor<?xf32> {
  %y = stablehlo.rng %a, %b, %shape, distribution = NORMAL : (tensor<f32>, tensor<f32>, tensor<1xi64>) -> tensor<?xf32>
  return %y : tensor<?xf32>
}
