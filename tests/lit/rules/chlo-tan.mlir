// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse | FileCheck %s

// As stablehlo.tan.

// CHECK-LABEL: func.func @real.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[ATAN:.+]] = chlo.atan %[[Y]] : tensor<3xf32> -> tensor<3xf32>
// CHECK:         %[[C:.+]] = stablehlo.constant dense<-1.000000e+00> : tensor<3xf32>
// CHECK:         %[[COMPARE:.+]] = stablehlo.compare LT, %[[C]], %[[Y]] : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
// CHECK:         %[[C2:.+]] = stablehlo.constant dense<1.000000e+00> : tensor<3xf32>
// CHECK:         %[[COMPARE2:.+]] = stablehlo.compare LT, %[[Y]], %[[C2]] : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
// CHECK:         %[[AND:.+]] = stablehlo.and %[[COMPARE]], %[[COMPARE2]] : tensor<3xi1>
// CHECK:         %[[C3:.+]] = stablehlo.constant dense<0.000000e+00> : tensor<3xf32>
// CHECK:         %[[SELECT:.+]] = stablehlo.select %[[AND]], %[[Y]], %[[C3]] : tensor<3xi1>, tensor<3xf32>
// CHECK:         %[[MULTIPLY:.+]] = stablehlo.multiply %[[SELECT]], %[[SELECT]] : tensor<3xf32>
// CHECK:         %[[LOG_PLUS_ONE:.+]] = stablehlo.log_plus_one %[[MULTIPLY]] : tensor<3xf32>
// CHECK:         %[[SELECT2:.+]] = stablehlo.select %[[AND]], %[[C2]], %[[Y]] : tensor<3xi1>, tensor<3xf32>
// CHECK:         %[[DIVIDE:.+]] = stablehlo.divide %[[C2]], %[[SELECT2]] : tensor<3xf32>
// CHECK:         %[[MULTIPLY2:.+]] = stablehlo.multiply %[[DIVIDE]], %[[DIVIDE]] : tensor<3xf32>
// CHECK:         %[[LOG_PLUS_ONE2:.+]] = stablehlo.log_plus_one %[[MULTIPLY2]] : tensor<3xf32>
// CHECK:         %[[ABS:.+]] = stablehlo.abs %[[SELECT2]] : tensor<3xf32>
// CHECK:         %[[LOG:.+]] = stablehlo.log %[[ABS]] : tensor<3xf32>
// CHECK:         %[[C4:.+]] = stablehlo.constant dense<2.000000e+00> : tensor<3xf32>
// CHECK:         %[[MULTIPLY3:.+]] = stablehlo.multiply %[[C4]], %[[LOG]] : tensor<3xf32>
// CHECK:         %[[ADD:.+]] = stablehlo.add %[[MULTIPLY3]], %[[LOG_PLUS_ONE2]] : tensor<3xf32>
// CHECK:         %[[SELECT3:.+]] = stablehlo.select %[[AND]], %[[LOG_PLUS_ONE]], %[[ADD]] : tensor<3xi1>, tensor<3xf32>
// CHECK:         %[[NEGATE:.+]] = stablehlo.negate %[[SELECT3]] : tensor<3xf32>
// CHECK:         return %[[ATAN]], %[[NEGATE]] : tensor<3xf32>, tensor<3xf32>
func.func @real(%x: tensor<3xf32>) -> tensor<3xf32> {
  %y = chlo.tan %x : tensor<3xf32> -> tensor<3xf32>
  return %y : tensor<3xf32>
}
