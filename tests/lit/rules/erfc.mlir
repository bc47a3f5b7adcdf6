// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse | FileCheck %s

// y = erfc x:  x = erf_inv(1 - y), or for small y by two Halley steps on
// log erfc x = log y, and infinity for y = 0;  log|dx/dy| = x^2 + log(sqrt(pi) / 2).

// CHECK-LABEL: func.func @real.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[IN_TAIL:.+]] = stablehlo.compare LT, %[[Y]], %{{.+}}
// CHECK:         %[[SMALL_Y:.+]] = stablehlo.select %[[IN_TAIL]], %[[Y]], %{{.+}}
// CHECK:         %[[TARGET:.+]] = stablehlo.log %[[SMALL_Y]]
// CHECK:         %[[IS_ZERO:.+]] = stablehlo.compare EQ, %[[TARGET]], %{{.+}}
// CHECK:         %[[LOG_ZERO:.+]] = stablehlo.select %[[IS_ZERO]], %[[TARGET]], %{{.+}}
// CHECK:         %[[INFINITY:.+]] = stablehlo.negate %[[LOG_ZERO]]
// CHECK:         %[[LOG:.+]] = stablehlo.select %[[IS_ZERO]], %{{.+}}, %[[TARGET]]
// CHECK:         %[[START:.+]] = stablehlo.sqrt %{{.+}}
// CHECK:         chlo.erfc %{{.+}}
// CHECK:         %[[DISTANCE:.+]] = stablehlo.subtract %{{.+}}, %[[LOG]]
// CHECK:         stablehlo.multiply %[[DISTANCE]], %{{.+}}
// CHECK:         %[[NEXT:.+]] = stablehlo.add %[[START]], %{{.+}}
// CHECK:         chlo.erfc %{{.+}}
// CHECK:         %[[DISTANCE_2:.+]] = stablehlo.subtract %{{.+}}, %[[LOG]]
// CHECK:         stablehlo.multiply %[[DISTANCE_2]], %{{.+}}
// CHECK:         %[[LAST:.+]] = stablehlo.add %[[NEXT]], %{{.+}}
// CHECK-NOT:     chlo.erfc
// CHECK:         %[[TAIL:.+]] = stablehlo.select %[[IS_ZERO]], %[[INFINITY]], %[[LAST]]
// CHECK:         %[[LARGE_Y:.+]] = stablehlo.select %[[IN_TAIL]], %{{.+}}, %[[Y]]
// CHECK:         %[[REST:.+]] = stablehlo.subtract %{{.+}}, %[[LARGE_Y]]
// CHECK:         %[[BULK:.+]] = chlo.erf_inv %[[REST]]
// CHECK:         %[[X:.+]] = stablehlo.select %[[IN_TAIL]], %[[TAIL]], %[[BULK]]
// CHECK:         %[[SQUARE:.+]] = stablehlo.multiply %[[X]], %[[X]]
// CHECK:         %[[LOG_SLOPE:.+]] = stablehlo.constant dense<-0.120782241>
// CHECK:         %[[SHARE:.+]] = stablehlo.add %[[LOG_SLOPE]], %[[SQUARE]]
// CHECK:         return %[[X]], %[[SHARE]]
func.func @real(%x: tensor<3xf32>) -> tensor<3xf32> {
  %y = chlo.erfc %x : tensor<3xf32> -> tensor<3xf32>
  return %y : tensor<3xf32>
}
