// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse -split-input-file | FileCheck %s

// The elements of the operand are a box of the result.

// CHECK-LABEL: func.func @interior.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<8xf32>)
// CHECK:         %[[C:.+]] = stablehlo.constant dense<0.000000e+00> : tensor<f32>
// CHECK:         %[[B:.+]] = stablehlo.broadcast_in_dim %[[C]], dims = [] : (tensor<f32>) -> tensor<1xf32>
// CHECK:         %[[B2:.+]] = stablehlo.broadcast_in_dim %[[C]], dims = [] : (tensor<f32>) -> tensor<2xf32>
// CHECK:         %[[SLICE:.+]] = stablehlo.slice %[[Y]] [1:4:2] : (tensor<8xf32>) -> tensor<2xf32>
// CHECK:         %[[SLICE2:.+]] = stablehlo.slice %[[Y]] [5:6] : (tensor<8xf32>) -> tensor<1xf32>
// CHECK:         %[[RESHAPE:.+]] = stablehlo.reshape %[[SLICE]] : (tensor<2xf32>) -> tensor<2x1xf32>
// CHECK:         %[[RESHAPE2:.+]] = stablehlo.reshape %[[B2]] : (tensor<2xf32>) -> tensor<2x1xf32>
// CHECK:         %[[CONCATENATE:.+]] = stablehlo.concatenate %[[RESHAPE]], %[[RESHAPE2]], dim = 1 : (tensor<2x1xf32>, tensor<2x1xf32>) -> tensor<2x2xf32>
// CHECK:         %[[RESHAPE3:.+]] = stablehlo.reshape %[[CONCATENATE]] : (tensor<2x2xf32>) -> tensor<4xf32>
// CHECK:         %[[CONCATENATE2:.+]] = stablehlo.concatenate %[[B]], %[[RESHAPE3]], %[[SLICE2]], %[[B2]], dim = 0 : (tensor<1xf32>, tensor<4xf32>, tensor<1xf32>, tensor<2xf32>) -> tensor<8xf32>
// CHECK:         %[[SLICE3:.+]] = stablehlo.slice %[[CONCATENATE2]] [1:6:2] : (tensor<8xf32>) -> tensor<3xf32>
// CHECK:         %[[C2:.+]] = stablehlo.constant dense<0.000000e+00> : tensor<3xf32>
// CHECK:         return %[[SLICE3]], %[[C2]] : tensor<3xf32>, tensor<3xf32>
func.func @interior(%x: tensor<3xf32>) -> tensor<8xf32> {
  %zero = stablehlo.constant dense<0.0> : tensor<f32>
  %y = stablehlo.pad %x, %zero, low = [1], high = [2], interior = [1] : (tensor<3xf32>, tensor<f32>) -> tensor<8xf32>
  return %y : tensor<8xf32>
}

// -----

// What a negative edge cuts off comes from elsewhere.
// CHECK-LABEL: func.func @negative.inverse(
// CHECK-SAME:    %[[A:.+]]: tensor<2xf32>, %[[B:.+]]: tensor<2xf32>)
// CHECK:         %[[C:.+]] = stablehlo.constant dense<0.000000e+00> : tensor<f32>
// CHECK:         %[[PAD:.+]] = stablehlo.pad %[[A]], %[[C]], low = [1], high = [1], interior = [0] : (tensor<2xf32>, tensor<f32>) -> tensor<4xf32>
// CHECK:         %[[C2:.+]] = stablehlo.constant dense<[true, false, false, true]> : tensor<4xi1>
// CHECK:         %[[PAD2:.+]] = stablehlo.pad %[[B]], %[[C]], low = [0], high = [0], interior = [2] : (tensor<2xf32>, tensor<f32>) -> tensor<4xf32>
// CHECK:         %[[SELECT:.+]] = stablehlo.select %[[C2]], %[[PAD2]], %[[PAD]] : tensor<4xi1>, tensor<4xf32>
// CHECK:         %[[C3:.+]] = stablehlo.constant dense<0.000000e+00> : tensor<4xf32>
// CHECK:         return %[[SELECT]], %[[C3]] : tensor<4xf32>, tensor<4xf32>
func.func @negative(%x: tensor<4xf32>) -> (tensor<2xf32>, tensor<2xf32>) {
  %zero = stablehlo.constant dense<0.0> : tensor<f32>
  %a = stablehlo.pad %x, %zero, low = [-1], high = [-1], interior = [0] : (tensor<4xf32>, tensor<f32>) -> tensor<2xf32>
  %b = stablehlo.slice %x [0:4:3] : (tensor<4xf32>) -> tensor<2xf32>
  return %a, %b : tensor<2xf32>, tensor<2xf32>
}

// -----

// The padding is known before anything else: here, half of what is added.
// CHECK-LABEL: func.func @padding.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<4xf32>)
// CHECK:         %[[C:.+]] = stablehlo.constant dense<0.000000e+00> : tensor<f32>
// CHECK:         %[[B:.+]] = stablehlo.broadcast_in_dim %[[C]], dims = [] : (tensor<f32>) -> tensor<2xf32>
// CHECK:         %[[SLICE:.+]] = stablehlo.slice %[[Y]] [0:2] : (tensor<4xf32>) -> tensor<2xf32>
// CHECK:         %[[SUBTRACT:.+]] = stablehlo.subtract %[[SLICE]], %[[B]] : tensor<2xf32>
// CHECK:         %[[PAD:.+]] = stablehlo.pad %[[SUBTRACT]], %[[C]], low = [2], high = [0], interior = [0] : (tensor<2xf32>, tensor<f32>) -> tensor<4xf32>
// CHECK:         %[[SLICE2:.+]] = stablehlo.slice %[[PAD]] [2:4] : (tensor<4xf32>) -> tensor<2xf32>
// CHECK:         %[[CONCATENATE:.+]] = stablehlo.concatenate %[[B]], %[[SLICE2]], dim = 0 : (tensor<2xf32>, tensor<2xf32>) -> tensor<4xf32>
// CHECK:         %[[SUBTRACT2:.+]] = stablehlo.subtract %[[Y]], %[[CONCATENATE]] : tensor<4xf32>
// CHECK:         %[[SLICE3:.+]] = stablehlo.slice %[[SUBTRACT2]] [2:4] : (tensor<4xf32>) -> tensor<2xf32>
// CHECK:         %[[CONCATENATE2:.+]] = stablehlo.concatenate %[[SUBTRACT]], %[[SLICE3]], dim = 0 : (tensor<2xf32>, tensor<2xf32>) -> tensor<4xf32>
// CHECK:         %[[C2:.+]] = stablehlo.constant dense<0.000000e+00> : tensor<4xf32>
// CHECK:         return %[[CONCATENATE2]], %[[C2]] : tensor<4xf32>, tensor<4xf32>
func.func @padding(%x: tensor<4xf32>) -> tensor<4xf32> {
  %zero = stablehlo.constant dense<0.0> : tensor<f32>
  %a = stablehlo.slice %x [0:2] : (tensor<4xf32>) -> tensor<2xf32>
  %p = stablehlo.pad %a, %zero, low = [2], high = [0], interior = [0] : (tensor<2xf32>, tensor<f32>) -> tensor<4xf32>
  %y = stablehlo.add %x, %p : tensor<4xf32>
  return %y : tensor<4xf32>
}
