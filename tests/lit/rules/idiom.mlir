// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -invhlo-lower-idioms -cse -split-input-file | FileCheck %s

// An idiom is inverted as its function, whatever computed its value:
// y = log(x / (1 - x)):  x = 1 / (1 + exp -y),
// log|dx/dy| = -|y| - 2 log(1 + exp -|y|).

// CHECK-LABEL: func.func @logit.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[LOGISTIC:.+]] = stablehlo.logistic %[[Y]] : tensor<3xf32>
// CHECK:         %[[C:.+]] = stablehlo.constant dense<0.000000e+00> : tensor<3xf32>
// CHECK:         %[[COMPARE:.+]] = stablehlo.compare LT, %[[Y]], %[[C]] : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
// CHECK:         %[[NEGATE:.+]] = stablehlo.negate %[[Y]] : tensor<3xf32>
// CHECK:         %[[SELECT:.+]] = stablehlo.select %[[COMPARE]], %[[NEGATE]], %[[Y]] : tensor<3xi1>, tensor<3xf32>
// CHECK:         %[[NEGATE2:.+]] = stablehlo.negate %[[SELECT]] : tensor<3xf32>
// CHECK:         %[[EXPONENTIAL:.+]] = stablehlo.exponential %[[NEGATE2]] : tensor<3xf32>
// CHECK:         %[[LOG_PLUS_ONE:.+]] = stablehlo.log_plus_one %[[EXPONENTIAL]] : tensor<3xf32>
// CHECK:         %[[C2:.+]] = stablehlo.constant dense<2.000000e+00> : tensor<3xf32>
// CHECK:         %[[MULTIPLY:.+]] = stablehlo.multiply %[[C2]], %[[LOG_PLUS_ONE]] : tensor<3xf32>
// CHECK:         %[[ADD:.+]] = stablehlo.add %[[SELECT]], %[[MULTIPLY]] : tensor<3xf32>
// CHECK:         %[[NEGATE3:.+]] = stablehlo.negate %[[ADD]] : tensor<3xf32>
// CHECK:         return %[[LOGISTIC]], %[[NEGATE3]] : tensor<3xf32>, tensor<3xf32>
func.func @logit(%x: tensor<3xf32>) -> tensor<3xf32> {
  %0 = stablehlo.cosine %x : tensor<3xf32>
  %y = invhlo.idiom "logit"(%x) = %0 : tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// Either operand of log(exp a + exp b) may be unknown.

// CHECK-LABEL: func.func @logaddexp.inverse(
// CHECK-SAME:    %[[A:.+]]: tensor<3xf32>, %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[SUBTRACT:.+]] = stablehlo.subtract %[[Y]], %[[A]] : tensor<3xf32>
// CHECK:         %[[C:.+]] = stablehlo.constant dense<0.693147182> : tensor<3xf32>
// CHECK:         %[[COMPARE:.+]] = stablehlo.compare LT, %[[SUBTRACT]], %[[C]] : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
// CHECK:         %[[C2:.+]] = stablehlo.constant dense<5.000000e-01> : tensor<3xf32>
// CHECK:         %[[SELECT:.+]] = stablehlo.select %[[COMPARE]], %[[SUBTRACT]], %[[C2]] : tensor<3xi1>, tensor<3xf32>
// CHECK:         %[[NEGATE:.+]] = stablehlo.negate %[[SELECT]] : tensor<3xf32>
// CHECK:         %[[EXPONENTIAL_MINUS_ONE:.+]] = stablehlo.exponential_minus_one %[[NEGATE]] : tensor<3xf32>
// CHECK:         %[[NEGATE2:.+]] = stablehlo.negate %[[EXPONENTIAL_MINUS_ONE]] : tensor<3xf32>
// CHECK:         %[[LOG:.+]] = stablehlo.log %[[NEGATE2]] : tensor<3xf32>
// CHECK:         %[[C3:.+]] = stablehlo.constant dense<1.000000e+00> : tensor<3xf32>
// CHECK:         %[[SELECT2:.+]] = stablehlo.select %[[COMPARE]], %[[C3]], %[[SUBTRACT]] : tensor<3xi1>, tensor<3xf32>
// CHECK:         %[[NEGATE3:.+]] = stablehlo.negate %[[SELECT2]] : tensor<3xf32>
// CHECK:         %[[EXPONENTIAL:.+]] = stablehlo.exponential %[[NEGATE3]] : tensor<3xf32>
// CHECK:         %[[NEGATE4:.+]] = stablehlo.negate %[[EXPONENTIAL]] : tensor<3xf32>
// CHECK:         %[[LOG_PLUS_ONE:.+]] = stablehlo.log_plus_one %[[NEGATE4]] : tensor<3xf32>
// CHECK:         %[[SELECT3:.+]] = stablehlo.select %[[COMPARE]], %[[LOG]], %[[LOG_PLUS_ONE]] : tensor<3xi1>, tensor<3xf32>
// CHECK:         %[[ADD:.+]] = stablehlo.add %[[Y]], %[[SELECT3]] : tensor<3xf32>
// CHECK:         %[[NEGATE5:.+]] = stablehlo.negate %[[SELECT3]] : tensor<3xf32>
// CHECK:         return %[[ADD]], %[[NEGATE5]] : tensor<3xf32>, tensor<3xf32>
func.func @logaddexp(%a: tensor<3xf32>, %b: tensor<3xf32> {invhlo.unknown}) -> tensor<3xf32> {
  %0 = stablehlo.add %a, %b : tensor<3xf32>
  %y = invhlo.idiom "logaddexp"(%a, %b) = %0 : tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// Pieces are solved as they become known: here the second element's factor is
// the first.

// CHECK-LABEL: func.func @pieces.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<2xf32>)
// CHECK:         %[[SLICE:.+]] = stablehlo.slice %[[Y]] [0:1] : (tensor<2xf32>) -> tensor<1xf32>
// CHECK:         %[[SLICE2:.+]] = stablehlo.slice %[[Y]] [1:2] : (tensor<2xf32>) -> tensor<1xf32>
// CHECK:         %[[LOGISTIC:.+]] = stablehlo.logistic %[[SLICE]] : tensor<1xf32>
// CHECK:         %[[C:.+]] = stablehlo.constant dense<0.000000e+00> : tensor<1xf32>
// CHECK:         %[[COMPARE:.+]] = stablehlo.compare LT, %[[SLICE]], %[[C]] : (tensor<1xf32>, tensor<1xf32>) -> tensor<1xi1>
// CHECK:         %[[NEGATE:.+]] = stablehlo.negate %[[SLICE]] : tensor<1xf32>
// CHECK:         %[[SELECT:.+]] = stablehlo.select %[[COMPARE]], %[[NEGATE]], %[[SLICE]] : tensor<1xi1>, tensor<1xf32>
// CHECK:         %[[NEGATE2:.+]] = stablehlo.negate %[[SELECT]] : tensor<1xf32>
// CHECK:         %[[EXPONENTIAL:.+]] = stablehlo.exponential %[[NEGATE2]] : tensor<1xf32>
// CHECK:         %[[LOG_PLUS_ONE:.+]] = stablehlo.log_plus_one %[[EXPONENTIAL]] : tensor<1xf32>
// CHECK:         %[[C2:.+]] = stablehlo.constant dense<2.000000e+00> : tensor<1xf32>
// CHECK:         %[[MULTIPLY:.+]] = stablehlo.multiply %[[C2]], %[[LOG_PLUS_ONE]] : tensor<1xf32>
// CHECK:         %[[ADD:.+]] = stablehlo.add %[[SELECT]], %[[MULTIPLY]] : tensor<1xf32>
// CHECK:         %[[NEGATE3:.+]] = stablehlo.negate %[[ADD]] : tensor<1xf32>
// CHECK:         %[[DIVIDE:.+]] = stablehlo.divide %[[SLICE2]], %[[LOGISTIC]] : tensor<1xf32>
// CHECK:         %[[ABS:.+]] = stablehlo.abs %[[LOGISTIC]] : tensor<1xf32>
// CHECK:         %[[LOG:.+]] = stablehlo.log %[[ABS]] : tensor<1xf32>
// CHECK:         %[[NEGATE4:.+]] = stablehlo.negate %[[LOG]] : tensor<1xf32>
// CHECK:         %[[CONCATENATE:.+]] = stablehlo.concatenate %[[SLICE]], %[[DIVIDE]], dim = 0 : (tensor<1xf32>, tensor<1xf32>) -> tensor<2xf32>
// CHECK:         %[[CONCATENATE2:.+]] = stablehlo.concatenate %[[C]], %[[NEGATE4]], dim = 0 : (tensor<1xf32>, tensor<1xf32>) -> tensor<2xf32>
// CHECK:         %[[LOGISTIC2:.+]] = stablehlo.logistic %[[CONCATENATE]] : tensor<2xf32>
// CHECK:         %[[C3:.+]] = stablehlo.constant dense<0.000000e+00> : tensor<2xf32>
// CHECK:         %[[COMPARE2:.+]] = stablehlo.compare LT, %[[CONCATENATE]], %[[C3]] : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xi1>
// CHECK:         %[[NEGATE5:.+]] = stablehlo.negate %[[CONCATENATE]] : tensor<2xf32>
// CHECK:         %[[SELECT2:.+]] = stablehlo.select %[[COMPARE2]], %[[NEGATE5]], %[[CONCATENATE]] : tensor<2xi1>, tensor<2xf32>
// CHECK:         %[[NEGATE6:.+]] = stablehlo.negate %[[SELECT2]] : tensor<2xf32>
// CHECK:         %[[EXPONENTIAL2:.+]] = stablehlo.exponential %[[NEGATE6]] : tensor<2xf32>
// CHECK:         %[[LOG_PLUS_ONE2:.+]] = stablehlo.log_plus_one %[[EXPONENTIAL2]] : tensor<2xf32>
// CHECK:         %[[C4:.+]] = stablehlo.constant dense<2.000000e+00> : tensor<2xf32>
// CHECK:         %[[MULTIPLY2:.+]] = stablehlo.multiply %[[C4]], %[[LOG_PLUS_ONE2]] : tensor<2xf32>
// CHECK:         %[[ADD2:.+]] = stablehlo.add %[[SELECT2]], %[[MULTIPLY2]] : tensor<2xf32>
// CHECK:         %[[NEGATE7:.+]] = stablehlo.negate %[[ADD2]] : tensor<2xf32>
// CHECK:         %[[ADD3:.+]] = stablehlo.add %[[CONCATENATE2]], %[[NEGATE7]] : tensor<2xf32>
// CHECK:         %[[SLICE3:.+]] = stablehlo.slice %[[LOGISTIC2]] [1:2] : (tensor<2xf32>) -> tensor<1xf32>
// CHECK:         %[[SLICE4:.+]] = stablehlo.slice %[[ADD3]] [1:2] : (tensor<2xf32>) -> tensor<1xf32>
// CHECK:         %[[CONCATENATE3:.+]] = stablehlo.concatenate %[[LOGISTIC]], %[[SLICE3]], dim = 0 : (tensor<1xf32>, tensor<1xf32>) -> tensor<2xf32>
// CHECK:         %[[CONCATENATE4:.+]] = stablehlo.concatenate %[[NEGATE3]], %[[SLICE4]], dim = 0 : (tensor<1xf32>, tensor<1xf32>) -> tensor<2xf32>
// CHECK:         return %[[CONCATENATE3]], %[[CONCATENATE4]] : tensor<2xf32>, tensor<2xf32>
func.func @pieces(%x: tensor<2xf32>) -> tensor<2xf32> {
  %0 = stablehlo.negate %x : tensor<2xf32>
  %1 = invhlo.idiom "logit"(%x) = %0 : tensor<2xf32>
  %2 = stablehlo.slice %x [0:1] : (tensor<2xf32>) -> tensor<1xf32>
  %3 = stablehlo.slice %1 [0:1] : (tensor<2xf32>) -> tensor<1xf32>
  %4 = stablehlo.slice %1 [1:2] : (tensor<2xf32>) -> tensor<1xf32>
  %5 = stablehlo.multiply %4, %2 : tensor<1xf32>
  %y = stablehlo.concatenate %3, %5, dim = 0 : (tensor<1xf32>, tensor<1xf32>) -> tensor<2xf32>
  return %y : tensor<2xf32>
}

// -----

// Forward it is its value.

// CHECK-LABEL: func.func @forward.inverse(
// CHECK-SAME:    %[[K:.+]]: tensor<3xf32>, %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[LOGISTIC:.+]] = stablehlo.logistic %[[K]] : tensor<3xf32>
// CHECK:         %[[SUBTRACT:.+]] = stablehlo.subtract %[[Y]], %[[LOGISTIC]] : tensor<3xf32>
// CHECK:         %[[C:.+]] = stablehlo.constant dense<0.000000e+00> : tensor<3xf32>
// CHECK:         return %[[SUBTRACT]], %[[C]] : tensor<3xf32>, tensor<3xf32>
func.func @forward(%k: tensor<3xf32>, %x: tensor<3xf32> {invhlo.unknown}) -> tensor<3xf32> {
  %0 = stablehlo.logistic %k : tensor<3xf32>
  %1 = invhlo.idiom "sigmoid"(%k) = %0 : tensor<3xf32>
  %y = stablehlo.add %x, %1 : tensor<3xf32>
  return %y : tensor<3xf32>
}
