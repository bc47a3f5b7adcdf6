// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=total" -invhlo-lower-shares -cse -split-input-file | FileCheck %s

// The sum of all shares, in the widest type.

// CHECK-LABEL: func.func @two.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<2xf32>, %[[Z:.+]]: tensor<3xf64>)
// CHECK-DAG:     %[[OF_Z:.+]] = stablehlo.reduce(%[[Z]] {{.+}} applies stablehlo.add across dimensions = [0]
// CHECK-DAG:     %[[OF_Y:.+]] = stablehlo.reduce(%[[Y]] {{.+}} applies stablehlo.add across dimensions = [0]
// CHECK:         %[[WIDE:.+]] = stablehlo.convert %[[OF_Y]] : (tensor<f32>) -> tensor<f64>
// CHECK:         %[[TOTAL:.+]] = stablehlo.add %[[OF_Z]], %[[WIDE]]
// CHECK:         return %{{.+}}, %{{.+}}, %[[TOTAL]]
func.func @two(%a: tensor<2xf32>, %b: tensor<3xf64>) -> (tensor<2xf32>, tensor<3xf64>) {
  %y = stablehlo.log %a : tensor<2xf32>
  %z = stablehlo.log %b : tensor<3xf64>
  return %y, %z : tensor<2xf32>, tensor<3xf64>
}

// -----

// What only moves has a log-det of zero.

// CHECK-LABEL: func.func @moves.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3x2xf32>)
// CHECK:         %[[X:.+]] = stablehlo.transpose %[[Y]], dims = [1, 0]
// CHECK:         %[[ZERO:.+]] = stablehlo.constant dense<0.000000e+00> : tensor<f32>
// CHECK:         return %[[X]], %[[ZERO]]
func.func @moves(%x: tensor<2x3xf32>) -> tensor<3x2xf32> {
  %y = stablehlo.transpose %x, dims = [1, 0] : (tensor<2x3xf32>) -> tensor<3x2xf32>
  return %y : tensor<3x2xf32>
}

// -----

// Known arguments have no share: -log|k| enters once.

// CHECK-LABEL: func.func @known.inverse(
// CHECK-SAME:    %[[K:.+]]: tensor<2xf32>, %{{.+}}: tensor<2xf32>, %[[Y:.+]]: tensor<2xf32>)
// CHECK:         %[[X:.+]] = stablehlo.divide %[[Y]], %[[K]]
// CHECK:         %[[ABS:.+]] = stablehlo.abs %[[K]]
// CHECK:         %[[LOG:.+]] = stablehlo.log %[[ABS]]
// CHECK:         %[[SUM:.+]] = stablehlo.reduce(%[[LOG]] {{.+}} applies stablehlo.add across dimensions = [0]
// CHECK-NOT:     stablehlo.reduce
// CHECK:         %[[TOTAL:.+]] = stablehlo.subtract %{{.+}}, %[[SUM]]
// CHECK:         return %[[X]], %[[TOTAL]]
func.func @known(%k: tensor<2xf32>, %x: tensor<2xf32> {invhlo.unknown})
    -> (tensor<2xf32>, tensor<2xf32>) {
  %y = stablehlo.multiply %x, %k : tensor<2xf32>
  return %k, %y : tensor<2xf32>, tensor<2xf32>
}

// -----

// Terms that come from different products are reduced one by one: to add them
// up first would read and write them once more. What is computed from the same
// values is read together.

// CHECK-LABEL: func.func @layers.inverse(
// CHECK-SAME:    %[[K:.+]]: tensor<3xf32>, %[[W:.+]]: tensor<3x3xf32>, %{{.+}}: tensor<3xf32>)
// CHECK-DAG:     %[[S:.+]] = stablehlo.dot_general %[[K]], %[[W]]
// CHECK-DAG:     %[[T:.+]] = stablehlo.dot_general %[[W]], %[[K]]
// CHECK-DAG:     %[[ABS_S:.+]] = stablehlo.abs %[[S]]
// CHECK-DAG:     %[[ABS_T:.+]] = stablehlo.abs %[[T]]
// CHECK-DAG:     %[[LOG_S:.+]] = stablehlo.log %[[ABS_S]]
// CHECK-DAG:     %[[LOG_T:.+]] = stablehlo.log %[[ABS_T]]
// CHECK:         %[[SUM_S:.+]] = stablehlo.reduce(%[[LOG_S]] {{.+}} across dimensions = [0]
// CHECK:         %[[REST:.+]] = stablehlo.subtract %{{.+}}, %[[SUM_S]]
// CHECK:         %[[SUM_T:.+]] = stablehlo.reduce(%[[LOG_T]] {{.+}} across dimensions = [0]
// CHECK:         %[[TOTAL:.+]] = stablehlo.subtract %[[REST]], %[[SUM_T]]
// CHECK-NEXT:    return %{{.+}}, %[[TOTAL]]
func.func @layers(%k: tensor<3xf32>, %w: tensor<3x3xf32>,
                  %x: tensor<3xf32> {invhlo.unknown}) -> tensor<3xf32> {
  %t = stablehlo.dot_general %w, %k, contracting_dims = [1] x [0]
    : (tensor<3x3xf32>, tensor<3xf32>) -> tensor<3xf32>
  %z = stablehlo.multiply %x, %t : tensor<3xf32>
  %s = stablehlo.dot_general %k, %w, contracting_dims = [0] x [0]
    : (tensor<3xf32>, tensor<3x3xf32>) -> tensor<3xf32>
  %y = stablehlo.multiply %z, %s : tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// What is computed elementwise is summed once.

// CHECK-LABEL: func.func @chain.inverse(
// CHECK-COUNT-1: stablehlo.reduce(
// CHECK-NOT:     stablehlo.reduce(
// CHECK:         return
func.func @chain(%x: tensor<3xf32>) -> tensor<3xf32> {
  %a = stablehlo.exponential %x : tensor<3xf32>
  %b = stablehlo.tanh %a : tensor<3xf32>
  %c = chlo.sinh %b : tensor<3xf32> -> tensor<3xf32>
  return %c : tensor<3xf32>
}
