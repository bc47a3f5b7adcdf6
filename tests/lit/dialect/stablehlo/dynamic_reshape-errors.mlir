// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s --split-input-file --verify-diagnostics

func.func @shape_length(%x: tensor<6xf32>, %s: tensor<3xi32>) {
  // expected-error @+1 {{output_shape must have 2 entries, got 3}}
  %y = stablehlo.dynamic_reshape %x, %s : (tensor<6xf32>, tensor<3xi32>) -> tensor<?x?xf32>
  return
}
