// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse -split-input-file | FileCheck %s

// Back to the shape of the operand.

// CHECK-LABEL: func.func @flat.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<6xf32>)
// CHECK:         %[[EXPONENTIAL:.+]] = stablehlo.exponential %[[Y]] : tensor<6xf32>
// CHECK:         %[[RESHAPE:.+]] = stablehlo.reshape %[[EXPONENTIAL]] : (tensor<6xf32>) -> tensor<2x3xf32>
// CHECK:         %[[RESHAPE2:.+]] = stablehlo.reshape %[[Y]] : (tensor<6xf32>) -> tensor<2x3xf32>
// CHECK:         return %[[RESHAPE]], %[[RESHAPE2]] : tensor<2x3xf32>, tensor<2x3xf32>
func.func @flat(%x: tensor<2x3xf32>) -> tensor<6xf32> {
  %f = stablehlo.reshape %x : (tensor<2x3xf32>) -> tensor<6xf32>
  %y = stablehlo.log %f : tensor<6xf32>
  return %y : tensor<6xf32>
}

// -----

// Even rows of pairs are two boxes of the matrix.
// CHECK-LABEL: func.func @pieces.inverse(
// CHECK-SAME:    %[[A:.+]]: tensor<4x2xf32>, %[[B:.+]]: tensor<4x2xf32>)
// CHECK:         %[[RESHAPE:.+]] = stablehlo.reshape %[[A]] : (tensor<4x2xf32>) -> tensor<4x1x2xf32>
// CHECK:         %[[RESHAPE2:.+]] = stablehlo.reshape %[[B]] : (tensor<4x2xf32>) -> tensor<4x1x2xf32>
// CHECK:         %[[CONCATENATE:.+]] = stablehlo.concatenate %[[RESHAPE]], %[[RESHAPE2]], dim = 1 : (tensor<4x1x2xf32>, tensor<4x1x2xf32>) -> tensor<4x2x2xf32>
// CHECK:         %[[RESHAPE3:.+]] = stablehlo.reshape %[[CONCATENATE]] : (tensor<4x2x2xf32>) -> tensor<8x2xf32>
// CHECK:         %[[RESHAPE4:.+]] = stablehlo.reshape %[[RESHAPE3]] : (tensor<8x2xf32>) -> tensor<4x4xf32>
// CHECK:         %[[C:.+]] = stablehlo.constant dense<0.000000e+00> : tensor<4x4xf32>
// CHECK:         return %[[RESHAPE4]], %[[C]] : tensor<4x4xf32>, tensor<4x4xf32>
func.func @pieces(%x: tensor<4x4xf32>) -> (tensor<4x2xf32>, tensor<4x2xf32>) {
  %f = stablehlo.reshape %x : (tensor<4x4xf32>) -> tensor<8x2xf32>
  %a = stablehlo.slice %f [0:8:2, 0:2] : (tensor<8x2xf32>) -> tensor<4x2xf32>
  %b = stablehlo.slice %f [1:8:2, 0:2] : (tensor<8x2xf32>) -> tensor<4x2xf32>
  return %a, %b : tensor<4x2xf32>, tensor<4x2xf32>
}

// -----

// What is no box on the other side is a mask there.
// CHECK-LABEL: func.func @mask.inverse(
// CHECK-SAME:    %[[A:.+]]: tensor<4xf32>, %[[B:.+]]: tensor<2xf32>)
// CHECK:         %[[C:.+]] = stablehlo.constant dense<0.000000e+00> : tensor<f32>
// CHECK:         %[[PAD:.+]] = stablehlo.pad %[[A]], %[[C]], low = [0], high = [2], interior = [0] : (tensor<4xf32>, tensor<f32>) -> tensor<6xf32>
// CHECK:         %[[RESHAPE:.+]] = stablehlo.reshape %[[PAD]] : (tensor<6xf32>) -> tensor<2x3xf32>
// CHECK:         %[[SLICE:.+]] = stablehlo.slice %[[RESHAPE]] [0:2, 0:1] : (tensor<2x3xf32>) -> tensor<2x1xf32>
// CHECK:         %[[RESHAPE2:.+]] = stablehlo.reshape %[[SLICE]] : (tensor<2x1xf32>) -> tensor<2xf32>
// CHECK:         %[[SUBTRACT:.+]] = stablehlo.subtract %[[B]], %[[RESHAPE2]] : tensor<2xf32>
// CHECK:         %[[CONCATENATE:.+]] = stablehlo.concatenate %[[A]], %[[SUBTRACT]], dim = 0 : (tensor<4xf32>, tensor<2xf32>) -> tensor<6xf32>
// CHECK:         %[[RESHAPE3:.+]] = stablehlo.reshape %[[CONCATENATE]] : (tensor<6xf32>) -> tensor<2x3xf32>
// CHECK:         %[[C2:.+]] = stablehlo.constant dense<{{\[\[}}false, false, false], [false, true, true]]> : tensor<2x3xi1>
// CHECK:         %[[SELECT:.+]] = stablehlo.select %[[C2]], %[[RESHAPE3]], %[[RESHAPE]] : tensor<2x3xi1>, tensor<2x3xf32>
// CHECK:         %[[C3:.+]] = stablehlo.constant dense<0.000000e+00> : tensor<2x3xf32>
// CHECK:         return %[[SELECT]], %[[C3]] : tensor<2x3xf32>, tensor<2x3xf32>
func.func @mask(%x: tensor<2x3xf32>) -> (tensor<4xf32>, tensor<2xf32>) {
  %f = stablehlo.reshape %x : (tensor<2x3xf32>) -> tensor<6xf32>
  %a = stablehlo.slice %f [0:4] : (tensor<6xf32>) -> tensor<4xf32>
  %r = stablehlo.slice %f [4:6] : (tensor<6xf32>) -> tensor<2xf32>
  %h = stablehlo.slice %x [0:2, 0:1] : (tensor<2x3xf32>) -> tensor<2x1xf32>
  %k = stablehlo.reshape %h : (tensor<2x1xf32>) -> tensor<2xf32>
  %b = stablehlo.add %r, %k : tensor<2xf32>
  return %a, %b : tensor<4xf32>, tensor<2xf32>
}
