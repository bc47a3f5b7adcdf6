// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert -cse -split-input-file | FileCheck %s

// One arm of a select on a literal passes through.

// CHECK-LABEL: func.func @halves.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<4xf32>)
// CHECK:         %[[ZERO:.+]] = stablehlo.constant dense<0.000000e+00>
// CHECK:         %[[MASK:.+]] = stablehlo.constant dense<[true, true, false, false]>
// CHECK:         %[[A:.+]] = stablehlo.select %[[MASK]], %[[Y]], %[[ZERO]]
// CHECK:         %[[H:.+]] = stablehlo.reverse %[[A]]
// CHECK:         %[[T:.+]] = stablehlo.tanh %[[H]]
// CHECK:         %[[B:.+]] = stablehlo.subtract %[[Y]], %[[T]]
// CHECK:         %[[OTHER:.+]] = stablehlo.constant dense<[false, false, true, true]>
// CHECK:         %[[X:.+]] = stablehlo.select %[[OTHER]], %[[B]], %[[Y]]
// CHECK:         return %[[X]]
func.func @halves(%x: tensor<4xf32>) -> tensor<4xf32> {
  %mask = stablehlo.constant dense<[true, true, false, false]> : tensor<4xi1>
  %zero = stablehlo.constant dense<0.0> : tensor<4xf32>
  %a = stablehlo.select %mask, %x, %zero : tensor<4xi1>, tensor<4xf32>
  %h = stablehlo.reverse %a, dims = [0] : tensor<4xf32>
  %t = stablehlo.tanh %h : tensor<4xf32>
  %b = stablehlo.add %x, %t : tensor<4xf32>
  %y = stablehlo.select %mask, %x, %b : tensor<4xi1>, tensor<4xf32>
  return %y : tensor<4xf32>
}

// -----

// A checkerboard is no box.

// CHECK-LABEL: func.func @checkerboard.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<2x2xf32>)
// CHECK:         %[[ZERO:.+]] = stablehlo.constant dense<0.000000e+00>
// CHECK:         %[[MASK:.+]] = stablehlo.constant dense<{{\[\[}}true, false], [false, true]]>
// CHECK:         %[[A:.+]] = stablehlo.select %[[MASK]], %[[Y]], %[[ZERO]]
// CHECK:         %[[H:.+]] = stablehlo.reverse %[[A]]
// CHECK:         %[[T:.+]] = stablehlo.tanh %[[H]]
// CHECK:         %[[B:.+]] = stablehlo.subtract %[[Y]], %[[T]]
// CHECK:         %[[OTHER:.+]] = stablehlo.constant dense<{{\[\[}}false, true], [true, false]]>
// CHECK:         %[[X:.+]] = stablehlo.select %[[OTHER]], %[[B]], %[[Y]]
// CHECK:         return %[[X]]
func.func @checkerboard(%x: tensor<2x2xf32>) -> tensor<2x2xf32> {
  %mask = stablehlo.constant dense<[[true, false], [false, true]]> : tensor<2x2xi1>
  %zero = stablehlo.constant dense<0.0> : tensor<2x2xf32>
  %a = stablehlo.select %mask, %x, %zero : tensor<2x2xi1>, tensor<2x2xf32>
  %h = stablehlo.reverse %a, dims = [1] : tensor<2x2xf32>
  %t = stablehlo.tanh %h : tensor<2x2xf32>
  %b = stablehlo.add %x, %t : tensor<2x2xf32>
  %y = stablehlo.select %mask, %x, %b : tensor<2x2xi1>, tensor<2x2xf32>
  return %y : tensor<2x2xf32>
}
