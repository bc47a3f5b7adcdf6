// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-inline-calls -verify-diagnostics

// An op that is not known may refer to anything.

module {
  // expected-error @+1 {{unknown symbol table}}
  "unknown.op"() ({
  }) : () -> ()
  func.func private @f(%x: tensor<f32>) -> tensor<f32> {
    %y = stablehlo.exponential %x : tensor<f32>
    return %y : tensor<f32>
  }
  func.func @main(%x: tensor<f32>) -> tensor<f32> {
    %y = call @f(%x) : (tensor<f32>) -> tensor<f32>
    return %y : tensor<f32>
  }
}
