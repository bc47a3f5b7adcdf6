// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @constants(
// CHECK-NEXT:    %{{.+}} = chlo.constant dense<[1.000000e+00, -2.500000e+00]> : tensor<2xf32>
// CHECK-NEXT:    %{{.+}} = chlo.constant dense<7> : tensor<2x2xi8>
// CHECK-NEXT:    %{{.+}} = chlo.constant {jax.weak = true} dense<0> : tensor<i32>
func.func @constants() -> tensor<2xf32> {
  %dense = chlo.constant dense<[1.000000e+00, -2.500000e+00]> : tensor<2xf32>
  %splat = chlo.constant dense<7> : tensor<2x2xi8>
  %attribute = chlo.constant {jax.weak = true} dense<0> : tensor<i32>
  return %dense : tensor<2xf32>
}
