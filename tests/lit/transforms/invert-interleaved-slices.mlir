// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert -cse -split-input-file | FileCheck %s

// Even and odd rows interleave.

// CHECK-LABEL: func.func @even_and_odd.inverse(
// CHECK-SAME:    %[[Z:.+]]: tensor<3x2xf32>, %[[EVEN:.+]]: tensor<3x2xf32>)
// CHECK:         %[[ODD:.+]] = stablehlo.subtract %[[Z]], %[[EVEN]]
// CHECK-DAG:     %[[EVEN_ROWS:.+]] = stablehlo.reshape %[[EVEN]]
// CHECK-DAG:     %[[ODD_ROWS:.+]] = stablehlo.reshape %[[ODD]]
// CHECK:         %[[PAIRS:.+]] = stablehlo.concatenate %[[EVEN_ROWS]], %[[ODD_ROWS]], dim = 1 : (tensor<3x1x2xf32>, tensor<3x1x2xf32>)
// CHECK:         %[[X:.+]] = stablehlo.reshape %[[PAIRS]]
// CHECK:         return %[[X]]
func.func @even_and_odd(%x: tensor<6x2xf32>) -> (tensor<3x2xf32>, tensor<3x2xf32>) {
  %even = stablehlo.slice %x [0:6:2, 0:2] : (tensor<6x2xf32>) -> tensor<3x2xf32>
  %odd = stablehlo.slice %x [1:6:2, 0:2] : (tensor<6x2xf32>) -> tensor<3x2xf32>
  %z = stablehlo.add %odd, %even : tensor<3x2xf32>
  return %z, %even : tensor<3x2xf32>, tensor<3x2xf32>
}

// -----

// Combs of unequal length: the last index is left over.

// CHECK-LABEL: func.func @uneven.inverse(
// CHECK-SAME:    %[[EVEN:.+]]: tensor<3xf32>, %[[ODD:.+]]: tensor<2xf32>)
// CHECK-DAG:     %[[EVEN_SPREAD:.+]] = stablehlo.pad %[[EVEN]], %{{.+}}, low = [0], high = [0], interior = [1]
// CHECK-DAG:     %[[ODD_SPREAD:.+]] = stablehlo.pad %[[ODD]], %{{.+}}, low = [1], high = [1], interior = [1]
// CHECK-DAG:     %[[AT_ODD:.+]] = stablehlo.constant dense<[false, true, false, true, false]>
// CHECK:         %[[X:.+]] = stablehlo.select %[[AT_ODD]], %[[ODD_SPREAD]], %[[EVEN_SPREAD]]
// CHECK:         return %[[X]]
func.func @uneven(%x: tensor<5xf32>) -> (tensor<3xf32>, tensor<2xf32>) {
  %even = stablehlo.slice %x [0:5:2] : (tensor<5xf32>) -> tensor<3xf32>
  %odd = stablehlo.slice %x [1:5:2] : (tensor<5xf32>) -> tensor<2xf32>
  return %even, %odd : tensor<3xf32>, tensor<2xf32>
}
