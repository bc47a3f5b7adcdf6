// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=total allow-overdetermined=true" -invhlo-lower-shares -cse | FileCheck %s

// The log-det of the elements that are spent: here, of the first result.

// CHECK-LABEL: func.func @twice.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<2xf32>, %{{.+}}: tensor<2xf32>)
// CHECK:         %[[X:.+]] = stablehlo.exponential %[[Y]]
// CHECK:         %[[TOTAL:.+]] = stablehlo.reduce(%[[Y]] {{.+}} applies stablehlo.add across dimensions = [0]
// CHECK:         return %[[X]], %[[TOTAL]]
func.func @twice(%x: tensor<2xf32>) -> (tensor<2xf32>, tensor<2xf32>) {
  %y = stablehlo.log %x : tensor<2xf32>
  %z = stablehlo.sine %x : tensor<2xf32>
  return %y, %z : tensor<2xf32>, tensor<2xf32>
}
