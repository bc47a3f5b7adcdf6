// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert -cse | FileCheck %s

// Zero times anything is known.

// CHECK-LABEL: func.func @mask.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<4xf32>)
// CHECK:         %[[C:.+]] = stablehlo.constant dense<[1.000000e+00, 0.000000e+00, 0.000000e+00, 1.000000e+00]> : tensor<4xf32>
// CHECK:         %[[C2:.+]] = stablehlo.constant dense<[0.000000e+00, 1.000000e+00, 1.000000e+00, 0.000000e+00]> : tensor<4xf32>
// CHECK:         %[[C3:.+]] = stablehlo.constant dense<0.000000e+00> : tensor<4xf32>
// CHECK:         %[[SUBTRACT:.+]] = stablehlo.subtract %[[Y]], %[[C3]] : tensor<4xf32>
// CHECK:         %[[C4:.+]] = stablehlo.constant dense<[true, false, false, true]> : tensor<4xi1>
// CHECK:         %[[SELECT:.+]] = stablehlo.select %[[C4]], %[[SUBTRACT]], %[[C3]] : tensor<4xi1>, tensor<4xf32>
// CHECK:         %[[SUBTRACT2:.+]] = stablehlo.subtract %[[Y]], %[[SELECT]] : tensor<4xf32>
// CHECK:         %[[C5:.+]] = stablehlo.constant dense<5.000000e-01> : tensor<4xf32>
// CHECK:         %[[MULTIPLY:.+]] = stablehlo.multiply %[[C5]], %[[C5]] : tensor<4xf32>
// CHECK:         %[[SELECT2:.+]] = stablehlo.select %[[C4]], %[[SELECT]], %[[MULTIPLY]] : tensor<4xi1>, tensor<4xf32>
// CHECK:         %[[SELECT3:.+]] = stablehlo.select %[[C4]], %[[C]], %[[C5]] : tensor<4xi1>, tensor<4xf32>
// CHECK:         %[[DIVIDE:.+]] = stablehlo.divide %[[SELECT2]], %[[SELECT3]] : tensor<4xf32>
// CHECK:         %[[C6:.+]] = stablehlo.constant dense<[false, true, true, false]> : tensor<4xi1>
// CHECK:         %[[SELECT4:.+]] = stablehlo.select %[[C6]], %[[SUBTRACT2]], %[[C3]] : tensor<4xi1>, tensor<4xf32>
// CHECK:         %[[SELECT5:.+]] = stablehlo.select %[[C6]], %[[SELECT4]], %[[MULTIPLY]] : tensor<4xi1>, tensor<4xf32>
// CHECK:         %[[SELECT6:.+]] = stablehlo.select %[[C6]], %[[C2]], %[[C5]] : tensor<4xi1>, tensor<4xf32>
// CHECK:         %[[DIVIDE2:.+]] = stablehlo.divide %[[SELECT5]], %[[SELECT6]] : tensor<4xf32>
// CHECK:         %[[EXPONENTIAL:.+]] = stablehlo.exponential %[[C5]] : tensor<4xf32>
// CHECK:         %[[SELECT7:.+]] = stablehlo.select %[[C6]], %[[DIVIDE2]], %[[EXPONENTIAL]] : tensor<4xi1>, tensor<4xf32>
// CHECK:         %[[LOG:.+]] = stablehlo.log %[[SELECT7]] : tensor<4xf32>
// CHECK:         %[[SELECT8:.+]] = stablehlo.select %[[C6]], %[[LOG]], %[[DIVIDE]] : tensor<4xi1>, tensor<4xf32>
// CHECK:         return %[[SELECT8]] : tensor<4xf32>
func.func @mask(%x: tensor<4xf32>) -> tensor<4xf32> {
  %m = stablehlo.constant dense<[1.0, 0.0, 0.0, 1.0]> : tensor<4xf32>
  %n = stablehlo.constant dense<[0.0, 1.0, 1.0, 0.0]> : tensor<4xf32>
  %h = stablehlo.multiply %m, %x : tensor<4xf32>
  %z = stablehlo.exponential %x : tensor<4xf32>
  %c = stablehlo.multiply %n, %z : tensor<4xf32>
  %y = stablehlo.add %h, %c : tensor<4xf32>
  return %y : tensor<4xf32>
}
