// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert -cse | FileCheck %s

// Zero times anything is known: half of each product, and so half of the sum.

// CHECK-LABEL: func.func @mask.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<4xf32>)
// CHECK-DAG:     %[[M:.+]] = stablehlo.constant dense<[1.000000e+00, 0.000000e+00, 0.000000e+00, 1.000000e+00]>
// CHECK-DAG:     %[[ZERO:.+]] = stablehlo.constant dense<0.000000e+00>
// CHECK-DAG:     %[[OF_H:.+]] = stablehlo.constant dense<[true, false, false, true]>
// CHECK:         %[[H:.+]] = stablehlo.select %[[OF_H]], %{{.+}}, %[[ZERO]]
// CHECK:         %[[C:.+]] = stablehlo.subtract %[[Y]], %[[H]]
// CHECK:         %[[SAFE_H:.+]] = stablehlo.select %[[OF_H]], %[[H]], %{{.+}}
// CHECK:         %[[SAFE_M:.+]] = stablehlo.select %[[OF_H]], %[[M]], %{{.+}}
// CHECK:         %[[LEFT:.+]] = stablehlo.divide %[[SAFE_H]], %[[SAFE_M]]
// CHECK:         %[[OF_C:.+]] = stablehlo.constant dense<[false, true, true, false]>
// CHECK:         stablehlo.select %[[OF_C]], %[[C]], %[[ZERO]]
// CHECK:         %[[Z:.+]] = stablehlo.divide %{{.+}}, %{{.+}}
// CHECK:         %[[SAFE_Z:.+]] = stablehlo.select %[[OF_C]], %[[Z]], %{{.+}}
// CHECK:         %[[RIGHT:.+]] = stablehlo.log %[[SAFE_Z]]
// CHECK:         %[[X:.+]] = stablehlo.select %[[OF_C]], %[[RIGHT]], %[[LEFT]]
// CHECK:         return %[[X]]
func.func @mask(%x: tensor<4xf32>) -> tensor<4xf32> {
  %m = stablehlo.constant dense<[1.0, 0.0, 0.0, 1.0]> : tensor<4xf32>
  %n = stablehlo.constant dense<[0.0, 1.0, 1.0, 0.0]> : tensor<4xf32>
  %h = stablehlo.multiply %m, %x : tensor<4xf32>
  %z = stablehlo.exponential %x : tensor<4xf32>
  %c = stablehlo.multiply %n, %z : tensor<4xf32>
  %y = stablehlo.add %h, %c : tensor<4xf32>
  return %y : tensor<4xf32>
}
