// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @three_branches(
// CHECK-SAME:    %[[I:.+]]: tensor<i32>, %[[X:.+]]: tensor<2xf32>) -> tensor<2xf32>
// CHECK-NEXT:    %{{.+}} = "stablehlo.case"(%[[I]]) ({
// CHECK-NEXT:      stablehlo.return %[[X]] : tensor<2xf32>
// CHECK-NEXT:    }, {
// CHECK-NEXT:      %[[N:.+]] = stablehlo.negate %[[X]] : tensor<2xf32>
// CHECK-NEXT:      stablehlo.return %[[N]] : tensor<2xf32>
// CHECK-NEXT:    }, {
// CHECK-NEXT:      %[[S:.+]] = stablehlo.sine %[[X]] : tensor<2xf32>
// CHECK-NEXT:      stablehlo.return %[[S]] : tensor<2xf32>
// CHECK-NEXT:    }) : (tensor<i32>) -> tensor<2xf32>
func.func @three_branches(%i: tensor<i32>, %x: tensor<2xf32>) -> tensor<2xf32> {
  %y = "stablehlo.case"(%i) ({
    stablehlo.return %x : tensor<2xf32>
  }, {
    %n = stablehlo.negate %x : tensor<2xf32>
    stablehlo.return %n : tensor<2xf32>
  }, {
    %s = stablehlo.sine %x : tensor<2xf32>
    stablehlo.return %s : tensor<2xf32>
  }) : (tensor<i32>) -> tensor<2xf32>
  return %y : tensor<2xf32>
}
