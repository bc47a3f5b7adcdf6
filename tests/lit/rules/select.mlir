// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse -split-input-file | FileCheck %s

// A literal predicate says which elements are whose.

// CHECK-LABEL: func.func @halves.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<4xf32>)
// CHECK:         %[[C:.+]] = stablehlo.constant dense<[false, true, true, false]> : tensor<4xi1>
// CHECK:         %[[C2:.+]] = stablehlo.constant dense<5.000000e-01> : tensor<4xf32>
// CHECK:         %[[LOG:.+]] = stablehlo.log %[[C2]] : tensor<4xf32>
// CHECK:         %[[SELECT:.+]] = stablehlo.select %[[C]], %[[Y]], %[[LOG]] : tensor<4xi1>, tensor<4xf32>
// CHECK:         %[[EXPONENTIAL:.+]] = stablehlo.exponential %[[SELECT]] : tensor<4xf32>
// CHECK:         %[[C3:.+]] = stablehlo.constant dense<0.000000e+00> : tensor<4xf32>
// CHECK:         %[[SELECT2:.+]] = stablehlo.select %[[C]], %[[EXPONENTIAL]], %[[Y]] : tensor<4xi1>, tensor<4xf32>
// CHECK:         %[[SELECT3:.+]] = stablehlo.select %[[C]], %[[SELECT]], %[[C3]] : tensor<4xi1>, tensor<4xf32>
// CHECK:         return %[[SELECT2]], %[[SELECT3]] : tensor<4xf32>, tensor<4xf32>
func.func @halves(%x: tensor<4xf32>) -> tensor<4xf32> {
  %mask = stablehlo.constant dense<[true, false, false, true]> : tensor<4xi1>
  %z = stablehlo.log %x : tensor<4xf32>
  %y = stablehlo.select %mask, %x, %z : tensor<4xi1>, tensor<4xf32>
  return %y : tensor<4xf32>
}

// -----

// CHECK-LABEL: func.func @swap.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<2xf32>, %[[Z:.+]]: tensor<2xf32>)
// CHECK:         %[[C:.+]] = stablehlo.constant dense<[true, false]> : tensor<2xi1>
// CHECK:         %[[SELECT:.+]] = stablehlo.select %[[C]], %[[Z]], %[[Y]] : tensor<2xi1>, tensor<2xf32>
// CHECK:         %[[C2:.+]] = stablehlo.constant dense<[false, true]> : tensor<2xi1>
// CHECK:         %[[SELECT2:.+]] = stablehlo.select %[[C2]], %[[Z]], %[[Y]] : tensor<2xi1>, tensor<2xf32>
// CHECK:         %[[C3:.+]] = stablehlo.constant dense<0.000000e+00> : tensor<2xf32>
// CHECK:         return %[[SELECT2]], %[[SELECT]], %[[C3]], %[[C3]] : tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>
func.func @swap(%a: tensor<2xf32>, %b: tensor<2xf32>) -> (tensor<2xf32>, tensor<2xf32>) {
  %mask = stablehlo.constant dense<[true, false]> : tensor<2xi1>
  %y = stablehlo.select %mask, %a, %b : tensor<2xi1>, tensor<2xf32>
  %z = stablehlo.select %mask, %b, %a : tensor<2xi1>, tensor<2xf32>
  return %y, %z : tensor<2xf32>, tensor<2xf32>
}

// -----

// What is not NaN is of the arm that is not.

// CHECK-LABEL: func.func @guarded.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<4xf32>)
// CHECK:         %[[LOG:.+]] = stablehlo.log %[[Y]] : tensor<4xf32>
// CHECK:         %[[NEG:.+]] = stablehlo.negate %[[LOG]] : tensor<4xf32>
// CHECK:         return %[[LOG]], %[[NEG]] : tensor<4xf32>, tensor<4xf32>
func.func @guarded(%x: tensor<4xf32>) -> tensor<4xf32> {
  %zero = stablehlo.constant dense<0.0> : tensor<4xf32>
  %nan = stablehlo.constant dense<0x7FC00000> : tensor<4xf32>
  %outside = stablehlo.compare LT, %x, %zero : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xi1>
  %z = stablehlo.exponential %x : tensor<4xf32>
  %y = stablehlo.select %outside, %nan, %z : tensor<4xi1>, tensor<4xf32>
  return %y : tensor<4xf32>
}
