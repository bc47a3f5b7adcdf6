// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @constants(
// CHECK-NEXT:    %{{.+}} = stablehlo.constant dense<[1.000000e+00, -2.500000e+00]> : tensor<2xf32>
// CHECK-NEXT:    %{{.+}} = stablehlo.constant dense<{{\[\[}}1, 2], [3, 4]]> : tensor<2x2xi32>
// CHECK-NEXT:    %{{.+}} = stablehlo.constant dense<0xFF800000> : tensor<2xf32>
// CHECK-NEXT:    %{{.+}} = stablehlo.constant dense<0x7FC00000> : tensor<f32>
// CHECK-NEXT:    %{{.+}} = stablehlo.constant dense<[true, false]> : tensor<2xi1>
// CHECK-NEXT:    %{{.+}} = stablehlo.constant dense<(1.000000e+00,2.000000e+00)> : tensor<complex<f32>>
// CHECK-NEXT:    %{{.+}} = stablehlo.constant dense<1.000000e+00> : tensor<2xf8E4M3FN>
// CHECK-NEXT:    %{{.+}} = stablehlo.constant dense<[-8, 7]> : tensor<2xi4>
// CHECK-NEXT:    %{{.+}} = stablehlo.constant dense<18446744073709551615> : tensor<ui64>
// CHECK-NEXT:    %{{.+}} = stablehlo.constant dense<> : tensor<0xf32>
// CHECK-NEXT:    %{{.+}} = stablehlo.constant dense<[1.000000e+00, 2.000000e+00]> : tensor<2xf32>
// CHECK-NEXT:    %{{.+}} = stablehlo.constant {jax.weak = true} dense<0> : tensor<i32>
func.func @constants() -> tensor<2xf32> {
  %dense = stablehlo.constant dense<[1.000000e+00, -2.500000e+00]> : tensor<2xf32>
  %matrix = stablehlo.constant dense<[[1, 2], [3, 4]]> : tensor<2x2xi32>
  %splat = stablehlo.constant dense<0xFF800000> : tensor<2xf32>
  %nan = stablehlo.constant dense<0x7FC00000> : tensor<f32>
  %bool = stablehlo.constant dense<[true, false]> : tensor<2xi1>
  %complex = stablehlo.constant dense<(1.000000e+00,2.000000e+00)> : tensor<complex<f32>>
  %f8 = stablehlo.constant dense<1.000000e+00> : tensor<2xf8E4M3FN>
  %i4 = stablehlo.constant dense<[-8, 7]> : tensor<2xi4>
  %ui64 = stablehlo.constant dense<18446744073709551615> : tensor<ui64>
  %empty = stablehlo.constant dense<> : tensor<0xf32>
  %hex = stablehlo.constant dense<[1.000000e+00, 2.000000e+00]> : tensor<2xf32>
  %attrs = stablehlo.constant {jax.weak = true} dense<0> : tensor<i32>
  return %dense : tensor<2xf32>
}
