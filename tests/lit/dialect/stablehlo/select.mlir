// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @elementwise(
// CHECK-SAME:    %[[P:.+]]: tensor<2xi1>, %[[T:.+]]: tensor<2xf32>, %[[F:.+]]: tensor<2xf32>) -> tensor<2xf32>
// CHECK-NEXT:    %{{.+}} = stablehlo.select %[[P]], %[[T]], %[[F]] : tensor<2xi1>, tensor<2xf32>
func.func @elementwise(%p: tensor<2xi1>, %t: tensor<2xf32>, %f: tensor<2xf32>) -> tensor<2xf32> {
  %y = stablehlo.select %p, %t, %f : tensor<2xi1>, tensor<2xf32>
  return %y : tensor<2xf32>
}

// CHECK-LABEL: func.func @scalar_predicate(
// CHECK-SAME:    %[[P:.+]]: tensor<i1>, %[[T:.+]]: tensor<?xf32>, %[[F:.+]]: tensor<?xf32>) -> tensor<?xf32>
// CHECK-NEXT:    %{{.+}} = stablehlo.select %[[P]], %[[T]], %[[F]] : tensor<i1>, tensor<?xf32>
func.func @scalar_predicate(%p: tensor<i1>, %t: tensor<?xf32>, %f: tensor<?xf32>) -> tensor<?xf32> {
  %y = stablehlo.select %p, %t, %f : tensor<i1>, tensor<?xf32>
  return %y : tensor<?xf32>
}

// CHECK-LABEL: func.func @refined(
// CHECK-SAME:    %[[P:.+]]: tensor<i1>, %[[T:.+]]: tensor<?xf32>, %[[F:.+]]: tensor<2xf32>) -> tensor<2xf32>
// CHECK-NEXT:    %{{.+}} = stablehlo.select %[[P]], %[[T]], %[[F]] : (tensor<i1>, tensor<?xf32>, tensor<2xf32>) -> tensor<2xf32>
func.func @refined(%p: tensor<i1>, %t: tensor<?xf32>, %f: tensor<2xf32>) -> tensor<2xf32> {
  %y = stablehlo.select %p, %t, %f : (tensor<i1>, tensor<?xf32>, tensor<2xf32>) -> tensor<2xf32>
  return %y : tensor<2xf32>
}
