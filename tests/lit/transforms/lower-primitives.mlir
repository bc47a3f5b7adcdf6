// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-lower-primitives | FileCheck %s
// RUN: invhlo-opt %s -invhlo-fold-constants | FileCheck %s --check-prefix=FOLD
// RUN: invhlo-opt %s -invhlo-pipeline="unknown=1" | FileCheck %s --check-prefix=PIPELINE
// RUN: invhlo-opt %s -invhlo-pipeline="unknown=1 keep-primitives=true" | FileCheck %s --check-prefix=KEEP

// CHECK-NOT:    invhlo.primitive
// CHECK:        %[[E:.+]] = stablehlo.exponential
// CHECK-NEXT:   stablehlo.add %{{.+}}, %[[E]]
// CHECK:        %[[ONE:.+]] = stablehlo.constant
// CHECK-NEXT:   stablehlo.add %{{.+}}, %[[ONE]]

// What is a literal needs no primitive.
// FOLD:         invhlo.primitive 0(
// FOLD-NOT:     invhlo.primitive

// PIPELINE-NOT: {{custom_call|invhlo\.}}
// PIPELINE:     return
// KEEP:         custom_call @invhlo.bind({{.+}}invhlo.host = 0
func.func @main(%k: tensor<f32>, %x: tensor<f32>) -> tensor<f32> {
  %e = stablehlo.exponential %k : tensor<f32>
  %p = invhlo.primitive 0(%k) = %e : (tensor<f32>) -> tensor<f32>
  %y = stablehlo.add %x, %p : tensor<f32>
  %one = stablehlo.constant dense<1.0> : tensor<f32>
  %q = invhlo.primitive 1(%k) = %one : (tensor<f32>) -> tensor<f32>
  %z = stablehlo.add %y, %q : tensor<f32>
  return %z : tensor<f32>
}
