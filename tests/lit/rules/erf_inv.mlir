// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse | FileCheck %s

// y = erf_inv x:  x = erf y,  log|dx/dy| = -y^2 - log(sqrt(pi) / 2).

// CHECK-LABEL: func.func @real.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[X:.+]] = chlo.erf %[[Y]]
// CHECK:         %[[SQUARE:.+]] = stablehlo.multiply %[[Y]], %[[Y]]
// CHECK:         %[[LOG:.+]] = stablehlo.constant dense<0.120782241>
// CHECK:         %[[SHARE:.+]] = stablehlo.subtract %[[LOG]], %[[SQUARE]]
// CHECK:         return %[[X]], %[[SHARE]]
func.func @real(%x: tensor<3xf32>) -> tensor<3xf32> {
  %y = chlo.erf_inv %x : tensor<3xf32> -> tensor<3xf32>
  return %y : tensor<3xf32>
}
