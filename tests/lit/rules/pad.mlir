// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse -split-input-file | FileCheck %s

// The elements of the operand are a box of the result.

// CHECK-LABEL: func.func @interior.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<8xf32>)
// CHECK:         %[[FIRST:.+]] = stablehlo.slice %[[Y]] [1:4:2]
// CHECK:         %[[LAST:.+]] = stablehlo.slice %[[Y]] [5:6]
// CHECK:         %[[COLUMN:.+]] = stablehlo.reshape %[[FIRST]]
// CHECK:         stablehlo.concatenate %[[COLUMN]], %{{.+}}, dim = 1
// CHECK:         %[[PADDED:.+]] = stablehlo.concatenate %{{.+}}, %{{.+}}, %[[LAST]], %{{.+}}, dim = 0
// CHECK:         %[[X:.+]] = stablehlo.slice %[[PADDED]] [1:6:2]
// CHECK:         %[[ZERO:.+]] = stablehlo.constant dense<0.000000e+00> : tensor<3xf32>
// CHECK:         return %[[X]], %[[ZERO]]
func.func @interior(%x: tensor<3xf32>) -> tensor<8xf32> {
  %zero = stablehlo.constant dense<0.0> : tensor<f32>
  %y = stablehlo.pad %x, %zero, low = [1], high = [2], interior = [1] : (tensor<3xf32>, tensor<f32>) -> tensor<8xf32>
  return %y : tensor<8xf32>
}

// -----

// What a negative edge cuts off comes from elsewhere.

// CHECK-LABEL: func.func @negative.inverse(
// CHECK-SAME:    %[[A:.+]]: tensor<2xf32>, %[[B:.+]]: tensor<2xf32>)
// CHECK-DAG:     %[[INNER:.+]] = stablehlo.pad %[[A]], %{{.+}}, low = [1], high = [1], interior = [0]
// CHECK-DAG:     %[[EDGES:.+]] = stablehlo.pad %[[B]], %{{.+}}, low = [0], high = [0], interior = [2]
// CHECK-DAG:     %[[AT_EDGES:.+]] = stablehlo.constant dense<[true, false, false, true]>
// CHECK:         %[[X:.+]] = stablehlo.select %[[AT_EDGES]], %[[EDGES]], %[[INNER]]
// CHECK:         return %[[X]],
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
// CHECK:         %[[PADDING:.+]] = stablehlo.broadcast_in_dim %{{.+}}, dims = []
// CHECK:         %[[LEFT_Y:.+]] = stablehlo.slice %[[Y]] [0:2]
// CHECK:         %[[LEFT:.+]] = stablehlo.subtract %[[LEFT_Y]], %[[PADDING]]
// CHECK:         %[[PADDED:.+]] = stablehlo.pad %[[LEFT]], %{{.+}}, low = [2], high = [0], interior = [0]
// CHECK:         %[[SHIFT:.+]] = stablehlo.slice %[[PADDED]] [2:4]
// CHECK:         %[[ADDED:.+]] = stablehlo.concatenate %[[PADDING]], %[[SHIFT]], dim = 0
// CHECK:         %[[BOTH:.+]] = stablehlo.subtract %[[Y]], %[[ADDED]]
// CHECK:         %[[RIGHT:.+]] = stablehlo.slice %[[BOTH]] [2:4]
// CHECK:         %[[X:.+]] = stablehlo.concatenate %[[LEFT]], %[[RIGHT]], dim = 0
// CHECK:         return %[[X]],
func.func @padding(%x: tensor<4xf32>) -> tensor<4xf32> {
  %zero = stablehlo.constant dense<0.0> : tensor<f32>
  %a = stablehlo.slice %x [0:2] : (tensor<4xf32>) -> tensor<2xf32>
  %p = stablehlo.pad %a, %zero, low = [2], high = [0], interior = [0] : (tensor<2xf32>, tensor<f32>) -> tensor<4xf32>
  %y = stablehlo.add %x, %p : tensor<4xf32>
  return %y : tensor<4xf32>
}
