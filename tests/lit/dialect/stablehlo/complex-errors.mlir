// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s --split-input-file --verify-diagnostics

func.func @parts(%re: tensor<2xf32>) {
  // expected-error @+1 {{custom op 'stablehlo.complex' expected a tensor of complex numbers}}
  %z = stablehlo.complex %re, %re : tensor<2xf32>
  return
}
