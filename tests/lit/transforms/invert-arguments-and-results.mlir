// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert -cse -split-input-file | FileCheck %s

// A result that is returned twice is taken once.

// CHECK-LABEL: func.func @duplicated.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<2xf32>, %{{.+}}: tensor<2xf32>)
// CHECK-NEXT:    %[[X:.+]] = stablehlo.negate %[[Y]]
// CHECK-NEXT:    return %[[X]]
func.func @duplicated(%x: tensor<2xf32>) -> (tensor<2xf32>, tensor<2xf32>) {
  %y = stablehlo.negate %x : tensor<2xf32>
  return %y, %y : tensor<2xf32>, tensor<2xf32>
}

// -----

// A known argument that is returned is not solved for.

// CHECK-LABEL: func.func @known.inverse(
// CHECK-SAME:    %[[K:.+]]: tensor<2xf32>, %[[Y:.+]]: tensor<2xf32>, %{{.+}}: tensor<2xf32>)
// CHECK-NEXT:    %[[X:.+]] = stablehlo.add %[[Y]], %[[K]]
// CHECK-NEXT:    return %[[X]] : tensor<2xf32>
func.func @known(%k: tensor<2xf32>, %x: tensor<2xf32> {invhlo.unknown})
    -> (tensor<2xf32>, tensor<2xf32>) {
  %y = stablehlo.subtract %x, %k : tensor<2xf32>
  return %y, %k : tensor<2xf32>, tensor<2xf32>
}

// -----

// A known argument without use stays an argument.

// CHECK-LABEL: func.func @unused.inverse(
// CHECK-SAME:    %{{.+}}: tensor<2xf32>, %[[X:.+]]: tensor<2xf32>)
// CHECK-NEXT:    return %[[X]]
func.func @unused(%k: tensor<2xf32>, %x: tensor<2xf32> {invhlo.unknown}) -> tensor<2xf32> {
  return %x : tensor<2xf32>
}

// -----

// Results that depend on known arguments only cost nothing.

// CHECK-LABEL: func.func @of_known.inverse(
// CHECK-SAME:    %[[K:.+]]: tensor<2xf32>, %{{.+}}: tensor<2xf32>, %[[Y:.+]]: tensor<2xf32>)
// CHECK-NEXT:    %[[Z:.+]] = stablehlo.sine %[[K]]
// CHECK-NEXT:    %[[X:.+]] = stablehlo.subtract %[[Y]], %[[Z]]
// CHECK-NEXT:    return %[[X]]
func.func @of_known(%k: tensor<2xf32>, %x: tensor<2xf32> {invhlo.unknown})
    -> (tensor<2xf32>, tensor<2xf32>) {
  %z = stablehlo.sine %k : tensor<2xf32>
  %y = stablehlo.add %x, %z : tensor<2xf32>
  return %z, %y : tensor<2xf32>, tensor<2xf32>
}
