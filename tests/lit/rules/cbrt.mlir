// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse | FileCheck %s

// y = cbrt x:  x = y^3,  log|dx/dy| = log 3 + 2 log|y|.

// CHECK-LABEL: func.func @real.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[SQUARE:.+]] = stablehlo.multiply %[[Y]], %[[Y]]
// CHECK:         %[[X:.+]] = stablehlo.multiply %[[SQUARE]], %[[Y]]
// CHECK:         %[[ABS:.+]] = stablehlo.abs %[[Y]]
// CHECK:         %[[LOG:.+]] = stablehlo.log %[[ABS]]
// CHECK:         %[[TWO:.+]] = stablehlo.constant dense<2.000000e+00>
// CHECK:         %[[SLOPE:.+]] = stablehlo.multiply %[[TWO]], %[[LOG]]
// CHECK:         %[[LOG_3:.+]] = stablehlo.constant dense<1.09861231>
// CHECK:         %[[SHARE:.+]] = stablehlo.add %[[LOG_3]], %[[SLOPE]]
// CHECK:         return %[[X]], %[[SHARE]]
func.func @real(%x: tensor<3xf32>) -> tensor<3xf32> {
  %y = stablehlo.cbrt %x : tensor<3xf32>
  return %y : tensor<3xf32>
}
