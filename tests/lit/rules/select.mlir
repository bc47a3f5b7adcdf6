// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse -split-input-file | FileCheck %s

// A literal predicate says which elements are whose.

// CHECK-LABEL: func.func @halves.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<4xf32>)
// CHECK:         %[[OF_Z:.+]] = stablehlo.constant dense<[false, true, true, false]>
// CHECK:         %[[Z:.+]] = stablehlo.select %[[OF_Z]], %[[Y]], %{{.+}}
// CHECK:         %[[EXP:.+]] = stablehlo.exponential %[[Z]]
// CHECK:         %[[ZERO:.+]] = stablehlo.constant dense<0.000000e+00>
// CHECK:         %[[X:.+]] = stablehlo.select %[[OF_Z]], %[[EXP]], %[[Y]]
// CHECK:         %[[SHARE:.+]] = stablehlo.select %[[OF_Z]], %[[Z]], %[[ZERO]]
// CHECK:         return %[[X]], %[[SHARE]]
func.func @halves(%x: tensor<4xf32>) -> tensor<4xf32> {
  %mask = stablehlo.constant dense<[true, false, false, true]> : tensor<4xi1>
  %z = stablehlo.log %x : tensor<4xf32>
  %y = stablehlo.select %mask, %x, %z : tensor<4xi1>, tensor<4xf32>
  return %y : tensor<4xf32>
}

// -----

// Each operand is found in parts of two results.

// CHECK-LABEL: func.func @swap.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<2xf32>, %[[Z:.+]]: tensor<2xf32>)
// CHECK-DAG:     %[[FIRST:.+]] = stablehlo.constant dense<[true, false]>
// CHECK-DAG:     %[[B:.+]] = stablehlo.select %[[FIRST]], %[[Z]], %[[Y]]
// CHECK-DAG:     %[[SECOND:.+]] = stablehlo.constant dense<[false, true]>
// CHECK-DAG:     %[[A:.+]] = stablehlo.select %[[SECOND]], %[[Z]], %[[Y]]
// CHECK:         return %[[A]], %[[B]],
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
// CHECK-NEXT:    %[[X:.+]] = stablehlo.log %[[Y]]
// CHECK-NEXT:    %[[SHARE:.+]] = stablehlo.negate %[[X]]
// CHECK-NEXT:    return %[[X]], %[[SHARE]]
func.func @guarded(%x: tensor<4xf32>) -> tensor<4xf32> {
  %zero = stablehlo.constant dense<0.0> : tensor<4xf32>
  %nan = stablehlo.constant dense<0x7FC00000> : tensor<4xf32>
  %outside = stablehlo.compare LT, %x, %zero : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xi1>
  %z = stablehlo.exponential %x : tensor<4xf32>
  %y = stablehlo.select %outside, %nan, %z : tensor<4xi1>, tensor<4xf32>
  return %y : tensor<4xf32>
}

// -----

// Indices that count from the end of the array are not chosen where one is there
// that does not.

// CHECK-LABEL: func.func @wrapped.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xi32>)
// CHECK:         %[[MOVED:.+]] = stablehlo.add %[[Y]], %{{.+}}
// CHECK:         %[[BELOW:.+]] = stablehlo.compare LT, %[[Y]], %{{.+}}
// CHECK:         %[[X:.+]] = stablehlo.select %[[BELOW]], %[[MOVED]], %[[Y]]
// CHECK:         return %[[X]],
func.func @wrapped(%x: tensor<3xi32>) -> tensor<3xi32> {
  %zero = stablehlo.constant dense<0> : tensor<3xi32>
  %n = stablehlo.constant dense<4> : tensor<3xi32>
  %0 = stablehlo.compare LT, %x, %zero, SIGNED : (tensor<3xi32>, tensor<3xi32>) -> tensor<3xi1>
  %1 = stablehlo.add %x, %n : tensor<3xi32>
  %2 = stablehlo.select %0, %1, %x : tensor<3xi1>, tensor<3xi32>
  return %2 : tensor<3xi32>
}
