// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse -split-input-file | FileCheck %s

// y = atan2(x, k):  x = k tan y,  log|dx/dy| = log|k| + log(1 + (x / k)^2),
// where y is in the half plane of k, else NaN.

// CHECK-LABEL: func.func @unknown_lhs.inverse(
// CHECK-SAME:    %[[K:.+]]: tensor<3xf32>, %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[BELOW:.+]] = stablehlo.compare LT, %[[Y]], %{{.+}}
// CHECK:         %[[ABS_Y:.+]] = stablehlo.select %[[BELOW]], %{{.+}}, %[[Y]]
// CHECK:         %[[BEHIND:.+]] = stablehlo.compare LT, %[[K]], %{{.+}}
// CHECK:         %[[FROM_PI:.+]] = stablehlo.subtract %{{.+}}, %[[ABS_Y]]
// CHECK:         %[[ANGLE:.+]] = stablehlo.select %[[BEHIND]], %[[FROM_PI]], %[[ABS_Y]]
// CHECK:         stablehlo.tan %{{.+}}
// CHECK:         %[[ABS_K:.+]] = stablehlo.abs %[[K]]
// CHECK:         %[[MAGNITUDE:.+]] = stablehlo.multiply %[[ABS_K]], %{{.+}}
// CHECK:         %[[NAN:.+]] = stablehlo.constant dense<0x7FC00000>
// CHECK:         %[[HALF_PI:.+]] = stablehlo.constant dense<1.57079673>
// CHECK:         stablehlo.compare LT, %[[ANGLE]], %[[HALF_PI]]
// CHECK:         %[[INSIDE:.+]] = stablehlo.select %{{.+}}, %[[MAGNITUDE]], %[[NAN]]
// CHECK:         %[[NEGATED:.+]] = stablehlo.negate %[[INSIDE]]
// CHECK:         %[[SIGNED:.+]] = stablehlo.select %[[BELOW]], %[[NEGATED]], %[[INSIDE]]
// CHECK:         %[[X:.+]] = stablehlo.select %{{.+}}, %[[NAN]], %[[SIGNED]]
// CHECK:         %[[LOG_K:.+]] = stablehlo.log %[[ABS_K]]
// CHECK:         %[[RATIO:.+]] = stablehlo.divide %[[X]], %[[K]]
// CHECK:         stablehlo.select %{{.+}}, %[[RATIO]], %{{.+}}
// CHECK:         %[[SHARE:.+]] = stablehlo.add %[[LOG_K]], %{{.+}}
// CHECK:         return %[[X]], %[[SHARE]]
func.func @unknown_lhs(%k: tensor<3xf32>, %x: tensor<3xf32> {invhlo.unknown})
    -> tensor<3xf32> {
  %y = stablehlo.atan2 %x, %k : tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// y = atan2(k, x):  x = k / tan y,  with the same log-det, where y has the sign of
// k, else NaN.

// CHECK-LABEL: func.func @unknown_rhs.inverse(
// CHECK-SAME:    %[[K:.+]]: tensor<3xf32>, %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[ABS_Y:.+]] = stablehlo.select %{{.+}}, %{{.+}}, %[[Y]]
// CHECK:         %[[BEHIND:.+]] = stablehlo.compare LT, %{{.+}}, %[[ABS_Y]]
// CHECK:         %[[FROM_PI:.+]] = stablehlo.subtract %{{.+}}, %[[ABS_Y]]
// CHECK:         stablehlo.select %[[BEHIND]], %[[FROM_PI]], %[[ABS_Y]]
// CHECK:         %[[TAN:.+]] = stablehlo.tan %{{.+}}
// CHECK:         %[[ABS_K:.+]] = stablehlo.abs %[[K]]
// CHECK:         %[[QUOTIENT:.+]] = stablehlo.divide %[[ABS_K]], %[[TAN]]
// CHECK:         %[[NEGATED:.+]] = stablehlo.negate %[[QUOTIENT]]
// CHECK:         %[[SIGNED:.+]] = stablehlo.select %[[BEHIND]], %[[NEGATED]], %[[QUOTIENT]]
// CHECK:         %[[NAN:.+]] = stablehlo.constant dense<0x7FC00000>
// CHECK:         %[[INSIDE:.+]] = stablehlo.select %{{.+}}, %[[SIGNED]], %[[NAN]]
// CHECK:         %[[SIGN_Y:.+]] = stablehlo.sign %[[Y]]
// CHECK:         %[[SIGN_K:.+]] = stablehlo.sign %[[K]]
// CHECK:         %[[SIGNS:.+]] = stablehlo.multiply %[[SIGN_Y]], %[[SIGN_K]]
// CHECK:         %[[OTHER:.+]] = stablehlo.compare LT, %[[SIGNS]], %{{.+}}
// CHECK:         %[[SAME_SIGN:.+]] = stablehlo.select %[[OTHER]], %[[NAN]], %[[INSIDE]]
// CHECK:         %[[X:.+]] = stablehlo.select %{{.+}}, %[[NAN]], %[[SAME_SIGN]]
// CHECK:         %[[LOG_K:.+]] = stablehlo.log %[[ABS_K]]
// CHECK:         %[[RATIO:.+]] = stablehlo.divide %[[X]], %[[K]]
// CHECK:         stablehlo.select %{{.+}}, %[[RATIO]], %{{.+}}
// CHECK:         %[[SHARE:.+]] = stablehlo.add %[[LOG_K]], %{{.+}}
// CHECK:         return %[[X]], %[[SHARE]]
func.func @unknown_rhs(%k: tensor<3xf32>, %x: tensor<3xf32> {invhlo.unknown})
    -> tensor<3xf32> {
  %y = stablehlo.atan2 %k, %x : tensor<3xf32>
  return %y : tensor<3xf32>
}
