// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

sdy.mesh @mesh = <["x"=2, "y"=2, "z"=2]>

// CHECK-LABEL: func.func @without_shardings(
// CHECK-SAME:    %[[A:.+]]: tensor<8x8xf32>) -> tensor<8x8xf32>
// CHECK-NEXT:    %{{.+}} = sdy.named_computation<"f">(%[[A]]) (%[[B:.+]]: tensor<8x8xf32>) {
// CHECK-NEXT:      sdy.return %[[B]] : tensor<8x8xf32>
// CHECK-NEXT:    } : (tensor<8x8xf32>) -> tensor<8x8xf32>
func.func @without_shardings(%a: tensor<8x8xf32>) -> tensor<8x8xf32> {
  %y = sdy.named_computation<"f">(%a) (%b: tensor<8x8xf32>) {
    sdy.return %b : tensor<8x8xf32>
  } : (tensor<8x8xf32>) -> tensor<8x8xf32>
  return %y : tensor<8x8xf32>
}

// CHECK-LABEL: func.func @in_and_out(
// CHECK-SAME:    %[[A:.+]]: tensor<8x8xf32>) -> tensor<8x8xf32>
// CHECK-NEXT:    %{{.+}} = sdy.named_computation<"f">(%[[A]]) in_shardings=[<@mesh, [{"x"}, {}]>] out_shardings=[<@mesh, [{}, {"x"}]>] (%[[B:.+]]: tensor<8x8xf32>) {
// CHECK-NEXT:      sdy.return %[[B]] : tensor<8x8xf32>
// CHECK-NEXT:    } : (tensor<8x8xf32>) -> tensor<8x8xf32>
func.func @in_and_out(%a: tensor<8x8xf32>) -> tensor<8x8xf32> {
  %y = sdy.named_computation<"f">(%a) in_shardings=[<@mesh, [{"x"}, {}]>] out_shardings=[<@mesh, [{}, {"x"}]>] (%b: tensor<8x8xf32>) {
    sdy.return %b : tensor<8x8xf32>
  } : (tensor<8x8xf32>) -> tensor<8x8xf32>
  return %y : tensor<8x8xf32>
}

// CHECK-LABEL: func.func @out_only(
// CHECK-SAME:    %[[A:.+]]: tensor<8x8xf32>) -> tensor<8x8xf32>
// CHECK-NEXT:    %{{.+}} = sdy.named_computation<"f">(%[[A]]) out_shardings=[<@mesh, [{}, {"x"}]>] (%[[B:.+]]: tensor<8x8xf32>) {
// CHECK-NEXT:      sdy.return %[[B]] : tensor<8x8xf32>
// CHECK-NEXT:    } {jax.note = "a"} : (tensor<8x8xf32>) -> tensor<8x8xf32>
func.func @out_only(%a: tensor<8x8xf32>) -> tensor<8x8xf32> {
  %y = sdy.named_computation<"f">(%a) out_shardings=[<@mesh, [{}, {"x"}]>] (%b: tensor<8x8xf32>) {
    sdy.return %b : tensor<8x8xf32>
  } {jax.note = "a"} : (tensor<8x8xf32>) -> tensor<8x8xf32>
  return %y : tensor<8x8xf32>
}
