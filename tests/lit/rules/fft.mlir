// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse -split-input-file -verify-diagnostics | FileCheck %s

// sqrt(N) times a unitary map: -log N for each complex element.

// CHECK-LABEL: func.func @forward.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<2x4xcomplex<f32>>)
// CHECK:         %[[X:.+]] = stablehlo.fft %[[Y]], type = IFFT, length = [4]
// CHECK:         %[[SHARE:.+]] = stablehlo.constant dense<-1.38629436> : tensor<2x4xf32>
// CHECK:         return %[[X]], %[[SHARE]]
func.func @forward(%x: tensor<2x4xcomplex<f32>>) -> tensor<2x4xcomplex<f32>> {
  %y = stablehlo.fft %x, type = FFT, length = [4] : (tensor<2x4xcomplex<f32>>) -> tensor<2x4xcomplex<f32>>
  return %y : tensor<2x4xcomplex<f32>>
}

// -----

// The points of one transform mix their shares.

// CHECK-LABEL: func.func @inverse.inverse(
// CHECK:         %[[LOG:.+]] = stablehlo.log %{{.+}} : tensor<2x4xcomplex<f32>>
// CHECK:         stablehlo.fft %[[LOG]], type = FFT, length = [4]
// CHECK:         %[[SUM:.+]] = stablehlo.reduce({{.+}}) applies stablehlo.add across dimensions = [1] : (tensor<2x4xf32>, tensor<f32>) -> tensor<2xf32>
// CHECK:         %[[MIXED:.+]] = invhlo.spread_share %[[SUM]] along [0] among 4 : tensor<2xf32> -> tensor<2x4xf32>
// CHECK:         %[[OWN:.+]] = stablehlo.constant dense<1.38629436> : tensor<2x4xf32>
// CHECK:         invhlo.sum_shares %[[MIXED]], %[[OWN]]
func.func @inverse(%x: tensor<2x4xcomplex<f32>>) -> tensor<2x4xcomplex<f32>> {
  %y = stablehlo.fft %x, type = IFFT, length = [4] : (tensor<2x4xcomplex<f32>>) -> tensor<2x4xcomplex<f32>>
  %z = stablehlo.exponential %y : tensor<2x4xcomplex<f32>>
  return %z : tensor<2x4xcomplex<f32>>
}

// -----

// expected-note @+1 {{the unknown is argument #0}}
func.func @real(%x: tensor<3xcomplex<f32>>) -> tensor<4xf32> {
  // expected-error @+1 {{cannot be inverted: a transform of real values has dependent outputs}}
  %y = stablehlo.fft %x, type = IRFFT, length = [4] : (tensor<3xcomplex<f32>>) -> tensor<4xf32>
  return %y : tensor<4xf32>
}
