// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse | FileCheck %s

// y = erf x:  x = erf_inv y,  log|dx/dy| = x^2 + log(sqrt(pi) / 2).

// CHECK-LABEL: func.func @real.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[X:.+]] = chlo.erf_inv %[[Y]]
// CHECK:         %[[SQUARE:.+]] = stablehlo.multiply %[[X]], %[[X]]
// CHECK:         %[[LOG:.+]] = stablehlo.constant dense<-0.120782241>
// CHECK:         %[[SHARE:.+]] = stablehlo.add %[[LOG]], %[[SQUARE]]
// CHECK:         return %[[X]], %[[SHARE]]
func.func @real(%x: tensor<3xf32>) -> tensor<3xf32> {
  %y = chlo.erf %x : tensor<3xf32> -> tensor<3xf32>
  return %y : tensor<3xf32>
}
