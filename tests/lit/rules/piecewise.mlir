// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-raise-piecewise -invhlo-raise-monomials -invhlo-invert="log-det=shares" -cse -split-input-file -verify-diagnostics | FileCheck %s

// y = x for x > 0, else exp(2 x) - 1: the sign of y says which. Each arm gets
// y where it is its own, and elsewhere a number at which it is regular. Nothing
// is below -1.

// CHECK-LABEL: func.func @results.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[ZERO:.+]] = stablehlo.constant dense<0.0
// CHECK:         %[[ABOVE:.+]] = stablehlo.compare GT, %[[Y]], %[[ZERO]]
// CHECK:         %[[BELOW:.+]] = stablehlo.not %[[ABOVE]]
// CHECK:         %[[ONE:.+]] = stablehlo.constant dense<1.0
// CHECK:         %[[Y0:.+]] = stablehlo.select %[[ABOVE]], %[[Y]], %[[ONE]]
// CHECK:         %[[Y1:.+]] = stablehlo.select %[[BELOW]], %[[Y]], %
// CHECK:         %[[LOG:.+]] = stablehlo.log_plus_one %[[Y1]]
// CHECK:         %[[X1:.+]] = stablehlo.divide %[[LOG]], %
// CHECK:         %[[S1:.+]] = invhlo.sum_shares
// CHECK:         %[[LEAST:.+]] = stablehlo.constant dense<-1.0
// CHECK:         stablehlo.compare GE, %[[Y]], %[[LEAST]]
// CHECK:         %[[NAN:.+]] = stablehlo.constant dense<0x7FC00000>
// CHECK:         %[[REST:.+]] = stablehlo.select %{{.+}}, %[[X1]], %[[NAN]]
// CHECK:         %[[REST_SHARE:.+]] = stablehlo.select %{{.+}}, %[[S1]], %[[NAN]]
// CHECK:         %[[X:.+]] = stablehlo.select %[[ABOVE]], %[[Y0]], %[[REST]]
// CHECK:         %[[SHARE:.+]] = stablehlo.select %[[ABOVE]], %{{.+}}, %[[REST_SHARE]]
// CHECK:         return %[[X]], %[[SHARE]]
func.func @results(%x: tensor<3xf32>) -> tensor<3xf32> {
  %zero = stablehlo.constant dense<0.0> : tensor<3xf32>
  %two = stablehlo.constant dense<2.0> : tensor<3xf32>
  %p = stablehlo.compare GT, %x, %zero : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
  %0 = stablehlo.multiply %x, %two : tensor<3xf32>
  %1 = stablehlo.exponential_minus_one %0 : tensor<3xf32>
  %2 = stablehlo.select %p, %x, %1 : tensor<3xi1>, tensor<3xf32>
  return %2 : tensor<3xf32>
}

// -----

// Where all numbers are results, one comparison tells two arms apart.

// CHECK-LABEL: func.func @covering.inverse(
// CHECK-COUNT-1: stablehlo.compare
// CHECK-NOT:     stablehlo.compare
// CHECK:         return
func.func @covering(%x: tensor<3xf32>) -> tensor<3xf32> {
  %zero = stablehlo.constant dense<0.0> : tensor<3xf32>
  %p = stablehlo.compare GT, %x, %zero : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
  %0 = stablehlo.multiply %x, %x : tensor<3xf32>
  %1 = stablehlo.negate %0 : tensor<3xf32>
  %2 = stablehlo.select %p, %0, %1 : tensor<3xi1>, tensor<3xf32>
  return %2 : tensor<3xf32>
}

// -----

// A slope that is known in a run only: the arm whose results are known is tried
// first, the other keeps what its predicate holds for.

// CHECK-LABEL: func.func @slope.inverse(
// CHECK-SAME:    %[[K:.+]]: tensor<3xf32>, %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[ABOVE:.+]] = stablehlo.compare GT, %[[Y]], %
// CHECK:         %[[X1:.+]] = stablehlo.divide %{{.+}}, %[[K]]
// CHECK:         %[[HOLDS:.+]] = stablehlo.compare LE, %[[X1]], %
// CHECK:         %[[REST:.+]] = stablehlo.select %[[HOLDS]], %[[X1]], %
// CHECK:         stablehlo.select %[[ABOVE]], %{{.+}}, %[[REST]]
func.func @slope(%k: tensor<3xf32>, %x: tensor<3xf32> {invhlo.unknown}) -> tensor<3xf32> {
  %zero = stablehlo.constant dense<0.0> : tensor<3xf32>
  %p = stablehlo.compare GT, %x, %zero : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
  %0 = stablehlo.multiply %k, %x : tensor<3xf32>
  %1 = stablehlo.select %p, %x, %0 : tensor<3xi1>, tensor<3xf32>
  return %1 : tensor<3xf32>
}

// -----

// A threshold that is known in a run only: the first arm whose predicate holds
// for what it finds. Where none does, one holds a few units in the last place
// beside it, or there is none. An arm that is not taken gets a regular point.

// CHECK-LABEL: func.func @threshold.inverse(
// CHECK-SAME:    %[[K:.+]]: tensor<3xf32>, %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[P0:.+]] = stablehlo.compare LT, %[[Y]], %[[K]]
// CHECK:         %[[X1:.+]] = stablehlo.log %[[Y]]
// CHECK:         %[[P1:.+]] = stablehlo.compare GE, %[[X1]], %[[K]]
// CHECK:         %[[STEP:.+]] = stablehlo.multiply
// CHECK:         %[[HIGHER:.+]] = stablehlo.add %[[Y]], %[[STEP]]
// CHECK:         %[[LOWER:.+]] = stablehlo.subtract %[[Y]], %[[STEP]]
// CHECK:         %[[ABOVE:.+]] = stablehlo.compare LT, %[[HIGHER]], %[[K]]
// CHECK:         %[[BELOW:.+]] = stablehlo.compare LT, %[[LOWER]], %[[K]]
// CHECK:         %[[SEAM0:.+]] = stablehlo.or %[[ABOVE]], %[[BELOW]]
// CHECK:         %[[MAYBE0:.+]] = stablehlo.or %[[P0]], %[[SEAM0]]
// CHECK:         stablehlo.compare GE
// CHECK:         stablehlo.compare GE
// CHECK:         %[[SEAM1:.+]] = stablehlo.or
// CHECK:         %[[MAYBE1:.+]] = stablehlo.or %[[P1]], %[[SEAM1]]
// CHECK:         %[[Y0:.+]] = stablehlo.select %[[MAYBE0]], %[[Y]], %
// CHECK:         %[[Y1:.+]] = stablehlo.select %[[MAYBE1]], %[[Y]], %
// CHECK:         %[[FOUND:.+]] = stablehlo.log %[[Y1]]
// CHECK:         %[[LAST:.+]] = stablehlo.select %[[SEAM1]], %[[FOUND]], %
// CHECK:         %[[BESIDE:.+]] = stablehlo.select %[[SEAM0]], %[[Y0]], %[[LAST]]
// CHECK:         %[[REST:.+]] = stablehlo.select %[[P1]], %[[FOUND]], %[[BESIDE]]
// CHECK:         stablehlo.select %[[P0]], %[[Y0]], %[[REST]]
func.func @threshold(%k: tensor<3xf32>, %x: tensor<3xf32> {invhlo.unknown}) -> tensor<3xf32> {
  %p = stablehlo.compare LT, %x, %k : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
  %0 = stablehlo.exponential %x : tensor<3xf32>
  %1 = stablehlo.select %p, %x, %0 : tensor<3xi1>, tensor<3xf32>
  return %1 : tensor<3xf32>
}

// -----

// A predicate that is known in a run chooses, whatever is found.

// CHECK-LABEL: func.func @known.inverse(
// CHECK-SAME:    %[[P:.+]]: tensor<3xi1>, %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[NOT:.+]] = stablehlo.not %[[P]]
// CHECK:         %[[Y0:.+]] = stablehlo.select %[[P]], %[[Y]], %
// CHECK:         %[[Y1:.+]] = stablehlo.select %[[NOT]], %[[Y]], %
// CHECK:         %[[X1:.+]] = stablehlo.log %[[Y1]]
// CHECK:         stablehlo.select %[[P]], %[[Y0]], %[[X1]]
func.func @known(%p: tensor<3xi1>, %x: tensor<3xf32> {invhlo.unknown}) -> tensor<3xf32> {
  %0 = stablehlo.exponential %x : tensor<3xf32>
  %1 = stablehlo.select %p, %x, %0 : tensor<3xi1>, tensor<3xf32>
  return %1 : tensor<3xf32>
}

// -----

// expected-note @+1 {{the unknown is argument #0}}
func.func @overlap(%x: tensor<3xf32>) -> tensor<3xf32> {
  %zero = stablehlo.constant dense<0.0> : tensor<3xf32>
  %p = stablehlo.compare GT, %x, %zero : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
  %0 = stablehlo.multiply %x, %x : tensor<3xf32>
  %1 = stablehlo.negate %x : tensor<3xf32>
  // expected-error @+1 {{'invhlo.piecewise' op cannot be inverted: it is not injective: both x > 0 and x <= 0 give 1}}
  %2 = stablehlo.select %p, %0, %1 : tensor<3xi1>, tensor<3xf32>
  return %2 : tensor<3xf32>
}
