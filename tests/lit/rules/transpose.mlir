// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse -split-input-file | FileCheck %s

// By the inverse permutation, the shares with the values.

// CHECK-LABEL: func.func @cycle.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<4x2x3xf32>)
// CHECK:         %[[EXPONENTIAL:.+]] = stablehlo.exponential %[[Y]] : tensor<4x2x3xf32>
// CHECK:         %[[TRANSPOSE:.+]] = stablehlo.transpose %[[EXPONENTIAL]], dims = [1, 2, 0] : (tensor<4x2x3xf32>) -> tensor<2x3x4xf32>
// CHECK:         %[[TRANSPOSE2:.+]] = stablehlo.transpose %[[Y]], dims = [1, 2, 0] : (tensor<4x2x3xf32>) -> tensor<2x3x4xf32>
// CHECK:         return %[[TRANSPOSE]], %[[TRANSPOSE2]] : tensor<2x3x4xf32>, tensor<2x3x4xf32>
func.func @cycle(%x: tensor<2x3x4xf32>) -> tensor<4x2x3xf32> {
  %t = stablehlo.transpose %x, dims = [2, 0, 1] : (tensor<2x3x4xf32>) -> tensor<4x2x3xf32>
  %y = stablehlo.log %t : tensor<4x2x3xf32>
  return %y : tensor<4x2x3xf32>
}

// -----

// A piece goes back as the piece it came from, and forward again.
// CHECK-LABEL: func.func @pieces.inverse(
// CHECK-SAME:    %[[A:.+]]: tensor<1x2xf32>, %[[B:.+]]: tensor<2x2xf32>)
// CHECK:         %[[TRANSPOSE:.+]] = stablehlo.transpose %[[A]], dims = [1, 0] : (tensor<1x2xf32>) -> tensor<2x1xf32>
// CHECK:         %[[B2:.+]] = stablehlo.broadcast_in_dim %[[TRANSPOSE]], dims = [0, 1] : (tensor<2x1xf32>) -> tensor<2x2xf32>
// CHECK:         %[[SUBTRACT:.+]] = stablehlo.subtract %[[B]], %[[B2]] : tensor<2x2xf32>
// CHECK:         %[[CONCATENATE:.+]] = stablehlo.concatenate %[[A]], %[[SUBTRACT]], dim = 0 : (tensor<1x2xf32>, tensor<2x2xf32>) -> tensor<3x2xf32>
// CHECK:         %[[TRANSPOSE2:.+]] = stablehlo.transpose %[[CONCATENATE]], dims = [1, 0] : (tensor<3x2xf32>) -> tensor<2x3xf32>
// CHECK:         %[[SLICE:.+]] = stablehlo.slice %[[TRANSPOSE2]] [0:2, 1:3] : (tensor<2x3xf32>) -> tensor<2x2xf32>
// CHECK:         %[[CONCATENATE2:.+]] = stablehlo.concatenate %[[TRANSPOSE]], %[[SLICE]], dim = 1 : (tensor<2x1xf32>, tensor<2x2xf32>) -> tensor<2x3xf32>
// CHECK:         %[[C:.+]] = stablehlo.constant dense<0.000000e+00> : tensor<2x3xf32>
// CHECK:         return %[[CONCATENATE2]], %[[C]] : tensor<2x3xf32>, tensor<2x3xf32>
func.func @pieces(%x: tensor<2x3xf32>) -> (tensor<1x2xf32>, tensor<2x2xf32>) {
  %t = stablehlo.transpose %x, dims = [1, 0] : (tensor<2x3xf32>) -> tensor<3x2xf32>
  %a = stablehlo.slice %t [0:1, 0:2] : (tensor<3x2xf32>) -> tensor<1x2xf32>
  %r = stablehlo.slice %t [1:3, 0:2] : (tensor<3x2xf32>) -> tensor<2x2xf32>
  %h = stablehlo.slice %x [0:2, 0:1] : (tensor<2x3xf32>) -> tensor<2x1xf32>
  %k = stablehlo.broadcast_in_dim %h, dims = [0, 1] : (tensor<2x1xf32>) -> tensor<2x2xf32>
  %b = stablehlo.add %r, %k : tensor<2x2xf32>
  return %a, %b : tensor<1x2xf32>, tensor<2x2xf32>
}
