// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert -cse -split-input-file | FileCheck %s

// A result that is returned twice is taken once.
// CHECK-LABEL: func.func @duplicated.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<2xf32>, %[[Y2:.+]]: tensor<2xf32>)
// CHECK:         %[[NEGATE:.+]] = stablehlo.negate %[[Y]] : tensor<2xf32>
// CHECK:         return %[[NEGATE]] : tensor<2xf32>
func.func @duplicated(%x: tensor<2xf32>) -> (tensor<2xf32>, tensor<2xf32>) {
  %y = stablehlo.negate %x : tensor<2xf32>
  return %y, %y : tensor<2xf32>, tensor<2xf32>
}

// -----

// A known argument that is returned is not solved for.
// CHECK-LABEL: func.func @known.inverse(
// CHECK-SAME:    %[[K:.+]]: tensor<2xf32>, %[[Y:.+]]: tensor<2xf32>, %[[K2:.+]]: tensor<2xf32>)
// CHECK:         %[[ADD:.+]] = stablehlo.add %[[Y]], %[[K]] : tensor<2xf32>
// CHECK:         return %[[ADD]] : tensor<2xf32>
func.func @known(%k: tensor<2xf32>, %x: tensor<2xf32> {invhlo.unknown})
    -> (tensor<2xf32>, tensor<2xf32>) {
  %y = stablehlo.subtract %x, %k : tensor<2xf32>
  return %y, %k : tensor<2xf32>, tensor<2xf32>
}

// -----

// A known argument without use stays an argument.
// CHECK-LABEL: func.func @unused.inverse(
// CHECK-SAME:    %[[K:.+]]: tensor<2xf32>, %[[X:.+]]: tensor<2xf32>)
// CHECK:         return %[[X]] : tensor<2xf32>
func.func @unused(%k: tensor<2xf32>, %x: tensor<2xf32> {invhlo.unknown}) -> tensor<2xf32> {
  return %x : tensor<2xf32>
}

// -----

// Results that depend on known arguments only cost nothing.
// CHECK-LABEL: func.func @of_known.inverse(
// CHECK-SAME:    %[[K:.+]]: tensor<2xf32>, %[[Z:.+]]: tensor<2xf32>, %[[Y:.+]]: tensor<2xf32>)
// CHECK:         %[[SINE:.+]] = stablehlo.sine %[[K]] : tensor<2xf32>
// CHECK:         %[[SUBTRACT:.+]] = stablehlo.subtract %[[Y]], %[[SINE]] : tensor<2xf32>
// CHECK:         return %[[SUBTRACT]] : tensor<2xf32>
func.func @of_known(%k: tensor<2xf32>, %x: tensor<2xf32> {invhlo.unknown})
    -> (tensor<2xf32>, tensor<2xf32>) {
  %z = stablehlo.sine %k : tensor<2xf32>
  %y = stablehlo.add %x, %z : tensor<2xf32>
  return %z, %y : tensor<2xf32>, tensor<2xf32>
}
