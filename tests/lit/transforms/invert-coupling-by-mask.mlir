// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert -cse -split-input-file | FileCheck %s

// One arm of a select on a literal passes through.

// CHECK-LABEL: func.func @halves.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<4xf32>)
// CHECK:         %[[C:.+]] = stablehlo.constant dense<0.000000e+00> : tensor<4xf32>
// CHECK:         %[[C2:.+]] = stablehlo.constant dense<[true, true, false, false]> : tensor<4xi1>
// CHECK:         %[[SELECT:.+]] = stablehlo.select %[[C2]], %[[Y]], %[[C]] : tensor<4xi1>, tensor<4xf32>
// CHECK:         %[[REVERSE:.+]] = stablehlo.reverse %[[SELECT]], dims = [0] : tensor<4xf32>
// CHECK:         %[[TANH:.+]] = stablehlo.tanh %[[REVERSE]] : tensor<4xf32>
// CHECK:         %[[SUBTRACT:.+]] = stablehlo.subtract %[[Y]], %[[TANH]] : tensor<4xf32>
// CHECK:         %[[C3:.+]] = stablehlo.constant dense<[false, false, true, true]> : tensor<4xi1>
// CHECK:         %[[SELECT2:.+]] = stablehlo.select %[[C3]], %[[SUBTRACT]], %[[Y]] : tensor<4xi1>, tensor<4xf32>
// CHECK:         return %[[SELECT2]] : tensor<4xf32>
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
// CHECK:         %[[C:.+]] = stablehlo.constant dense<0.000000e+00> : tensor<2x2xf32>
// CHECK:         %[[C2:.+]] = stablehlo.constant dense<{{\[\[}}true, false], [false, true]]> : tensor<2x2xi1>
// CHECK:         %[[SELECT:.+]] = stablehlo.select %[[C2]], %[[Y]], %[[C]] : tensor<2x2xi1>, tensor<2x2xf32>
// CHECK:         %[[REVERSE:.+]] = stablehlo.reverse %[[SELECT]], dims = [1] : tensor<2x2xf32>
// CHECK:         %[[TANH:.+]] = stablehlo.tanh %[[REVERSE]] : tensor<2x2xf32>
// CHECK:         %[[SUBTRACT:.+]] = stablehlo.subtract %[[Y]], %[[TANH]] : tensor<2x2xf32>
// CHECK:         %[[C3:.+]] = stablehlo.constant dense<{{\[\[}}false, true], [true, false]]> : tensor<2x2xi1>
// CHECK:         %[[SELECT2:.+]] = stablehlo.select %[[C3]], %[[SUBTRACT]], %[[Y]] : tensor<2x2xi1>, tensor<2x2xf32>
// CHECK:         return %[[SELECT2]] : tensor<2x2xf32>
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
