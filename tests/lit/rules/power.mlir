// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse -split-input-file | FileCheck %s

// y = x^k:  x = y^(1/k),  log|dx/dy| = (1/k - 1) log|y| - log|k|. A negative y has
// an x for odd k only.

// CHECK-LABEL: func.func @exponent_known.inverse(
// CHECK-SAME:    %[[K:.+]]: tensor<3xf32>, %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[ROOT:.+]] = stablehlo.divide %{{.+}}, %[[K]]
// CHECK:         %[[NEGATIVE:.+]] = stablehlo.compare LT, %[[Y]], %{{.+}}
// CHECK:         %[[ABS_Y:.+]] = stablehlo.select %[[NEGATIVE]], %{{.+}}, %[[Y]]
// CHECK:         %[[POWER:.+]] = stablehlo.power %[[ABS_Y]], %[[ROOT]]
// CHECK:         %[[NEGATED:.+]] = stablehlo.negate %[[POWER]]
// CHECK:         %[[SIGNED:.+]] = stablehlo.select %[[NEGATIVE]], %[[NEGATED]], %[[POWER]]
// CHECK:         %[[ABS_K:.+]] = stablehlo.abs %[[K]]
// CHECK:         %[[PARITY:.+]] = stablehlo.remainder %[[ABS_K]], %{{.+}}
// CHECK:         %[[NOT_ODD:.+]] = stablehlo.compare NE, %[[PARITY]], %{{.+}}
// CHECK:         %[[NONE:.+]] = stablehlo.and %[[NOT_ODD]], %[[NEGATIVE]]
// CHECK:         %[[NAN:.+]] = stablehlo.constant dense<0x7FC00000>
// CHECK:         %[[REAL:.+]] = stablehlo.select %[[NONE]], %[[NAN]], %[[SIGNED]]
// CHECK:         %[[X:.+]] = stablehlo.select %{{.+}}, %[[REAL]], %[[NAN]]
// CHECK:         %[[LOG_K:.+]] = stablehlo.log %[[ABS_K]]
// CHECK:         %[[MINUS_ONE:.+]] = stablehlo.constant dense<-1.000000e+00>
// CHECK:         %[[SLOPE:.+]] = stablehlo.add %[[MINUS_ONE]], %[[ROOT]]
// CHECK:         %[[LOG_Y:.+]] = stablehlo.log %{{.+}}
// CHECK:         %[[SCALED:.+]] = stablehlo.multiply %[[SLOPE]], %[[LOG_Y]]
// CHECK:         %[[SHARE:.+]] = stablehlo.subtract %[[SCALED]], %[[LOG_K]]
// CHECK:         return %[[X]], %[[SHARE]]
func.func @exponent_known(%k: tensor<3xf32>, %x: tensor<3xf32> {invhlo.unknown})
    -> tensor<3xf32> {
  %y = stablehlo.power %x, %k : tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// y = k^x:  x = log y / log k,  log|dx/dy| = -log|log k| - log|y|.

// CHECK-LABEL: func.func @base_known.inverse(
// CHECK-SAME:    %[[K:.+]]: tensor<3xf32>, %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[LOG_K:.+]] = stablehlo.log %[[K]]
// CHECK:         %[[LOG_Y:.+]] = stablehlo.log %[[Y]]
// CHECK:         %[[QUOTIENT:.+]] = stablehlo.divide %[[LOG_Y]], %[[LOG_K]]
// CHECK:         %[[NAN:.+]] = stablehlo.constant dense<0x7FC00000>
// CHECK:         %[[ABS_LOG_K:.+]] = stablehlo.abs %[[LOG_K]]
// CHECK:         %[[X:.+]] = stablehlo.select %{{.+}}, %[[QUOTIENT]], %[[NAN]]
// CHECK:         %[[LOG_LOG_K:.+]] = stablehlo.log %[[ABS_LOG_K]]
// CHECK:         %[[ABS_Y:.+]] = stablehlo.abs %[[Y]]
// CHECK:         %[[LOG_ABS_Y:.+]] = stablehlo.log %[[ABS_Y]]
// CHECK:         %[[SUM:.+]] = stablehlo.add %[[LOG_LOG_K]], %[[LOG_ABS_Y]]
// CHECK:         %[[SHARE:.+]] = stablehlo.negate %[[SUM]]
// CHECK:         return %[[X]], %[[SHARE]]
func.func @base_known(%k: tensor<3xf32>, %x: tensor<3xf32> {invhlo.unknown})
    -> tensor<3xf32> {
  %y = stablehlo.power %k, %x : tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// Literal exponents have roots of their own:  x = y^2, for no negative y.

// CHECK-LABEL: func.func @half.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xf32>)
// CHECK-NOT:     stablehlo.power
// CHECK:         %[[SQUARE:.+]] = stablehlo.multiply %[[Y]], %[[Y]]
// CHECK:         %[[NEGATIVE:.+]] = stablehlo.compare LT, %[[Y]], %{{.+}}
// CHECK:         %[[X:.+]] = stablehlo.select %[[NEGATIVE]], %{{.+}}, %[[SQUARE]]
// CHECK:         return %[[X]],
func.func @half(%x: tensor<3xf32>) -> tensor<3xf32> {
  %k = stablehlo.constant dense<0.5> : tensor<3xf32>
  %y = stablehlo.power %x, %k : tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// y = x^(-1/2):  x = (1 / y)^2, for no negative y.

// CHECK-LABEL: func.func @inverse_root.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xf32>)
// CHECK-NOT:     stablehlo.power
// CHECK:         %[[RECIPROCAL:.+]] = stablehlo.divide %{{.+}}, %[[Y]]
// CHECK:         %[[SQUARE:.+]] = stablehlo.multiply %[[RECIPROCAL]], %[[RECIPROCAL]]
// CHECK:         %[[NEGATIVE:.+]] = stablehlo.compare LT, %[[Y]], %{{.+}}
// CHECK:         %[[X:.+]] = stablehlo.select %[[NEGATIVE]], %{{.+}}, %[[SQUARE]]
// CHECK:         return %[[X]],
func.func @inverse_root(%x: tensor<3xf32>) -> tensor<3xf32> {
  %k = stablehlo.constant dense<-0.5> : tensor<3xf32>
  %y = stablehlo.power %x, %k : tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// y = x^2, the branch x >= 0:  x = sqrt y,  with the log-det of any exponent.

// CHECK-LABEL: func.func @square.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xf32>)
// CHECK-NOT:     stablehlo.power
// CHECK:         %[[K:.+]] = stablehlo.constant dense<2.000000e+00>
// CHECK:         %[[X:.+]] = stablehlo.sqrt %[[Y]]
// CHECK:         %[[ABS_K:.+]] = stablehlo.abs %[[K]]
// CHECK:         %[[LOG_K:.+]] = stablehlo.log %[[ABS_K]]
// CHECK:         %[[ROOT:.+]] = stablehlo.divide %{{.+}}, %[[K]]
// CHECK:         %[[SLOPE:.+]] = stablehlo.add %{{.+}}, %[[ROOT]]
// CHECK:         %[[LOG_Y:.+]] = stablehlo.log %{{.+}}
// CHECK:         %[[SCALED:.+]] = stablehlo.multiply %[[SLOPE]], %[[LOG_Y]]
// CHECK:         %[[SHARE:.+]] = stablehlo.subtract %[[SCALED]], %[[LOG_K]]
// CHECK:         return %[[X]], %[[SHARE]]
func.func @square(%x: tensor<3xf32>) -> tensor<3xf32> {
  %k = stablehlo.constant dense<2.0> : tensor<3xf32>
  %y = stablehlo.power %x, %k : tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// Odd powers take negative x too.

// CHECK-LABEL: func.func @cube.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xf32>)
// CHECK-NOT:     stablehlo.power
// CHECK:         %[[X:.+]] = stablehlo.cbrt %[[Y]]
// CHECK:         return %[[X]],
func.func @cube(%x: tensor<3xf32>) -> tensor<3xf32> {
  %k = stablehlo.constant dense<3.0> : tensor<3xf32>
  %y = stablehlo.power %x, %k : tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// Those without a root of their own are solved for |x|, with the sign of y.

// CHECK-LABEL: func.func @fifth.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[K:.+]] = stablehlo.constant dense<5.000000e+00>
// CHECK:         %[[ROOT:.+]] = stablehlo.divide %{{.+}}, %[[K]]
// CHECK:         %[[NEGATIVE:.+]] = stablehlo.compare LT, %[[Y]], %{{.+}}
// CHECK:         %[[ABS_Y:.+]] = stablehlo.select %[[NEGATIVE]], %{{.+}}, %[[Y]]
// CHECK:         %[[POWER:.+]] = stablehlo.power %[[ABS_Y]], %[[ROOT]]
// CHECK:         %[[NEGATED:.+]] = stablehlo.negate %[[POWER]]
// CHECK:         %[[X:.+]] = stablehlo.select %[[NEGATIVE]], %[[NEGATED]], %[[POWER]]
// CHECK:         return %[[X]],
func.func @fifth(%x: tensor<3xf32>) -> tensor<3xf32> {
  %k = stablehlo.constant dense<5.0> : tensor<3xf32>
  %y = stablehlo.power %x, %k : tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// y = x^-1:  x = 1 / y.

// CHECK-LABEL: func.func @reciprocal.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xf32>)
// CHECK-NOT:     stablehlo.power
// CHECK:         %[[ONE:.+]] = stablehlo.constant dense<1.000000e+00>
// CHECK:         %[[X:.+]] = stablehlo.divide %[[ONE]], %[[Y]]
// CHECK:         return %[[X]],
func.func @reciprocal(%x: tensor<3xf32>) -> tensor<3xf32> {
  %k = stablehlo.constant dense<-1.0> : tensor<3xf32>
  %y = stablehlo.power %x, %k : tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// Complex: twice log|x| - log|y| - log|k|, for |y^(1/k)| is no power of |y|.

// CHECK-LABEL: func.func @complex.inverse(
// CHECK-SAME:    %[[K:.+]]: tensor<3xcomplex<f32>>, %[[Y:.+]]: tensor<3xcomplex<f32>>)
// CHECK:         %[[ROOT:.+]] = stablehlo.divide %{{.+}}, %[[K]]
// CHECK:         %[[X:.+]] = stablehlo.power %[[Y]], %[[ROOT]]
// CHECK:         %[[ABS_K:.+]] = stablehlo.abs %[[K]]
// CHECK:         %[[LOG_K:.+]] = stablehlo.log %[[ABS_K]]
// CHECK:         %[[ABS_X:.+]] = stablehlo.abs %[[X]]
// CHECK:         %[[LOG_X:.+]] = stablehlo.log %[[ABS_X]]
// CHECK:         %[[ABS_Y:.+]] = stablehlo.abs %[[Y]]
// CHECK:         %[[LOG_Y:.+]] = stablehlo.log %[[ABS_Y]]
// CHECK:         %[[RATIO:.+]] = stablehlo.subtract %[[LOG_X]], %[[LOG_Y]]
// CHECK:         %[[ONCE:.+]] = stablehlo.subtract %[[RATIO]], %[[LOG_K]]
// CHECK:         %[[TWO:.+]] = stablehlo.constant dense<2.000000e+00>
// CHECK:         %[[SHARE:.+]] = stablehlo.multiply %[[TWO]], %[[ONCE]]
// CHECK:         return %[[X]], %[[SHARE]]
func.func @complex(%k: tensor<3xcomplex<f32>>, %x: tensor<3xcomplex<f32>> {invhlo.unknown})
    -> tensor<3xcomplex<f32>> {
  %y = stablehlo.power %x, %k : tensor<3xcomplex<f32>>
  return %y : tensor<3xcomplex<f32>>
}
