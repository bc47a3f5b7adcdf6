// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse -split-input-file | FileCheck %s

// y = sin x, |x| <= pi/2:  x = asin y,  with the log-det of cos.

// CHECK-LABEL: func.func @real.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[X:.+]] = chlo.asin %[[Y]]
// CHECK:         %[[MINUS_HALF:.+]] = stablehlo.constant dense<-5.000000e-01>
// CHECK:         %[[SMALL:.+]] = stablehlo.log_plus_one %{{.+}}
// CHECK:         %[[ABOVE:.+]] = stablehlo.log_plus_one %{{.+}}
// CHECK:         %[[BELOW:.+]] = stablehlo.log_plus_one %{{.+}}
// CHECK:         %[[LARGE:.+]] = stablehlo.add %[[ABOVE]], %[[BELOW]]
// CHECK:         %[[LOG:.+]] = stablehlo.select %{{.+}}, %[[SMALL]], %[[LARGE]]
// CHECK:         %[[SHARE:.+]] = stablehlo.multiply %[[MINUS_HALF]], %[[LOG]]
// CHECK:         return %[[X]], %[[SHARE]]
func.func @real(%x: tensor<3xf32>) -> tensor<3xf32> {
  %y = stablehlo.sine %x : tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// Complex: with the log-det of cos too.

// CHECK-LABEL: func.func @complex.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xcomplex<f32>>)
// CHECK:         %[[X:.+]] = chlo.asin %[[Y]]
// CHECK:         %[[ABOVE:.+]] = stablehlo.log_plus_one %[[Y]]
// CHECK:         %[[RE_ABOVE:.+]] = stablehlo.real %[[ABOVE]]
// CHECK:         %[[SUM:.+]] = stablehlo.add %[[RE_ABOVE]], %{{.+}}
// CHECK:         %[[MINUS_HALF:.+]] = stablehlo.constant dense<-5.000000e-01>
// CHECK:         %[[ONCE:.+]] = stablehlo.multiply %[[MINUS_HALF]], %[[SUM]]
// CHECK:         %[[TWO:.+]] = stablehlo.constant dense<2.000000e+00>
// CHECK:         %[[SHARE:.+]] = stablehlo.multiply %[[TWO]], %[[ONCE]]
// CHECK:         return %[[X]], %[[SHARE]]
func.func @complex(%x: tensor<3xcomplex<f32>>) -> tensor<3xcomplex<f32>> {
  %y = stablehlo.sine %x : tensor<3xcomplex<f32>>
  return %y : tensor<3xcomplex<f32>>
}
