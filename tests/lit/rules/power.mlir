// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse -split-input-file | FileCheck %s

// y = x^p:  x = y^(1/p),  log|dx/dy| = -log|p| + (1/p - 1) log|y|.
// y = b^x:  x = log y / log b,  log|dx/dy| = -log|log b| - log y.

// CHECK-LABEL: func.func @exponent_known.inverse(
// CHECK-SAME:    %[[K:.+]]: tensor<3xf32>, %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[C:.+]] = stablehlo.constant dense<1.000000e+00> : tensor<3xf32>
// CHECK:         %[[DIVIDE:.+]] = stablehlo.divide %[[C]], %[[K]] : tensor<3xf32>
// CHECK:         %[[C2:.+]] = stablehlo.constant dense<0.000000e+00> : tensor<3xf32>
// CHECK:         %[[COMPARE:.+]] = stablehlo.compare LT, %[[Y]], %[[C2]] : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
// CHECK:         %[[NEGATE:.+]] = stablehlo.negate %[[Y]] : tensor<3xf32>
// CHECK:         %[[SELECT:.+]] = stablehlo.select %[[COMPARE]], %[[NEGATE]], %[[Y]] : tensor<3xi1>, tensor<3xf32>
// CHECK:         %[[POWER:.+]] = stablehlo.power %[[SELECT]], %[[DIVIDE]] : tensor<3xf32>
// CHECK:         %[[NEGATE2:.+]] = stablehlo.negate %[[POWER]] : tensor<3xf32>
// CHECK:         %[[SELECT2:.+]] = stablehlo.select %[[COMPARE]], %[[NEGATE2]], %[[POWER]] : tensor<3xi1>, tensor<3xf32>
// CHECK:         %[[C3:.+]] = stablehlo.constant dense<2.000000e+00> : tensor<3xf32>
// CHECK:         %[[ABS:.+]] = stablehlo.abs %[[K]] : tensor<3xf32>
// CHECK:         %[[REMAINDER:.+]] = stablehlo.remainder %[[ABS]], %[[C3]] : tensor<3xf32>
// CHECK:         %[[COMPARE2:.+]] = stablehlo.compare NE, %[[REMAINDER]], %[[C]] : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
// CHECK:         %[[AND:.+]] = stablehlo.and %[[COMPARE2]], %[[COMPARE]] : tensor<3xi1>
// CHECK:         %[[C4:.+]] = stablehlo.constant dense<0x7FC00000> : tensor<3xf32>
// CHECK:         %[[SELECT3:.+]] = stablehlo.select %[[AND]], %[[C4]], %[[SELECT2]] : tensor<3xi1>, tensor<3xf32>
// CHECK:         %[[ABS2:.+]] = stablehlo.abs %[[DIVIDE]] : tensor<3xf32>
// CHECK:         %[[COMPARE3:.+]] = stablehlo.compare LT, %[[C2]], %[[ABS2]] : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
// CHECK:         %[[C5:.+]] = stablehlo.constant dense<0x7F800000> : tensor<3xf32>
// CHECK:         %[[COMPARE4:.+]] = stablehlo.compare LT, %[[ABS2]], %[[C5]] : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
// CHECK:         %[[AND2:.+]] = stablehlo.and %[[COMPARE3]], %[[COMPARE4]] : tensor<3xi1>
// CHECK:         %[[SELECT4:.+]] = stablehlo.select %[[AND2]], %[[SELECT3]], %[[C4]] : tensor<3xi1>, tensor<3xf32>
// CHECK:         %[[LOG:.+]] = stablehlo.log %[[ABS]] : tensor<3xf32>
// CHECK:         %[[C6:.+]] = stablehlo.constant dense<-1.000000e+00> : tensor<3xf32>
// CHECK:         %[[ADD:.+]] = stablehlo.add %[[C6]], %[[DIVIDE]] : tensor<3xf32>
// CHECK:         %[[COMPARE5:.+]] = stablehlo.compare NE, %[[ADD]], %[[C2]] : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
// CHECK:         %[[SELECT5:.+]] = stablehlo.select %[[COMPARE5]], %[[Y]], %[[C]] : tensor<3xi1>, tensor<3xf32>
// CHECK:         %[[ABS3:.+]] = stablehlo.abs %[[SELECT5]] : tensor<3xf32>
// CHECK:         %[[LOG2:.+]] = stablehlo.log %[[ABS3]] : tensor<3xf32>
// CHECK:         %[[MULTIPLY:.+]] = stablehlo.multiply %[[ADD]], %[[LOG2]] : tensor<3xf32>
// CHECK:         %[[SUBTRACT:.+]] = stablehlo.subtract %[[MULTIPLY]], %[[LOG]] : tensor<3xf32>
// CHECK:         return %[[SELECT4]], %[[SUBTRACT]] : tensor<3xf32>, tensor<3xf32>
func.func @exponent_known(%k: tensor<3xf32>, %x: tensor<3xf32> {invhlo.unknown})
    -> tensor<3xf32> {
  %y = stablehlo.power %x, %k : tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// CHECK-LABEL: func.func @base_known.inverse(
// CHECK-SAME:    %[[K:.+]]: tensor<3xf32>, %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[LOG:.+]] = stablehlo.log %[[K]] : tensor<3xf32>
// CHECK:         %[[LOG2:.+]] = stablehlo.log %[[Y]] : tensor<3xf32>
// CHECK:         %[[DIVIDE:.+]] = stablehlo.divide %[[LOG2]], %[[LOG]] : tensor<3xf32>
// CHECK:         %[[C:.+]] = stablehlo.constant dense<0x7FC00000> : tensor<3xf32>
// CHECK:         %[[ABS:.+]] = stablehlo.abs %[[LOG]] : tensor<3xf32>
// CHECK:         %[[C2:.+]] = stablehlo.constant dense<0.000000e+00> : tensor<3xf32>
// CHECK:         %[[COMPARE:.+]] = stablehlo.compare LT, %[[C2]], %[[ABS]] : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
// CHECK:         %[[C3:.+]] = stablehlo.constant dense<0x7F800000> : tensor<3xf32>
// CHECK:         %[[COMPARE2:.+]] = stablehlo.compare LT, %[[ABS]], %[[C3]] : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
// CHECK:         %[[AND:.+]] = stablehlo.and %[[COMPARE]], %[[COMPARE2]] : tensor<3xi1>
// CHECK:         %[[SELECT:.+]] = stablehlo.select %[[AND]], %[[DIVIDE]], %[[C]] : tensor<3xi1>, tensor<3xf32>
// CHECK:         %[[LOG3:.+]] = stablehlo.log %[[ABS]] : tensor<3xf32>
// CHECK:         %[[ABS2:.+]] = stablehlo.abs %[[Y]] : tensor<3xf32>
// CHECK:         %[[LOG4:.+]] = stablehlo.log %[[ABS2]] : tensor<3xf32>
// CHECK:         %[[ADD:.+]] = stablehlo.add %[[LOG3]], %[[LOG4]] : tensor<3xf32>
// CHECK:         %[[NEGATE:.+]] = stablehlo.negate %[[ADD]] : tensor<3xf32>
// CHECK:         return %[[SELECT]], %[[NEGATE]] : tensor<3xf32>, tensor<3xf32>
func.func @base_known(%k: tensor<3xf32>, %x: tensor<3xf32> {invhlo.unknown})
    -> tensor<3xf32> {
  %y = stablehlo.power %k, %x : tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// CHECK-LABEL: func.func @half.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[C:.+]] = stablehlo.constant dense<5.000000e-01> : tensor<3xf32>
// CHECK:         %[[MULTIPLY:.+]] = stablehlo.multiply %[[Y]], %[[Y]] : tensor<3xf32>
// CHECK:         %[[C2:.+]] = stablehlo.constant dense<0.000000e+00> : tensor<3xf32>
// CHECK:         %[[COMPARE:.+]] = stablehlo.compare LT, %[[Y]], %[[C2]] : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
// CHECK:         %[[C3:.+]] = stablehlo.constant dense<0x7FC00000> : tensor<3xf32>
// CHECK:         %[[SELECT:.+]] = stablehlo.select %[[COMPARE]], %[[C3]], %[[MULTIPLY]] : tensor<3xi1>, tensor<3xf32>
// CHECK:         %[[ABS:.+]] = stablehlo.abs %[[C]] : tensor<3xf32>
// CHECK:         %[[LOG:.+]] = stablehlo.log %[[ABS]] : tensor<3xf32>
// CHECK:         %[[C4:.+]] = stablehlo.constant dense<1.000000e+00> : tensor<3xf32>
// CHECK:         %[[DIVIDE:.+]] = stablehlo.divide %[[C4]], %[[C]] : tensor<3xf32>
// CHECK:         %[[C5:.+]] = stablehlo.constant dense<-1.000000e+00> : tensor<3xf32>
// CHECK:         %[[ADD:.+]] = stablehlo.add %[[C5]], %[[DIVIDE]] : tensor<3xf32>
// CHECK:         %[[ABS2:.+]] = stablehlo.abs %[[Y]] : tensor<3xf32>
// CHECK:         %[[LOG2:.+]] = stablehlo.log %[[ABS2]] : tensor<3xf32>
// CHECK:         %[[MULTIPLY2:.+]] = stablehlo.multiply %[[ADD]], %[[LOG2]] : tensor<3xf32>
// CHECK:         %[[SUBTRACT:.+]] = stablehlo.subtract %[[MULTIPLY2]], %[[LOG]] : tensor<3xf32>
// CHECK:         return %[[SELECT]], %[[SUBTRACT]] : tensor<3xf32>, tensor<3xf32>
func.func @half(%x: tensor<3xf32>) -> tensor<3xf32> {
  %k = stablehlo.constant dense<0.5> : tensor<3xf32>
  %y = stablehlo.power %x, %k : tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// CHECK-LABEL: func.func @inverse_root.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[C:.+]] = stablehlo.constant dense<-5.000000e-01> : tensor<3xf32>
// CHECK:         %[[C2:.+]] = stablehlo.constant dense<1.000000e+00> : tensor<3xf32>
// CHECK:         %[[DIVIDE:.+]] = stablehlo.divide %[[C2]], %[[Y]] : tensor<3xf32>
// CHECK:         %[[MULTIPLY:.+]] = stablehlo.multiply %[[DIVIDE]], %[[DIVIDE]] : tensor<3xf32>
// CHECK:         %[[C3:.+]] = stablehlo.constant dense<0.000000e+00> : tensor<3xf32>
// CHECK:         %[[COMPARE:.+]] = stablehlo.compare LT, %[[Y]], %[[C3]] : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
// CHECK:         %[[C4:.+]] = stablehlo.constant dense<0x7FC00000> : tensor<3xf32>
// CHECK:         %[[SELECT:.+]] = stablehlo.select %[[COMPARE]], %[[C4]], %[[MULTIPLY]] : tensor<3xi1>, tensor<3xf32>
// CHECK:         %[[ABS:.+]] = stablehlo.abs %[[C]] : tensor<3xf32>
// CHECK:         %[[LOG:.+]] = stablehlo.log %[[ABS]] : tensor<3xf32>
// CHECK:         %[[DIVIDE2:.+]] = stablehlo.divide %[[C2]], %[[C]] : tensor<3xf32>
// CHECK:         %[[C5:.+]] = stablehlo.constant dense<-1.000000e+00> : tensor<3xf32>
// CHECK:         %[[ADD:.+]] = stablehlo.add %[[C5]], %[[DIVIDE2]] : tensor<3xf32>
// CHECK:         %[[ABS2:.+]] = stablehlo.abs %[[Y]] : tensor<3xf32>
// CHECK:         %[[LOG2:.+]] = stablehlo.log %[[ABS2]] : tensor<3xf32>
// CHECK:         %[[MULTIPLY2:.+]] = stablehlo.multiply %[[ADD]], %[[LOG2]] : tensor<3xf32>
// CHECK:         %[[SUBTRACT:.+]] = stablehlo.subtract %[[MULTIPLY2]], %[[LOG]] : tensor<3xf32>
// CHECK:         return %[[SELECT]], %[[SUBTRACT]] : tensor<3xf32>, tensor<3xf32>
func.func @inverse_root(%x: tensor<3xf32>) -> tensor<3xf32> {
  %k = stablehlo.constant dense<-0.5> : tensor<3xf32>
  %y = stablehlo.power %x, %k : tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// CHECK-LABEL: func.func @square.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[C:.+]] = stablehlo.constant dense<2.000000e+00> : tensor<3xf32>
// CHECK:         %[[SQRT:.+]] = stablehlo.sqrt %[[Y]] : tensor<3xf32>
// CHECK:         %[[ABS:.+]] = stablehlo.abs %[[C]] : tensor<3xf32>
// CHECK:         %[[LOG:.+]] = stablehlo.log %[[ABS]] : tensor<3xf32>
// CHECK:         %[[C2:.+]] = stablehlo.constant dense<1.000000e+00> : tensor<3xf32>
// CHECK:         %[[DIVIDE:.+]] = stablehlo.divide %[[C2]], %[[C]] : tensor<3xf32>
// CHECK:         %[[C3:.+]] = stablehlo.constant dense<-1.000000e+00> : tensor<3xf32>
// CHECK:         %[[ADD:.+]] = stablehlo.add %[[C3]], %[[DIVIDE]] : tensor<3xf32>
// CHECK:         %[[ABS2:.+]] = stablehlo.abs %[[Y]] : tensor<3xf32>
// CHECK:         %[[LOG2:.+]] = stablehlo.log %[[ABS2]] : tensor<3xf32>
// CHECK:         %[[MULTIPLY:.+]] = stablehlo.multiply %[[ADD]], %[[LOG2]] : tensor<3xf32>
// CHECK:         %[[SUBTRACT:.+]] = stablehlo.subtract %[[MULTIPLY]], %[[LOG]] : tensor<3xf32>
// CHECK:         return %[[SQRT]], %[[SUBTRACT]] : tensor<3xf32>, tensor<3xf32>
func.func @square(%x: tensor<3xf32>) -> tensor<3xf32> {
  %k = stablehlo.constant dense<2.0> : tensor<3xf32>
  %y = stablehlo.power %x, %k : tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// Odd powers take negative x too.
// CHECK-LABEL: func.func @cube.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[C:.+]] = stablehlo.constant dense<3.000000e+00> : tensor<3xf32>
// CHECK:         %[[CBRT:.+]] = stablehlo.cbrt %[[Y]] : tensor<3xf32>
// CHECK:         %[[ABS:.+]] = stablehlo.abs %[[C]] : tensor<3xf32>
// CHECK:         %[[LOG:.+]] = stablehlo.log %[[ABS]] : tensor<3xf32>
// CHECK:         %[[C2:.+]] = stablehlo.constant dense<1.000000e+00> : tensor<3xf32>
// CHECK:         %[[DIVIDE:.+]] = stablehlo.divide %[[C2]], %[[C]] : tensor<3xf32>
// CHECK:         %[[C3:.+]] = stablehlo.constant dense<-1.000000e+00> : tensor<3xf32>
// CHECK:         %[[ADD:.+]] = stablehlo.add %[[C3]], %[[DIVIDE]] : tensor<3xf32>
// CHECK:         %[[ABS2:.+]] = stablehlo.abs %[[Y]] : tensor<3xf32>
// CHECK:         %[[LOG2:.+]] = stablehlo.log %[[ABS2]] : tensor<3xf32>
// CHECK:         %[[MULTIPLY:.+]] = stablehlo.multiply %[[ADD]], %[[LOG2]] : tensor<3xf32>
// CHECK:         %[[SUBTRACT:.+]] = stablehlo.subtract %[[MULTIPLY]], %[[LOG]] : tensor<3xf32>
// CHECK:         return %[[CBRT]], %[[SUBTRACT]] : tensor<3xf32>, tensor<3xf32>
func.func @cube(%x: tensor<3xf32>) -> tensor<3xf32> {
  %k = stablehlo.constant dense<3.0> : tensor<3xf32>
  %y = stablehlo.power %x, %k : tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// CHECK-LABEL: func.func @fifth.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[C:.+]] = stablehlo.constant dense<5.000000e+00> : tensor<3xf32>
// CHECK:         %[[C2:.+]] = stablehlo.constant dense<1.000000e+00> : tensor<3xf32>
// CHECK:         %[[DIVIDE:.+]] = stablehlo.divide %[[C2]], %[[C]] : tensor<3xf32>
// CHECK:         %[[C3:.+]] = stablehlo.constant dense<0.000000e+00> : tensor<3xf32>
// CHECK:         %[[COMPARE:.+]] = stablehlo.compare LT, %[[Y]], %[[C3]] : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
// CHECK:         %[[NEGATE:.+]] = stablehlo.negate %[[Y]] : tensor<3xf32>
// CHECK:         %[[SELECT:.+]] = stablehlo.select %[[COMPARE]], %[[NEGATE]], %[[Y]] : tensor<3xi1>, tensor<3xf32>
// CHECK:         %[[POWER:.+]] = stablehlo.power %[[SELECT]], %[[DIVIDE]] : tensor<3xf32>
// CHECK:         %[[NEGATE2:.+]] = stablehlo.negate %[[POWER]] : tensor<3xf32>
// CHECK:         %[[SELECT2:.+]] = stablehlo.select %[[COMPARE]], %[[NEGATE2]], %[[POWER]] : tensor<3xi1>, tensor<3xf32>
// CHECK:         %[[ABS:.+]] = stablehlo.abs %[[C]] : tensor<3xf32>
// CHECK:         %[[LOG:.+]] = stablehlo.log %[[ABS]] : tensor<3xf32>
// CHECK:         %[[C4:.+]] = stablehlo.constant dense<-1.000000e+00> : tensor<3xf32>
// CHECK:         %[[ADD:.+]] = stablehlo.add %[[C4]], %[[DIVIDE]] : tensor<3xf32>
// CHECK:         %[[ABS2:.+]] = stablehlo.abs %[[Y]] : tensor<3xf32>
// CHECK:         %[[LOG2:.+]] = stablehlo.log %[[ABS2]] : tensor<3xf32>
// CHECK:         %[[MULTIPLY:.+]] = stablehlo.multiply %[[ADD]], %[[LOG2]] : tensor<3xf32>
// CHECK:         %[[SUBTRACT:.+]] = stablehlo.subtract %[[MULTIPLY]], %[[LOG]] : tensor<3xf32>
// CHECK:         return %[[SELECT2]], %[[SUBTRACT]] : tensor<3xf32>, tensor<3xf32>
func.func @fifth(%x: tensor<3xf32>) -> tensor<3xf32> {
  %k = stablehlo.constant dense<5.0> : tensor<3xf32>
  %y = stablehlo.power %x, %k : tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// CHECK-LABEL: func.func @reciprocal.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[C:.+]] = stablehlo.constant dense<-1.000000e+00> : tensor<3xf32>
// CHECK:         %[[C2:.+]] = stablehlo.constant dense<1.000000e+00> : tensor<3xf32>
// CHECK:         %[[DIVIDE:.+]] = stablehlo.divide %[[C2]], %[[Y]] : tensor<3xf32>
// CHECK:         %[[ABS:.+]] = stablehlo.abs %[[C]] : tensor<3xf32>
// CHECK:         %[[LOG:.+]] = stablehlo.log %[[ABS]] : tensor<3xf32>
// CHECK:         %[[DIVIDE2:.+]] = stablehlo.divide %[[C2]], %[[C]] : tensor<3xf32>
// CHECK:         %[[ADD:.+]] = stablehlo.add %[[C]], %[[DIVIDE2]] : tensor<3xf32>
// CHECK:         %[[ABS2:.+]] = stablehlo.abs %[[Y]] : tensor<3xf32>
// CHECK:         %[[LOG2:.+]] = stablehlo.log %[[ABS2]] : tensor<3xf32>
// CHECK:         %[[MULTIPLY:.+]] = stablehlo.multiply %[[ADD]], %[[LOG2]] : tensor<3xf32>
// CHECK:         %[[SUBTRACT:.+]] = stablehlo.subtract %[[MULTIPLY]], %[[LOG]] : tensor<3xf32>
// CHECK:         return %[[DIVIDE]], %[[SUBTRACT]] : tensor<3xf32>, tensor<3xf32>
func.func @reciprocal(%x: tensor<3xf32>) -> tensor<3xf32> {
  %k = stablehlo.constant dense<-1.0> : tensor<3xf32>
  %y = stablehlo.power %x, %k : tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// |y^(1/p)| is no power of |y| for complex p.
// CHECK-LABEL: func.func @complex.inverse(
// CHECK-SAME:    %[[K:.+]]: tensor<3xcomplex<f32>>, %[[Y:.+]]: tensor<3xcomplex<f32>>)
// CHECK:         %[[C:.+]] = stablehlo.constant dense<(1.000000e+00,0.000000e+00)> : tensor<3xcomplex<f32>>
// CHECK:         %[[DIVIDE:.+]] = stablehlo.divide %[[C]], %[[K]] : tensor<3xcomplex<f32>>
// CHECK:         %[[POWER:.+]] = stablehlo.power %[[Y]], %[[DIVIDE]] : tensor<3xcomplex<f32>>
// CHECK:         %[[ABS:.+]] = stablehlo.abs %[[K]] : (tensor<3xcomplex<f32>>) -> tensor<3xf32>
// CHECK:         %[[LOG:.+]] = stablehlo.log %[[ABS]] : tensor<3xf32>
// CHECK:         %[[ABS2:.+]] = stablehlo.abs %[[POWER]] : (tensor<3xcomplex<f32>>) -> tensor<3xf32>
// CHECK:         %[[LOG2:.+]] = stablehlo.log %[[ABS2]] : tensor<3xf32>
// CHECK:         %[[ABS3:.+]] = stablehlo.abs %[[Y]] : (tensor<3xcomplex<f32>>) -> tensor<3xf32>
// CHECK:         %[[LOG3:.+]] = stablehlo.log %[[ABS3]] : tensor<3xf32>
// CHECK:         %[[SUBTRACT:.+]] = stablehlo.subtract %[[LOG2]], %[[LOG3]] : tensor<3xf32>
// CHECK:         %[[SUBTRACT2:.+]] = stablehlo.subtract %[[SUBTRACT]], %[[LOG]] : tensor<3xf32>
// CHECK:         %[[C2:.+]] = stablehlo.constant dense<2.000000e+00> : tensor<3xf32>
// CHECK:         %[[MULTIPLY:.+]] = stablehlo.multiply %[[C2]], %[[SUBTRACT2]] : tensor<3xf32>
// CHECK:         return %[[POWER]], %[[MULTIPLY]] : tensor<3xcomplex<f32>>, tensor<3xf32>
func.func @complex(%k: tensor<3xcomplex<f32>>, %x: tensor<3xcomplex<f32>> {invhlo.unknown})
    -> tensor<3xcomplex<f32>> {
  %y = stablehlo.power %x, %k : tensor<3xcomplex<f32>>
  return %y : tensor<3xcomplex<f32>>
}
