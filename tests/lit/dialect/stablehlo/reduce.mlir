// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @sum(
// CHECK-SAME:    %[[X:.+]]: tensor<2x3xf32>, %[[INIT:.+]]: tensor<f32>) -> tensor<2xf32>
// CHECK-NEXT:    %{{.+}} = stablehlo.reduce(%[[X]] init: %[[INIT]]) applies stablehlo.add across dimensions = [1] : (tensor<2x3xf32>, tensor<f32>) -> tensor<2xf32>
func.func @sum(%x: tensor<2x3xf32>, %init: tensor<f32>) -> tensor<2xf32> {
  %y = stablehlo.reduce(%x init: %init) applies stablehlo.add across dimensions = [1] : (tensor<2x3xf32>, tensor<f32>) -> tensor<2xf32>
  return %y : tensor<2xf32>
}

// CHECK-LABEL: func.func @argmax(
// CHECK-SAME:    %[[X:.+]]: tensor<2x3xf32>, %[[I:.+]]: tensor<2x3xi32>, %[[X0:.+]]: tensor<f32>, %[[I0:.+]]: tensor<i32>) -> (tensor<2xf32>, tensor<2xi32>)
// CHECK-NEXT:    %{{.+}}:2 = stablehlo.reduce(%[[X]] init: %[[X0]]), (%[[I]] init: %[[I0]]) across dimensions = [1] : (tensor<2x3xf32>, tensor<2x3xi32>, tensor<f32>, tensor<i32>) -> (tensor<2xf32>, tensor<2xi32>)
// CHECK-NEXT:     reducer(%[[A:.+]]: tensor<f32>, %[[C:.+]]: tensor<f32>) (%[[B:.+]]: tensor<i32>, %[[D:.+]]: tensor<i32>)  {
// CHECK-NEXT:      %[[P:.+]] = stablehlo.compare GT, %[[A]], %[[C]], FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
// CHECK-NEXT:      %[[M:.+]] = stablehlo.select %[[P]], %[[A]], %[[C]] : tensor<i1>, tensor<f32>
// CHECK-NEXT:      %[[N:.+]] = stablehlo.select %[[P]], %[[B]], %[[D]] : tensor<i1>, tensor<i32>
// CHECK-NEXT:      stablehlo.return %[[M]], %[[N]] : tensor<f32>, tensor<i32>
// CHECK-NEXT:    }
func.func @argmax(%x: tensor<2x3xf32>, %i: tensor<2x3xi32>, %x0: tensor<f32>, %i0: tensor<i32>) -> (tensor<2xf32>, tensor<2xi32>) {
  %y:2 = stablehlo.reduce(%x init: %x0), (%i init: %i0) across dimensions = [1] : (tensor<2x3xf32>, tensor<2x3xi32>, tensor<f32>, tensor<i32>) -> (tensor<2xf32>, tensor<2xi32>)
   reducer(%a: tensor<f32>, %c: tensor<f32>) (%b: tensor<i32>, %d: tensor<i32>)  {
    %p = stablehlo.compare GT, %a, %c, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
    %m = stablehlo.select %p, %a, %c : tensor<i1>, tensor<f32>
    %n = stablehlo.select %p, %b, %d : tensor<i1>, tensor<i32>
    stablehlo.return %m, %n : tensor<f32>, tensor<i32>
  }
  return %y#0, %y#1 : tensor<2xf32>, tensor<2xi32>
}
