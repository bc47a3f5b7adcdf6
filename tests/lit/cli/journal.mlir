// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert --invhlo-journal=%t -o /dev/null
// RUN: FileCheck %s --input-file=%t
// RUN: invhlo-opt %s -invhlo-invert -o /dev/null --remark-format=emitRemark \
// RUN:   --remarks-filter=invhlo 2>&1 | FileCheck %s --check-prefix=REMARK

// CHECK:      "function": "main"
// CHECK:      "op": "stablehlo.exponential"
// CHECK:      "solved": true
// CHECK:      "stablehlo.divide"
// CHECK:      "from": [
// CHECK:      "unknown": [
// CHECK-NEXT:   1

// REMARK: journal.mlir:[[@LINE+6]]:8: remark: [Passed] stablehlo.exponential {{.*}}"solved for operand #0"
// REMARK: journal.mlir:[[@LINE+6]]:8: remark: [Passed] stablehlo.sine {{.*}}"evaluated result #0"
// REMARK: journal.mlir:[[@LINE+6]]:8: remark: [Passed] stablehlo.multiply {{.*}}"solved for operand #0"
// REMARK: journal.mlir:[[@LINE+6]]:8: remark: [Passed] stablehlo.slice {{.*}}"solved for operand #0[0:2]"
// REMARK: journal.mlir:[[@LINE+6]]:8: remark: [Passed] stablehlo.slice {{.*}}"solved for operand #0[2:4]"
func.func @main(%k: tensor<4xf32>, %x: tensor<4xf32> {invhlo.unknown}) -> (tensor<2xf32>, tensor<2xf32>) {
  %a = stablehlo.exponential %x : tensor<4xf32>
  %s = stablehlo.sine %k : tensor<4xf32>
  %b = stablehlo.multiply %a, %s : tensor<4xf32>
  %y = stablehlo.slice %b [0:2] : (tensor<4xf32>) -> tensor<2xf32>
  %z = stablehlo.slice %b [2:4] : (tensor<4xf32>) -> tensor<2xf32>
  return %y, %z : tensor<2xf32>, tensor<2xf32>
}
