// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @constants(
// CHECK-NEXT:    %{{.+}} = sdy.constant dense<1.000000e+00> : tensor<2xf32>
// CHECK-NEXT:    %{{.+}} = sdy.constant {sdy.sharding = #sdy.sharding_per_value<[<mesh<["x"=2]>, [{"x"}]>]>} dense<[0.000000e+00, 2.000000e+00]> : tensor<2xf32>
func.func @constants() -> tensor<2xf32> {
  %c = sdy.constant dense<1.000000e+00> : tensor<2xf32>
  %d = sdy.constant {sdy.sharding = #sdy.sharding_per_value<[<mesh<["x"=2]>, [{"x"}]>]>} dense<[0.000000e+00, 2.000000e+00]> : tensor<2xf32>
  return %c : tensor<2xf32>
}
