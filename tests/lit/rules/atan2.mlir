// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse -split-input-file | FileCheck %s

// y = atan2(x, k):  x = k tan y,  log|dx/dy| = log|k| + log(1 + (x / k)^2),
// where y is in the half plane of k, else NaN.
// y = atan2(k, x):  x = k / tan y,  with the same log-det, where y has the sign
// of k, else NaN.

// CHECK-LABEL: func.func @unknown_lhs.inverse(
// CHECK-SAME:    %[[K:.+]]: tensor<3xf32>, %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[C:.+]] = stablehlo.constant dense<0.000000e+00> : tensor<3xf32>
// CHECK:         %[[COMPARE:.+]] = stablehlo.compare LT, %[[Y]], %[[C]] : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
// CHECK:         %[[NEGATE:.+]] = stablehlo.negate %[[Y]] : tensor<3xf32>
// CHECK:         %[[SELECT:.+]] = stablehlo.select %[[COMPARE]], %[[NEGATE]], %[[Y]] : tensor<3xi1>, tensor<3xf32>
// CHECK:         %[[COMPARE2:.+]] = stablehlo.compare LT, %[[K]], %[[C]] : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
// CHECK:         %[[C2:.+]] = stablehlo.constant dense<3.14159274> : tensor<3xf32>
// CHECK:         %[[SUBTRACT:.+]] = stablehlo.subtract %[[C2]], %[[SELECT]] : tensor<3xf32>
// CHECK:         %[[SELECT2:.+]] = stablehlo.select %[[COMPARE2]], %[[SUBTRACT]], %[[SELECT]] : tensor<3xi1>, tensor<3xf32>
// CHECK:         %[[COMPARE3:.+]] = stablehlo.compare LT, %[[SELECT2]], %[[C]] : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
// CHECK:         %[[SELECT3:.+]] = stablehlo.select %[[COMPARE3]], %[[C]], %[[SELECT2]] : tensor<3xi1>, tensor<3xf32>
// CHECK:         %[[C3:.+]] = stablehlo.constant dense<1.57079625> : tensor<3xf32>
// CHECK:         %[[COMPARE4:.+]] = stablehlo.compare LT, %[[C3]], %[[SELECT3]] : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
// CHECK:         %[[C4:.+]] = stablehlo.constant dense<0x7F800000> : tensor<3xf32>
// CHECK:         %[[C5:.+]] = stablehlo.constant dense<1.000000e+00> : tensor<3xf32>
// CHECK:         %[[SELECT4:.+]] = stablehlo.select %[[COMPARE4]], %[[C5]], %[[SELECT3]] : tensor<3xi1>, tensor<3xf32>
// CHECK:         %[[TAN:.+]] = stablehlo.tan %[[SELECT4]] : tensor<3xf32>
// CHECK:         %[[SELECT5:.+]] = stablehlo.select %[[COMPARE4]], %[[C4]], %[[TAN]] : tensor<3xi1>, tensor<3xf32>
// CHECK:         %[[ABS:.+]] = stablehlo.abs %[[K]] : tensor<3xf32>
// CHECK:         %[[MULTIPLY:.+]] = stablehlo.multiply %[[ABS]], %[[SELECT5]] : tensor<3xf32>
// CHECK:         %[[C6:.+]] = stablehlo.constant dense<0x7FC00000> : tensor<3xf32>
// CHECK:         %[[C7:.+]] = stablehlo.constant dense<-3.74507039E-7> : tensor<3xf32>
// CHECK:         %[[COMPARE5:.+]] = stablehlo.compare LT, %[[C7]], %[[SELECT2]] : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
// CHECK:         %[[C8:.+]] = stablehlo.constant dense<1.57079673> : tensor<3xf32>
// CHECK:         %[[COMPARE6:.+]] = stablehlo.compare LT, %[[SELECT2]], %[[C8]] : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
// CHECK:         %[[AND:.+]] = stablehlo.and %[[COMPARE5]], %[[COMPARE6]] : tensor<3xi1>
// CHECK:         %[[SELECT6:.+]] = stablehlo.select %[[AND]], %[[MULTIPLY]], %[[C6]] : tensor<3xi1>, tensor<3xf32>
// CHECK:         %[[NEGATE2:.+]] = stablehlo.negate %[[SELECT6]] : tensor<3xf32>
// CHECK:         %[[SELECT7:.+]] = stablehlo.select %[[COMPARE]], %[[NEGATE2]], %[[SELECT6]] : tensor<3xi1>, tensor<3xf32>
// CHECK:         %[[COMPARE7:.+]] = stablehlo.compare EQ, %[[K]], %[[C]] : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
// CHECK:         %[[SELECT8:.+]] = stablehlo.select %[[COMPARE7]], %[[C6]], %[[SELECT7]] : tensor<3xi1>, tensor<3xf32>
// CHECK:         %[[LOG:.+]] = stablehlo.log %[[ABS]] : tensor<3xf32>
// CHECK:         %[[DIVIDE:.+]] = stablehlo.divide %[[SELECT8]], %[[K]] : tensor<3xf32>
// CHECK:         %[[C9:.+]] = stablehlo.constant dense<-1.000000e+00> : tensor<3xf32>
// CHECK:         %[[COMPARE8:.+]] = stablehlo.compare LT, %[[C9]], %[[DIVIDE]] : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
// CHECK:         %[[COMPARE9:.+]] = stablehlo.compare LT, %[[DIVIDE]], %[[C5]] : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
// CHECK:         %[[AND2:.+]] = stablehlo.and %[[COMPARE8]], %[[COMPARE9]] : tensor<3xi1>
// CHECK:         %[[SELECT9:.+]] = stablehlo.select %[[AND2]], %[[DIVIDE]], %[[C]] : tensor<3xi1>, tensor<3xf32>
// CHECK:         %[[MULTIPLY2:.+]] = stablehlo.multiply %[[SELECT9]], %[[SELECT9]] : tensor<3xf32>
// CHECK:         %[[LOG_PLUS_ONE:.+]] = stablehlo.log_plus_one %[[MULTIPLY2]] : tensor<3xf32>
// CHECK:         %[[SELECT10:.+]] = stablehlo.select %[[AND2]], %[[C5]], %[[DIVIDE]] : tensor<3xi1>, tensor<3xf32>
// CHECK:         %[[DIVIDE2:.+]] = stablehlo.divide %[[C5]], %[[SELECT10]] : tensor<3xf32>
// CHECK:         %[[MULTIPLY3:.+]] = stablehlo.multiply %[[DIVIDE2]], %[[DIVIDE2]] : tensor<3xf32>
// CHECK:         %[[LOG_PLUS_ONE2:.+]] = stablehlo.log_plus_one %[[MULTIPLY3]] : tensor<3xf32>
// CHECK:         %[[ABS2:.+]] = stablehlo.abs %[[SELECT10]] : tensor<3xf32>
// CHECK:         %[[LOG2:.+]] = stablehlo.log %[[ABS2]] : tensor<3xf32>
// CHECK:         %[[C10:.+]] = stablehlo.constant dense<2.000000e+00> : tensor<3xf32>
// CHECK:         %[[MULTIPLY4:.+]] = stablehlo.multiply %[[C10]], %[[LOG2]] : tensor<3xf32>
// CHECK:         %[[ADD:.+]] = stablehlo.add %[[MULTIPLY4]], %[[LOG_PLUS_ONE2]] : tensor<3xf32>
// CHECK:         %[[SELECT11:.+]] = stablehlo.select %[[AND2]], %[[LOG_PLUS_ONE]], %[[ADD]] : tensor<3xi1>, tensor<3xf32>
// CHECK:         %[[ADD2:.+]] = stablehlo.add %[[LOG]], %[[SELECT11]] : tensor<3xf32>
// CHECK:         return %[[SELECT8]], %[[ADD2]] : tensor<3xf32>, tensor<3xf32>
func.func @unknown_lhs(%k: tensor<3xf32>, %x: tensor<3xf32> {invhlo.unknown})
    -> tensor<3xf32> {
  %y = stablehlo.atan2 %x, %k : tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// CHECK-LABEL: func.func @unknown_rhs.inverse(
// CHECK-SAME:    %[[K:.+]]: tensor<3xf32>, %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[C:.+]] = stablehlo.constant dense<0.000000e+00> : tensor<3xf32>
// CHECK:         %[[COMPARE:.+]] = stablehlo.compare LT, %[[Y]], %[[C]] : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
// CHECK:         %[[NEGATE:.+]] = stablehlo.negate %[[Y]] : tensor<3xf32>
// CHECK:         %[[SELECT:.+]] = stablehlo.select %[[COMPARE]], %[[NEGATE]], %[[Y]] : tensor<3xi1>, tensor<3xf32>
// CHECK:         %[[C2:.+]] = stablehlo.constant dense<2.3561945> : tensor<3xf32>
// CHECK:         %[[COMPARE2:.+]] = stablehlo.compare LT, %[[C2]], %[[SELECT]] : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
// CHECK:         %[[C3:.+]] = stablehlo.constant dense<3.14159274> : tensor<3xf32>
// CHECK:         %[[SUBTRACT:.+]] = stablehlo.subtract %[[C3]], %[[SELECT]] : tensor<3xf32>
// CHECK:         %[[SELECT2:.+]] = stablehlo.select %[[COMPARE2]], %[[SUBTRACT]], %[[SELECT]] : tensor<3xi1>, tensor<3xf32>
// CHECK:         %[[COMPARE3:.+]] = stablehlo.compare LT, %[[SELECT2]], %[[C]] : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
// CHECK:         %[[SELECT3:.+]] = stablehlo.select %[[COMPARE3]], %[[C]], %[[SELECT2]] : tensor<3xi1>, tensor<3xf32>
// CHECK:         %[[TAN:.+]] = stablehlo.tan %[[SELECT3]] : tensor<3xf32>
// CHECK:         %[[ABS:.+]] = stablehlo.abs %[[K]] : tensor<3xf32>
// CHECK:         %[[DIVIDE:.+]] = stablehlo.divide %[[ABS]], %[[TAN]] : tensor<3xf32>
// CHECK:         %[[NEGATE2:.+]] = stablehlo.negate %[[DIVIDE]] : tensor<3xf32>
// CHECK:         %[[SELECT4:.+]] = stablehlo.select %[[COMPARE2]], %[[NEGATE2]], %[[DIVIDE]] : tensor<3xi1>, tensor<3xf32>
// CHECK:         %[[C4:.+]] = stablehlo.constant dense<0x7FC00000> : tensor<3xf32>
// CHECK:         %[[C5:.+]] = stablehlo.constant dense<-7.49014077E-7> : tensor<3xf32>
// CHECK:         %[[COMPARE4:.+]] = stablehlo.compare LT, %[[C5]], %[[SELECT]] : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
// CHECK:         %[[C6:.+]] = stablehlo.constant dense<3.14159346> : tensor<3xf32>
// CHECK:         %[[COMPARE5:.+]] = stablehlo.compare LT, %[[SELECT]], %[[C6]] : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
// CHECK:         %[[AND:.+]] = stablehlo.and %[[COMPARE4]], %[[COMPARE5]] : tensor<3xi1>
// CHECK:         %[[SELECT5:.+]] = stablehlo.select %[[AND]], %[[SELECT4]], %[[C4]] : tensor<3xi1>, tensor<3xf32>
// CHECK:         %[[SIGN:.+]] = stablehlo.sign %[[Y]] : tensor<3xf32>
// CHECK:         %[[SIGN2:.+]] = stablehlo.sign %[[K]] : tensor<3xf32>
// CHECK:         %[[MULTIPLY:.+]] = stablehlo.multiply %[[SIGN]], %[[SIGN2]] : tensor<3xf32>
// CHECK:         %[[COMPARE6:.+]] = stablehlo.compare LT, %[[MULTIPLY]], %[[C]] : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
// CHECK:         %[[SELECT6:.+]] = stablehlo.select %[[COMPARE6]], %[[C4]], %[[SELECT5]] : tensor<3xi1>, tensor<3xf32>
// CHECK:         %[[COMPARE7:.+]] = stablehlo.compare EQ, %[[K]], %[[C]] : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
// CHECK:         %[[SELECT7:.+]] = stablehlo.select %[[COMPARE7]], %[[C4]], %[[SELECT6]] : tensor<3xi1>, tensor<3xf32>
// CHECK:         %[[LOG:.+]] = stablehlo.log %[[ABS]] : tensor<3xf32>
// CHECK:         %[[DIVIDE2:.+]] = stablehlo.divide %[[SELECT7]], %[[K]] : tensor<3xf32>
// CHECK:         %[[C7:.+]] = stablehlo.constant dense<-1.000000e+00> : tensor<3xf32>
// CHECK:         %[[COMPARE8:.+]] = stablehlo.compare LT, %[[C7]], %[[DIVIDE2]] : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
// CHECK:         %[[C8:.+]] = stablehlo.constant dense<1.000000e+00> : tensor<3xf32>
// CHECK:         %[[COMPARE9:.+]] = stablehlo.compare LT, %[[DIVIDE2]], %[[C8]] : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
// CHECK:         %[[AND2:.+]] = stablehlo.and %[[COMPARE8]], %[[COMPARE9]] : tensor<3xi1>
// CHECK:         %[[SELECT8:.+]] = stablehlo.select %[[AND2]], %[[DIVIDE2]], %[[C]] : tensor<3xi1>, tensor<3xf32>
// CHECK:         %[[MULTIPLY2:.+]] = stablehlo.multiply %[[SELECT8]], %[[SELECT8]] : tensor<3xf32>
// CHECK:         %[[LOG_PLUS_ONE:.+]] = stablehlo.log_plus_one %[[MULTIPLY2]] : tensor<3xf32>
// CHECK:         %[[SELECT9:.+]] = stablehlo.select %[[AND2]], %[[C8]], %[[DIVIDE2]] : tensor<3xi1>, tensor<3xf32>
// CHECK:         %[[DIVIDE3:.+]] = stablehlo.divide %[[C8]], %[[SELECT9]] : tensor<3xf32>
// CHECK:         %[[MULTIPLY3:.+]] = stablehlo.multiply %[[DIVIDE3]], %[[DIVIDE3]] : tensor<3xf32>
// CHECK:         %[[LOG_PLUS_ONE2:.+]] = stablehlo.log_plus_one %[[MULTIPLY3]] : tensor<3xf32>
// CHECK:         %[[ABS2:.+]] = stablehlo.abs %[[SELECT9]] : tensor<3xf32>
// CHECK:         %[[LOG2:.+]] = stablehlo.log %[[ABS2]] : tensor<3xf32>
// CHECK:         %[[C9:.+]] = stablehlo.constant dense<2.000000e+00> : tensor<3xf32>
// CHECK:         %[[MULTIPLY4:.+]] = stablehlo.multiply %[[C9]], %[[LOG2]] : tensor<3xf32>
// CHECK:         %[[ADD:.+]] = stablehlo.add %[[MULTIPLY4]], %[[LOG_PLUS_ONE2]] : tensor<3xf32>
// CHECK:         %[[SELECT10:.+]] = stablehlo.select %[[AND2]], %[[LOG_PLUS_ONE]], %[[ADD]] : tensor<3xi1>, tensor<3xf32>
// CHECK:         %[[ADD2:.+]] = stablehlo.add %[[LOG]], %[[SELECT10]] : tensor<3xf32>
// CHECK:         return %[[SELECT7]], %[[ADD2]] : tensor<3xf32>, tensor<3xf32>
func.func @unknown_rhs(%k: tensor<3xf32>, %x: tensor<3xf32> {invhlo.unknown})
    -> tensor<3xf32> {
  %y = stablehlo.atan2 %k, %x : tensor<3xf32>
  return %y : tensor<3xf32>
}
