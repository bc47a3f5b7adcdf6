// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-pipeline -verify-diagnostics

func.func @main(%x: tensor<3xf32>) -> tensor<3xf32> {
  %0 = call @even(%x) : (tensor<3xf32>) -> tensor<3xf32>
  return %0 : tensor<3xf32>
}
func.func private @even(%x: tensor<3xf32>) -> tensor<3xf32> {
  %0 = call @odd(%x) : (tensor<3xf32>) -> tensor<3xf32>
  return %0 : tensor<3xf32>
}
func.func private @odd(%x: tensor<3xf32>) -> tensor<3xf32> {
  // expected-error @+1 {{is recursive, so the function cannot be inverted}}
  %0 = call @even(%x) : (tensor<3xf32>) -> tensor<3xf32>
  return %0 : tensor<3xf32>
}
