// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse -split-input-file -verify-diagnostics | FileCheck %s

// A running sum:  x_i = y_i - y_(i-1).

// CHECK-LABEL: func.func @sum.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<4xf32>)
// CHECK:         %[[ZERO:.+]] = stablehlo.constant dense<0.000000e+00> : tensor<f32>
// CHECK:         %[[BEFORE:.+]] = stablehlo.pad %[[Y]], %[[ZERO]], low = [1], high = [-1], interior = [0]
// CHECK:         %[[X:.+]] = stablehlo.subtract %[[Y]], %[[BEFORE]] : tensor<4xf32>
// CHECK:         %[[SHARE:.+]] = stablehlo.constant dense<0.000000e+00> : tensor<4xf32>
// CHECK:         return %[[X]], %[[SHARE]]
func.func @sum(%x: tensor<4xf32>) -> tensor<4xf32> {
  %zero = stablehlo.constant dense<0.0> : tensor<f32>
  %y = "stablehlo.reduce_window"(%x, %zero) <{
    padding = dense<[[3, 0]]> : tensor<1x2xi64>, window_dimensions = array<i64: 4>
  }> ({
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    %sum = stablehlo.add %a, %b : tensor<f32>
    stablehlo.return %sum : tensor<f32>
  }) : (tensor<4xf32>, tensor<f32>) -> tensor<4xf32>
  return %y : tensor<4xf32>
}

// -----

// The order in which sums are written does not matter.

// CHECK-LABEL: func.func @sum_of_swapped.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<4xi32>)
// CHECK:         stablehlo.subtract %[[Y]]
func.func @sum_of_swapped(%x: tensor<4xi32>) -> tensor<4xi32> {
  %zero = stablehlo.constant dense<0> : tensor<i32>
  %y = "stablehlo.reduce_window"(%x, %zero) <{
    padding = dense<[[3, 0]]> : tensor<1x2xi64>, window_dimensions = array<i64: 4>
  }> ({
  ^bb0(%a: tensor<i32>, %b: tensor<i32>):
    %sum = stablehlo.add %b, %a : tensor<i32>
    stablehlo.return %sum : tensor<i32>
  }) : (tensor<4xi32>, tensor<i32>) -> tensor<4xi32>
  return %y : tensor<4xi32>
}

// -----

// A running product from the end:  x_i = y_i / y_(i+1),  log|dx/dy| = -log|y_(i+1)|.

// CHECK-LABEL: func.func @product.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<2x4xf32>)
// CHECK:         %[[ONE:.+]] = stablehlo.constant dense<1.000000e+00> : tensor<f32>
// CHECK:         %[[AFTER:.+]] = stablehlo.pad %[[Y]], %[[ONE]], low = [0, -1], high = [0, 1], interior = [0, 0]
// CHECK:         %[[X:.+]] = stablehlo.divide %[[Y]], %[[AFTER]]
// CHECK:         %[[ABS:.+]] = stablehlo.abs %[[AFTER]]
// CHECK:         %[[LOG:.+]] = stablehlo.log %[[ABS]]
// CHECK:         %[[SHARE:.+]] = stablehlo.negate %[[LOG]]
// CHECK:         return %[[X]], %[[SHARE]]
func.func @product(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %one = stablehlo.constant dense<1.0> : tensor<f32>
  %y = "stablehlo.reduce_window"(%x, %one) <{
    padding = dense<[[0, 0], [0, 3]]> : tensor<2x2xi64>, window_dimensions = array<i64: 1, 4>
  }> ({
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    %product = stablehlo.multiply %a, %b : tensor<f32>
    stablehlo.return %product : tensor<f32>
  }) : (tensor<2x4xf32>, tensor<f32>) -> tensor<2x4xf32>
  return %y : tensor<2x4xf32>
}

// -----

// expected-note @+1 {{the unknown is argument #0}}
func.func @pooling(%x: tensor<4xf32>) -> tensor<2xf32> {
  %zero = stablehlo.constant dense<0.0> : tensor<f32>
  // expected-error @+1 {{cannot be inverted: its windows are not running ones}}
  %y = "stablehlo.reduce_window"(%x, %zero) <{
    window_dimensions = array<i64: 2>, window_strides = array<i64: 2>
  }> ({
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    %sum = stablehlo.add %a, %b : tensor<f32>
    stablehlo.return %sum : tensor<f32>
  }) : (tensor<4xf32>, tensor<f32>) -> tensor<2xf32>
  return %y : tensor<2xf32>
}

// -----

// expected-note @+1 {{the unknown is argument #0}}
func.func @running_maximum(%x: tensor<4xf32>) -> tensor<4xf32> {
  %low = stablehlo.constant dense<0xFF800000> : tensor<f32>
  // expected-error @+1 {{cannot be inverted: what it combines with is not undone}}
  %y = "stablehlo.reduce_window"(%x, %low) <{
    padding = dense<[[3, 0]]> : tensor<1x2xi64>, window_dimensions = array<i64: 4>
  }> ({
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    %max = stablehlo.maximum %a, %b : tensor<f32>
    stablehlo.return %max : tensor<f32>
  }) : (tensor<4xf32>, tensor<f32>) -> tensor<4xf32>
  return %y : tensor<4xf32>
}
