// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert -split-input-file | FileCheck %s

// A primitive of the host program is what it was lowered to.

// CHECK-LABEL: func.func @unknown.inverse(
// CHECK-SAME:    %[[Z:.+]]: tensor<3xf32>)
// CHECK-NEXT:    %[[X:.+]] = stablehlo.log %[[Z]]
// CHECK-NEXT:    return %[[X]]
func.func @unknown(%x: tensor<3xf32>) -> tensor<3xf32> {
  %y = stablehlo.exponential %x : tensor<3xf32>
  %z = invhlo.primitive 0(%x) = %y : (tensor<3xf32>) -> tensor<3xf32>
  return %z : tensor<3xf32>
}

// -----

// Evaluated forward, it stays for the host to find.

// CHECK-LABEL: func.func @known.inverse(
// CHECK-SAME:    %[[K:.+]]: tensor<3xf32>, %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[E:.+]] = stablehlo.exponential %[[K]]
// CHECK:         %[[P:.+]] = invhlo.primitive 0(%[[K]]) = %[[E]]
// CHECK:         stablehlo.subtract %[[Y]], %[[P]]
func.func @known(%k: tensor<3xf32>, %x: tensor<3xf32> {invhlo.unknown})
    -> tensor<3xf32> {
  %e = stablehlo.exponential %k : tensor<3xf32>
  %p = invhlo.primitive 0(%k) = %e : (tensor<3xf32>) -> tensor<3xf32>
  %y = stablehlo.add %x, %p : tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// Pieces pass, to the result of the same number.

// CHECK-LABEL: func.func @pieces.inverse(
// CHECK-SAME:    %[[A:.+]]: tensor<1xf32>, %[[B:.+]]: tensor<2xf32>, %[[C:.+]]: tensor<2xf32>)
// CHECK:         stablehlo.concatenate %[[A]], %[[B]]
// CHECK:         return {{.+}}, %[[C]]
func.func @pieces(%x: tensor<3xf32>, %y: tensor<2xf32>)
    -> (tensor<1xf32>, tensor<2xf32>, tensor<2xf32>) {
  %p:2 = invhlo.primitive 0(%y) = %x, %y
    : (tensor<2xf32>) -> (tensor<3xf32>, tensor<2xf32>)
  %a = stablehlo.slice %p#0 [0:1] : (tensor<3xf32>) -> tensor<1xf32>
  %b = stablehlo.slice %p#0 [1:3] : (tensor<3xf32>) -> tensor<2xf32>
  return %a, %b, %p#1 : tensor<1xf32>, tensor<2xf32>, tensor<2xf32>
}
