// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -invhlo-lower-idioms -cse -split-input-file | FileCheck %s

// y = (a x^2 + b x + c) / (p x^2 + q x + r): with A = a - p y, B = b - q y and
// C = c - r y, and S the root of B^2 - 4 A C, x is 2 C / (-B - S), or, for B < 0,
// (-B + S) / (2 A), and log|dx/dy| = log|p x^2 + q x + r| - log S.

// CHECK-LABEL: func.func @quadratic.inverse(
// CHECK-SAME:    %[[A:[^:]+]]: tensor<3xf32>, %[[B:[^:]+]]: tensor<3xf32>, %[[C:[^:]+]]: tensor<3xf32>, %[[P:[^:]+]]: tensor<3xf32>, %[[Q:[^:]+]]: tensor<3xf32>, %[[R:[^:]+]]: tensor<3xf32>, %[[Y:.+]]: tensor<3xf32>)
// CHECK-DAG:     %[[PY:.+]] = stablehlo.multiply %[[P]], %[[Y]]
// CHECK-DAG:     %[[QY:.+]] = stablehlo.multiply %[[Q]], %[[Y]]
// CHECK-DAG:     %[[RY:.+]] = stablehlo.multiply %[[R]], %[[Y]]
// CHECK-DAG:     %[[AY:.+]] = stablehlo.subtract %[[A]], %[[PY]]
// CHECK-DAG:     %[[BY:.+]] = stablehlo.subtract %[[B]], %[[QY]]
// CHECK-DAG:     %[[CY:.+]] = stablehlo.subtract %[[C]], %[[RY]]
// CHECK-DAG:     %[[SQUARE:.+]] = stablehlo.multiply %[[BY]], %[[BY]]
// CHECK-DAG:     stablehlo.multiply %[[AY]], %[[CY]]
// CHECK:         %[[RADICAND:.+]] = stablehlo.subtract %[[SQUARE]], %
// CHECK:         stablehlo.sqrt
// CHECK:         %[[ROOT:.+]] = stablehlo.divide
// CHECK:         %[[X:.+]] = stablehlo.select %{{.+}}, %{{.+}}, %[[ROOT]]
// CHECK:         %[[PX:.+]] = stablehlo.multiply %[[P]], %[[X]]
// CHECK:         return %[[X]], %
func.func @quadratic(%a: tensor<3xf32>, %b: tensor<3xf32>, %c: tensor<3xf32>, %p: tensor<3xf32>, %q: tensor<3xf32>, %r: tensor<3xf32>, %x: tensor<3xf32> {invhlo.unknown}) -> tensor<3xf32> {
  %v = stablehlo.cosine %x : tensor<3xf32>
  %0 = invhlo.quadratic(%x) of %a, %b, %c over %p, %q, %r = %v : tensor<3xf32>, tensor<3xf32>
  return %0 : tensor<3xf32>
}
