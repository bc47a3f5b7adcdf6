// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s --invhlo-lower-idioms | FileCheck %s --implicit-check-not=invhlo.idiom

// An idiom is its value, in regions too.

// CHECK-LABEL: func.func @main(
// CHECK-SAME:    %[[I:.+]]: tensor<i32>, %[[X:.+]]: tensor<3xf32>)
// CHECK:         %[[TANH:.+]] = stablehlo.tanh %[[X]]
// CHECK:         stablehlo.case
// CHECK:           %[[SINE:.+]] = stablehlo.sine %[[TANH]]
// CHECK-NEXT:      stablehlo.return %[[SINE]]
func.func @main(%i: tensor<i32>, %x: tensor<3xf32>) -> tensor<3xf32> {
  %0 = stablehlo.tanh %x : tensor<3xf32>
  %1 = invhlo.idiom "sigmoid"(%x) = %0 : tensor<3xf32>
  %y = "stablehlo.case"(%i) ({
    %2 = stablehlo.sine %1 : tensor<3xf32>
    %3 = invhlo.idiom "softplus"(%1) = %2 : tensor<3xf32>
    stablehlo.return %3 : tensor<3xf32>
  }, {
    stablehlo.return %1 : tensor<3xf32>
  }) : (tensor<i32>) -> tensor<3xf32>
  return %y : tensor<3xf32>
}
