// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

sdy.mesh @mesh = <["x"=2, "y"=2, "z"=2]>

// CHECK-LABEL: func.func @change(
// CHECK-SAME:    %[[A:.+]]: tensor<8x8xf32>) -> tensor<8x8xf32>
// CHECK-NEXT:    %{{.+}} = sdy.reshard %[[A]] <@mesh, [{}, {"x"}]> : tensor<8x8xf32>
func.func @change(%a: tensor<8x8xf32>) -> tensor<8x8xf32> {
  %y = sdy.reshard %a <@mesh, [{}, {"x"}]> : tensor<8x8xf32>
  return %y : tensor<8x8xf32>
}
