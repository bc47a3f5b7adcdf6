// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse | FileCheck %s

// y = |x|, the branch x >= 0:  x = y, for no x has a negative y.

// CHECK-LABEL: func.func @real.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[ZERO:.+]] = stablehlo.constant dense<0.000000e+00>
// CHECK:         %[[NEGATIVE:.+]] = stablehlo.compare LT, %[[Y]], %[[ZERO]]
// CHECK:         %[[NAN:.+]] = stablehlo.constant dense<0x7FC00000>
// CHECK:         %[[X:.+]] = stablehlo.select %[[NEGATIVE]], %[[NAN]], %[[Y]]
// CHECK:         return %[[X]], %[[ZERO]]
func.func @real(%x: tensor<3xf32>) -> tensor<3xf32> {
  %y = stablehlo.abs %x : tensor<3xf32>
  return %y : tensor<3xf32>
}
