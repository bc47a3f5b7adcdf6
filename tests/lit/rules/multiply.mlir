// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse -split-input-file | FileCheck %s

// y = x k:  x = y / k,  log|dx/dy| = -log|k|; complex, twice that.

// CHECK-LABEL: func.func @unknown_lhs.inverse(
// CHECK-SAME:    %[[K:.+]]: tensor<3xf32>, %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[DIVIDE:.+]] = stablehlo.divide %[[Y]], %[[K]] : tensor<3xf32>
// CHECK:         %[[ABS:.+]] = stablehlo.abs %[[K]] : tensor<3xf32>
// CHECK:         %[[LOG:.+]] = stablehlo.log %[[ABS]] : tensor<3xf32>
// CHECK:         %[[NEGATE:.+]] = stablehlo.negate %[[LOG]] : tensor<3xf32>
// CHECK:         return %[[DIVIDE]], %[[NEGATE]] : tensor<3xf32>, tensor<3xf32>
func.func @unknown_lhs(%k: tensor<3xf32>, %x: tensor<3xf32> {invhlo.unknown})
    -> tensor<3xf32> {
  %y = stablehlo.multiply %x, %k : tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// CHECK-LABEL: func.func @unknown_rhs.inverse(
// CHECK-SAME:    %[[K:.+]]: tensor<3xf32>, %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[DIVIDE:.+]] = stablehlo.divide %[[Y]], %[[K]] : tensor<3xf32>
// CHECK:         %[[ABS:.+]] = stablehlo.abs %[[K]] : tensor<3xf32>
// CHECK:         %[[LOG:.+]] = stablehlo.log %[[ABS]] : tensor<3xf32>
// CHECK:         %[[NEGATE:.+]] = stablehlo.negate %[[LOG]] : tensor<3xf32>
// CHECK:         return %[[DIVIDE]], %[[NEGATE]] : tensor<3xf32>, tensor<3xf32>
func.func @unknown_rhs(%k: tensor<3xf32>, %x: tensor<3xf32> {invhlo.unknown})
    -> tensor<3xf32> {
  %y = stablehlo.multiply %k, %x : tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// CHECK-LABEL: func.func @complex.inverse(
// CHECK-SAME:    %[[K:.+]]: tensor<3xcomplex<f32>>, %[[Y:.+]]: tensor<3xcomplex<f32>>)
// CHECK:         %[[DIVIDE:.+]] = stablehlo.divide %[[Y]], %[[K]] : tensor<3xcomplex<f32>>
// CHECK:         %[[ABS:.+]] = stablehlo.abs %[[K]] : (tensor<3xcomplex<f32>>) -> tensor<3xf32>
// CHECK:         %[[LOG:.+]] = stablehlo.log %[[ABS]] : tensor<3xf32>
// CHECK:         %[[NEGATE:.+]] = stablehlo.negate %[[LOG]] : tensor<3xf32>
// CHECK:         %[[C:.+]] = stablehlo.constant dense<2.000000e+00> : tensor<3xf32>
// CHECK:         %[[MULTIPLY:.+]] = stablehlo.multiply %[[C]], %[[NEGATE]] : tensor<3xf32>
// CHECK:         return %[[DIVIDE]], %[[MULTIPLY]] : tensor<3xcomplex<f32>>, tensor<3xf32>
func.func @complex(%k: tensor<3xcomplex<f32>>, %x: tensor<3xcomplex<f32>> {invhlo.unknown})
    -> tensor<3xcomplex<f32>> {
  %y = stablehlo.multiply %x, %k : tensor<3xcomplex<f32>>
  return %y : tensor<3xcomplex<f32>>
}

// -----

// Odd integers have an inverse modulo 2^n: three right bits, then six, then twelve.
// CHECK-LABEL: func.func @odd.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xi8>)
// CHECK:         %[[C:.+]] = stablehlo.constant dense<5> : tensor<3xi8>
// CHECK:         %[[MULTIPLY:.+]] = stablehlo.multiply %[[C]], %[[C]] : tensor<3xi8>
// CHECK:         %[[C2:.+]] = stablehlo.constant dense<2> : tensor<3xi8>
// CHECK:         %[[SUBTRACT:.+]] = stablehlo.subtract %[[C2]], %[[MULTIPLY]] : tensor<3xi8>
// CHECK:         %[[MULTIPLY2:.+]] = stablehlo.multiply %[[C]], %[[SUBTRACT]] : tensor<3xi8>
// CHECK:         %[[MULTIPLY3:.+]] = stablehlo.multiply %[[C]], %[[MULTIPLY2]] : tensor<3xi8>
// CHECK:         %[[SUBTRACT2:.+]] = stablehlo.subtract %[[C2]], %[[MULTIPLY3]] : tensor<3xi8>
// CHECK:         %[[MULTIPLY4:.+]] = stablehlo.multiply %[[MULTIPLY2]], %[[SUBTRACT2]] : tensor<3xi8>
// CHECK:         %[[MULTIPLY5:.+]] = stablehlo.multiply %[[Y]], %[[MULTIPLY4]] : tensor<3xi8>
// CHECK:         %[[C3:.+]] = stablehlo.constant dense<0.000000e+00> : tensor<3xf32>
// CHECK:         return %[[MULTIPLY5]], %[[C3]] : tensor<3xi8>, tensor<3xf32>
func.func @odd(%x: tensor<3xi8>) -> tensor<3xi8> {
  %k = stablehlo.constant dense<5> : tensor<3xi8>
  %y = stablehlo.multiply %x, %k : tensor<3xi8>
  return %y : tensor<3xi8>
}

// -----

// The zeros of a mask make zeros, which the other half is then found from.
// CHECK-LABEL: func.func @mask.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<4xf32>)
// CHECK:         %[[C:.+]] = stablehlo.constant dense<[1.000000e+00, 0.000000e+00, 1.000000e+00, 0.000000e+00]> : tensor<4xf32>
// CHECK:         %[[C2:.+]] = stablehlo.constant dense<[0.000000e+00, 1.000000e+00, 0.000000e+00, 1.000000e+00]> : tensor<4xf32>
// CHECK:         %[[C3:.+]] = stablehlo.constant dense<0.000000e+00> : tensor<4xf32>
// CHECK:         %[[SINE:.+]] = stablehlo.sine %[[C3]] : tensor<4xf32>
// CHECK:         %[[SUBTRACT:.+]] = stablehlo.subtract %[[Y]], %[[C3]] : tensor<4xf32>
// CHECK:         %[[C4:.+]] = stablehlo.constant dense<[true, false, true, false]> : tensor<4xi1>
// CHECK:         %[[SELECT:.+]] = stablehlo.select %[[C4]], %[[SUBTRACT]], %[[C3]] : tensor<4xi1>, tensor<4xf32>
// CHECK:         %[[SUBTRACT2:.+]] = stablehlo.subtract %[[Y]], %[[SELECT]] : tensor<4xf32>
// CHECK:         %[[C5:.+]] = stablehlo.constant dense<5.000000e-01> : tensor<4xf32>
// CHECK:         %[[MULTIPLY:.+]] = stablehlo.multiply %[[C5]], %[[C5]] : tensor<4xf32>
// CHECK:         %[[SELECT2:.+]] = stablehlo.select %[[C4]], %[[SELECT]], %[[MULTIPLY]] : tensor<4xi1>, tensor<4xf32>
// CHECK:         %[[SELECT3:.+]] = stablehlo.select %[[C4]], %[[C]], %[[C5]] : tensor<4xi1>, tensor<4xf32>
// CHECK:         %[[DIVIDE:.+]] = stablehlo.divide %[[SELECT2]], %[[SELECT3]] : tensor<4xf32>
// CHECK:         %[[ABS:.+]] = stablehlo.abs %[[SELECT3]] : tensor<4xf32>
// CHECK:         %[[LOG:.+]] = stablehlo.log %[[ABS]] : tensor<4xf32>
// CHECK:         %[[NEGATE:.+]] = stablehlo.negate %[[LOG]] : tensor<4xf32>
// CHECK:         %[[C6:.+]] = stablehlo.constant dense<[false, true, false, true]> : tensor<4xi1>
// CHECK:         %[[SELECT4:.+]] = stablehlo.select %[[C6]], %[[SUBTRACT2]], %[[C3]] : tensor<4xi1>, tensor<4xf32>
// CHECK:         %[[SELECT5:.+]] = stablehlo.select %[[C6]], %[[SELECT4]], %[[MULTIPLY]] : tensor<4xi1>, tensor<4xf32>
// CHECK:         %[[SELECT6:.+]] = stablehlo.select %[[C6]], %[[C2]], %[[C5]] : tensor<4xi1>, tensor<4xf32>
// CHECK:         %[[DIVIDE2:.+]] = stablehlo.divide %[[SELECT5]], %[[SELECT6]] : tensor<4xf32>
// CHECK:         %[[ABS2:.+]] = stablehlo.abs %[[SELECT6]] : tensor<4xf32>
// CHECK:         %[[LOG2:.+]] = stablehlo.log %[[ABS2]] : tensor<4xf32>
// CHECK:         %[[NEGATE2:.+]] = stablehlo.negate %[[LOG2]] : tensor<4xf32>
// CHECK:         %[[SUBTRACT3:.+]] = stablehlo.subtract %[[DIVIDE2]], %[[SINE]] : tensor<4xf32>
// CHECK:         %[[SELECT7:.+]] = stablehlo.select %[[C6]], %[[SUBTRACT3]], %[[DIVIDE]] : tensor<4xi1>, tensor<4xf32>
// CHECK:         %[[SELECT8:.+]] = stablehlo.select %[[C6]], %[[NEGATE2]], %[[NEGATE]] : tensor<4xi1>, tensor<4xf32>
// CHECK:         return %[[SELECT7]], %[[SELECT8]] : tensor<4xf32>, tensor<4xf32>
func.func @mask(%x: tensor<4xf32>) -> tensor<4xf32> {
  %mask = stablehlo.constant dense<[1.0, 0.0, 1.0, 0.0]> : tensor<4xf32>
  %other = stablehlo.constant dense<[0.0, 1.0, 0.0, 1.0]> : tensor<4xf32>
  %h = stablehlo.multiply %x, %mask : tensor<4xf32>
  %s = stablehlo.sine %h : tensor<4xf32>
  %z = stablehlo.add %x, %s : tensor<4xf32>
  %m = stablehlo.multiply %z, %other : tensor<4xf32>
  %y = stablehlo.add %h, %m : tensor<4xf32>
  return %y : tensor<4xf32>
}
