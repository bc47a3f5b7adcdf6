// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert | FileCheck %s

// The operand is the result.

// CHECK-LABEL: func.func @constrained.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<8xf32>)
// CHECK:         return %[[Y]] : tensor<8xf32>
sdy.mesh @mesh = <["x"=2]>
func.func @constrained(%x: tensor<8xf32>) -> tensor<8xf32> {
  %y = sdy.sharding_constraint %x <@mesh, [{"x"}]> : tensor<8xf32>
  return %y : tensor<8xf32>
}
