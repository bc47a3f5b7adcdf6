// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @one_value(
// CHECK-SAME:    %[[P:.+]]: tensor<i1>, %[[X:.+]]: tensor<f32>) -> tensor<f32>
// CHECK-NEXT:    %{{.+}} = "stablehlo.if"(%[[P]]) ({
// CHECK-NEXT:      stablehlo.return %[[X]] : tensor<f32>
// CHECK-NEXT:    }, {
// CHECK-NEXT:      stablehlo.return %[[X]] : tensor<f32>
// CHECK-NEXT:    }) : (tensor<i1>) -> tensor<f32>
func.func @one_value(%p: tensor<i1>, %x: tensor<f32>) -> tensor<f32> {
  %y = "stablehlo.if"(%p) ({
    stablehlo.return %x : tensor<f32>
  }, {
    stablehlo.return %x : tensor<f32>
  }) : (tensor<i1>) -> tensor<f32>
  return %y : tensor<f32>
}

// CHECK-LABEL: func.func @no_value(
// CHECK-SAME:    %[[P:.+]]: tensor<i1>)
// CHECK-NEXT:    "stablehlo.if"(%[[P]]) ({
// CHECK-NEXT:      stablehlo.return 
// CHECK-NEXT:    }, {
// CHECK-NEXT:      stablehlo.return 
// CHECK-NEXT:    }) : (tensor<i1>) -> ()
func.func @no_value(%p: tensor<i1>) {
  "stablehlo.if"(%p) ({
    stablehlo.return 
  }, {
    stablehlo.return 
  }) : (tensor<i1>) -> ()
  return
}
