// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s --invhlo-mark-unknown="unknown=1" | FileCheck %s
// RUN: invhlo-opt %s --invhlo-mark-unknown | FileCheck %s --check-prefix=NONE

// CHECK-LABEL: func.func @public(
// CHECK-SAME:    %{{.+}}: tensor<f32>, %{{.+}}: tensor<f32> {invhlo.unknown})
// NONE-LABEL:  func.func @public(
// NONE-SAME:     %{{.+}}: tensor<f32> {invhlo.unknown}, %{{.+}}: tensor<f32>)
func.func @public(%a: tensor<f32> {invhlo.unknown}, %b: tensor<f32>) -> tensor<f32> {
  return %a : tensor<f32>
}

// CHECK-LABEL: func.func private @private(
// CHECK-NOT:     invhlo.unknown
func.func private @private(%a: tensor<f32>, %b: tensor<f32>) -> tensor<f32> {
  return %a : tensor<f32>
}
