// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-number-kinds | FileCheck %s

// Operands may differ, but not types, attributes or how many there are; what is
// like no other, or has a region, has no number.

// CHECK-LABEL: func.func @main(
// CHECK:         stablehlo.add {{.+}} {invhlo.kind = 0 : i64} : tensor<f32>
// CHECK-NEXT:    stablehlo.add {{.+}} {invhlo.kind = 0 : i64} : tensor<f32>
// CHECK-NEXT:    stablehlo.add {{%[^{]+}} : tensor<2xf32>
// CHECK-NEXT:    stablehlo.concatenate {{.+}} {invhlo.kind = 1 : i64} : (tensor<2xf32>, tensor<1xf32>)
// CHECK-NEXT:    stablehlo.concatenate {{.+}} {invhlo.kind = 1 : i64} : (tensor<2xf32>, tensor<1xf32>)
// CHECK-NEXT:    stablehlo.concatenate {{%[^{]+}} : (tensor<1xf32>, tensor<2xf32>)
// CHECK-NEXT:    stablehlo.slice {{.+}}[0:1]{{ *}} : (tensor<2xf32>)
// CHECK-NEXT:    stablehlo.slice {{.+}}[1:2]{{ *}} : (tensor<2xf32>)
// CHECK-NEXT:    "stablehlo.if"({{.+}}) ({
// CHECK-NEXT:      stablehlo.add {{.+}} {invhlo.kind = 0 : i64} : tensor<f32>
// CHECK-NEXT:      return
// CHECK-NEXT:    }, {
// CHECK-NEXT:      return
// CHECK-NEXT:    }) : (tensor<i1>) -> tensor<f32>
func.func @main(%p: tensor<i1>, %x: tensor<f32>, %y: tensor<f32>,
                %u: tensor<1xf32>, %v: tensor<2xf32>) -> tensor<f32> {
  %0 = stablehlo.add %x, %y : tensor<f32>
  %1 = stablehlo.add %0, %0 : tensor<f32>
  %2 = stablehlo.add %v, %v : tensor<2xf32>
  %3 = stablehlo.concatenate %v, %u, dim = 0 : (tensor<2xf32>, tensor<1xf32>) -> tensor<3xf32>
  %4 = stablehlo.concatenate %2, %u, dim = 0 : (tensor<2xf32>, tensor<1xf32>) -> tensor<3xf32>
  %5 = stablehlo.concatenate %u, %v, dim = 0 : (tensor<1xf32>, tensor<2xf32>) -> tensor<3xf32>
  %6 = stablehlo.slice %v [0:1] : (tensor<2xf32>) -> tensor<1xf32>
  %7 = stablehlo.slice %v [1:2] : (tensor<2xf32>) -> tensor<1xf32>
  %8 = "stablehlo.if"(%p) ({
    %9 = stablehlo.add %x, %1 : tensor<f32>
    stablehlo.return %9 : tensor<f32>
  }, {
    stablehlo.return %x : tensor<f32>
  }) : (tensor<i1>) -> tensor<f32>
  return %8 : tensor<f32>
}

// What the program says itself is not believed.
// CHECK-LABEL: func.func @forged(
// CHECK-NOT:     invhlo.kind
func.func @forged(%x: tensor<7xf32>) -> tensor<7xf32> {
  %0 = stablehlo.floor %x {invhlo.kind = 0 : i64} : tensor<7xf32>
  %1 = stablehlo.ceil %0 {invhlo.kind = 0 : i64} : tensor<7xf32>
  return %1 : tensor<7xf32>
}
