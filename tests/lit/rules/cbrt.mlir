// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse | FileCheck %s

// y = cbrt x:  x = y^3,  log|dx/dy| = log 3 + 2 log|y|.

// CHECK-LABEL: func.func @real.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[MULTIPLY:.+]] = stablehlo.multiply %[[Y]], %[[Y]] : tensor<3xf32>
// CHECK:         %[[MULTIPLY2:.+]] = stablehlo.multiply %[[MULTIPLY]], %[[Y]] : tensor<3xf32>
// CHECK:         %[[ABS:.+]] = stablehlo.abs %[[Y]] : tensor<3xf32>
// CHECK:         %[[LOG:.+]] = stablehlo.log %[[ABS]] : tensor<3xf32>
// CHECK:         %[[C:.+]] = stablehlo.constant dense<2.000000e+00> : tensor<3xf32>
// CHECK:         %[[MULTIPLY3:.+]] = stablehlo.multiply %[[C]], %[[LOG]] : tensor<3xf32>
// CHECK:         %[[C2:.+]] = stablehlo.constant dense<1.09861231> : tensor<3xf32>
// CHECK:         %[[ADD:.+]] = stablehlo.add %[[C2]], %[[MULTIPLY3]] : tensor<3xf32>
// CHECK:         return %[[MULTIPLY2]], %[[ADD]] : tensor<3xf32>, tensor<3xf32>
func.func @real(%x: tensor<3xf32>) -> tensor<3xf32> {
  %y = stablehlo.cbrt %x : tensor<3xf32>
  return %y : tensor<3xf32>
}
