// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse -split-input-file -verify-diagnostics | FileCheck %s

// LAPACK's triangular solve, with the variants as letters: U(pper), no transpose.

// CHECK-LABEL: func.func @trsm.inverse(
// CHECK-SAME:    %[[A:.+]]: tensor<3x3xf32>, %[[Y:.+]]: tensor<3x2xf32>)
// CHECK:         %[[ROW:.+]] = stablehlo.iota dim = 0 : tensor<3x3xi32>
// CHECK:         %[[COLUMN:.+]] = stablehlo.iota dim = 1 : tensor<3x3xi32>
// CHECK:         %[[READ:.+]] = stablehlo.compare LE, %[[ROW]], %[[COLUMN]]
// CHECK:         %[[TRIANGLE:.+]] = stablehlo.select %[[READ]], %[[A]],
// CHECK:         stablehlo.dot_general %[[TRIANGLE]], %[[Y]], contracting_dims = [1] x [0]
func.func @trsm(%a: tensor<3x3xf32>, %b: tensor<3x2xf32> {invhlo.unknown})
    -> tensor<3x2xf32> {
  %y = stablehlo.custom_call @lapack_strsm_ffi(%a, %b) {mhlo.backend_config =
    {diag = 78 : ui8, side = 76 : ui8, trans_x = 78 : ui8, uplo = 85 : ui8}
  } : (tensor<3x3xf32>, tensor<3x2xf32>) -> tensor<3x2xf32>
  return %y : tensor<3x2xf32>
}

// -----

// expected-note @+1 {{the unknown is argument #0}}
func.func @other(%x: tensor<3xf32>) -> tensor<3xf32> {
  // expected-error @+1 {{cannot be inverted: there is no inversion rule for what it calls}}
  %y = stablehlo.custom_call @mystery(%x) : (tensor<3xf32>) -> tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

func.func @effects(%x: tensor<3xf32>) -> tensor<3xf32> {
  // expected-error @+1 {{has side effects, so the function cannot be inverted}}
  stablehlo.custom_call @print(%x) {has_side_effect = true} : (tensor<3xf32>) -> ()
  return %x : tensor<3xf32>
}
