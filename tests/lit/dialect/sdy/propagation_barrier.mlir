// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @none(
// CHECK-SAME:    %[[A:.+]]: tensor<8x8xf32>) -> tensor<8x8xf32>
// CHECK-NEXT:    %{{.+}} = sdy.propagation_barrier %[[A]] allowed_direction=NONE : tensor<8x8xf32>
func.func @none(%a: tensor<8x8xf32>) -> tensor<8x8xf32> {
  %y = sdy.propagation_barrier %a allowed_direction=NONE : tensor<8x8xf32>
  return %y : tensor<8x8xf32>
}

// CHECK-LABEL: func.func @forward(
// CHECK-SAME:    %[[A:.+]]: tensor<8x8xf32>) -> tensor<8x8xf32>
// CHECK-NEXT:    %{{.+}} = sdy.propagation_barrier %[[A]] allowed_direction=FORWARD : tensor<8x8xf32>
func.func @forward(%a: tensor<8x8xf32>) -> tensor<8x8xf32> {
  %y = sdy.propagation_barrier %a allowed_direction=FORWARD : tensor<8x8xf32>
  return %y : tensor<8x8xf32>
}

// CHECK-LABEL: func.func @backward(
// CHECK-SAME:    %[[A:.+]]: tensor<8x8xf32>) -> tensor<8x8xf32>
// CHECK-NEXT:    %{{.+}} = sdy.propagation_barrier %[[A]] allowed_direction=BACKWARD : tensor<8x8xf32>
func.func @backward(%a: tensor<8x8xf32>) -> tensor<8x8xf32> {
  %y = sdy.propagation_barrier %a allowed_direction=BACKWARD : tensor<8x8xf32>
  return %y : tensor<8x8xf32>
}
