// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -invhlo-lower-idioms -cse -split-input-file | FileCheck %s

// An idiom is inverted as its function, whatever computed its value:
// y = log(x / (1 - x)):  x = 1 / (1 + exp -y),
// log|dx/dy| = -|y| - 2 log(1 + exp -|y|).

// CHECK-LABEL: func.func @logit.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[X:.+]] = stablehlo.logistic %[[Y]]
// CHECK:         %[[ABS:.+]] = stablehlo.select %{{.+}}, %{{.+}}, %[[Y]]
// CHECK:         %[[NEGATED:.+]] = stablehlo.negate %[[ABS]]
// CHECK:         %[[EXP:.+]] = stablehlo.exponential %[[NEGATED]]
// CHECK:         %[[LOG:.+]] = stablehlo.log_plus_one %[[EXP]]
// CHECK:         %[[TWO:.+]] = stablehlo.constant dense<2.000000e+00>
// CHECK:         %[[TWICE:.+]] = stablehlo.multiply %[[TWO]], %[[LOG]]
// CHECK:         %[[SUM:.+]] = stablehlo.add %[[ABS]], %[[TWICE]]
// CHECK:         %[[SHARE:.+]] = stablehlo.negate %[[SUM]]
// CHECK:         return %[[X]], %[[SHARE]]
func.func @logit(%x: tensor<3xf32>) -> tensor<3xf32> {
  %0 = stablehlo.cosine %x : tensor<3xf32>
  %y = invhlo.idiom "logit"(%x) = %0 : tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// Either operand of log(exp a + exp b) may be unknown:
// b = y + log(1 - exp(a - y)),  log|db/dy| = -log(1 - exp(a - y)).

// CHECK-LABEL: func.func @logaddexp.inverse(
// CHECK-SAME:    %[[A:.+]]: tensor<3xf32>, %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[GAP:.+]] = stablehlo.subtract %[[Y]], %[[A]]
// CHECK:         %[[NEAR_ZERO:.+]] = stablehlo.compare LT, %[[GAP]], %{{.+}}
// CHECK:         %[[SMALL:.+]] = stablehlo.log %{{.+}}
// CHECK:         %[[LARGE:.+]] = stablehlo.log_plus_one %{{.+}}
// CHECK:         %[[LOG:.+]] = stablehlo.select %[[NEAR_ZERO]], %[[SMALL]], %[[LARGE]]
// CHECK:         %[[B:.+]] = stablehlo.add %[[Y]], %[[LOG]]
// CHECK:         %[[SHARE:.+]] = stablehlo.negate %[[LOG]]
// CHECK:         return %[[B]], %[[SHARE]]
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
// CHECK:         %[[FIRST_Y:.+]] = stablehlo.slice %[[Y]] [0:1]
// CHECK:         %[[PRODUCT:.+]] = stablehlo.slice %[[Y]] [1:2]
// CHECK:         %[[FIRST:.+]] = stablehlo.logistic %[[FIRST_Y]]
// CHECK:         %[[SECOND_Y:.+]] = stablehlo.divide %[[PRODUCT]], %[[FIRST]]
// CHECK:         %[[LOG:.+]] = stablehlo.log %{{.+}}
// CHECK:         %[[DIVIDED:.+]] = stablehlo.negate %[[LOG]]
// CHECK:         %[[BOTH_Y:.+]] = stablehlo.concatenate %[[FIRST_Y]], %[[SECOND_Y]], dim = 0
// CHECK:         %[[BOTH_DIVIDED:.+]] = stablehlo.concatenate %{{.+}}, %[[DIVIDED]], dim = 0
// CHECK:         %[[BOTH:.+]] = stablehlo.logistic %[[BOTH_Y]]
// CHECK:         %[[BOTH_SHARE:.+]] = stablehlo.add %[[BOTH_DIVIDED]], %{{.+}}
// CHECK:         %[[SECOND:.+]] = stablehlo.slice %[[BOTH]] [1:2]
// CHECK:         %[[SECOND_SHARE:.+]] = stablehlo.slice %[[BOTH_SHARE]] [1:2]
// CHECK:         %[[X:.+]] = stablehlo.concatenate %[[FIRST]], %[[SECOND]], dim = 0
// CHECK:         %[[SHARE:.+]] = stablehlo.concatenate %{{.+}}, %[[SECOND_SHARE]], dim = 0
// CHECK:         return %[[X]], %[[SHARE]]
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
// CHECK:         %[[VALUE:.+]] = stablehlo.logistic %[[K]]
// CHECK:         %[[X:.+]] = stablehlo.subtract %[[Y]], %[[VALUE]]
// CHECK:         %[[ZERO:.+]] = stablehlo.constant dense<0.000000e+00>
// CHECK:         return %[[X]], %[[ZERO]]
func.func @forward(%k: tensor<3xf32>, %x: tensor<3xf32> {invhlo.unknown}) -> tensor<3xf32> {
  %0 = stablehlo.logistic %k : tensor<3xf32>
  %1 = invhlo.idiom "sigmoid"(%k) = %0 : tensor<3xf32>
  %y = stablehlo.add %x, %1 : tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// A parameter is found by what computes the value.

// CHECK-LABEL: func.func @parameter.inverse(
// CHECK-SAME:    %[[X:.+]]: tensor<3xf32>, %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[ALPHA:.+]] = stablehlo.subtract %[[Y]], %[[X]]
// CHECK:         return %[[ALPHA]]
func.func @parameter(%x: tensor<3xf32>, %alpha: tensor<3xf32> {invhlo.unknown})
    -> tensor<3xf32> {
  %0 = stablehlo.add %x, %alpha : tensor<3xf32>
  %y = invhlo.idiom "celu"(%x, %alpha) = %0 : tensor<3xf32>
  return %y : tensor<3xf32>
}
