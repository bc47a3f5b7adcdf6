// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @fft(
// CHECK-SAME:    %[[X:.+]]: tensor<2x8xcomplex<f32>>) -> tensor<2x8xcomplex<f32>>
// CHECK-NEXT:    %{{.+}} = stablehlo.fft %[[X]], type = FFT, length = [8] : (tensor<2x8xcomplex<f32>>) -> tensor<2x8xcomplex<f32>>
func.func @fft(%x: tensor<2x8xcomplex<f32>>) -> tensor<2x8xcomplex<f32>> {
  %y = stablehlo.fft %x, type = FFT, length = [8] : (tensor<2x8xcomplex<f32>>) -> tensor<2x8xcomplex<f32>>
  return %y : tensor<2x8xcomplex<f32>>
}

// CHECK-LABEL: func.func @ifft(
// CHECK-SAME:    %[[X:.+]]: tensor<2x8xcomplex<f64>>) -> tensor<2x8xcomplex<f64>>
// CHECK-NEXT:    %{{.+}} = stablehlo.fft %[[X]], type = IFFT, length = [8] : (tensor<2x8xcomplex<f64>>) -> tensor<2x8xcomplex<f64>>
func.func @ifft(%x: tensor<2x8xcomplex<f64>>) -> tensor<2x8xcomplex<f64>> {
  %y = stablehlo.fft %x, type = IFFT, length = [8] : (tensor<2x8xcomplex<f64>>) -> tensor<2x8xcomplex<f64>>
  return %y : tensor<2x8xcomplex<f64>>
}

// CHECK-LABEL: func.func @rfft(
// CHECK-SAME:    %[[X:.+]]: tensor<2x8xf32>) -> tensor<2x5xcomplex<f32>>
// CHECK-NEXT:    %{{.+}} = stablehlo.fft %[[X]], type = RFFT, length = [8] : (tensor<2x8xf32>) -> tensor<2x5xcomplex<f32>>
func.func @rfft(%x: tensor<2x8xf32>) -> tensor<2x5xcomplex<f32>> {
  %y = stablehlo.fft %x, type = RFFT, length = [8] : (tensor<2x8xf32>) -> tensor<2x5xcomplex<f32>>
  return %y : tensor<2x5xcomplex<f32>>
}

// CHECK-LABEL: func.func @irfft(
// CHECK-SAME:    %[[X:.+]]: tensor<2x5xcomplex<f32>>) -> tensor<2x8xf32>
// CHECK-NEXT:    %{{.+}} = stablehlo.fft %[[X]], type = IRFFT, length = [8] : (tensor<2x5xcomplex<f32>>) -> tensor<2x8xf32>
func.func @irfft(%x: tensor<2x5xcomplex<f32>>) -> tensor<2x8xf32> {
  %y = stablehlo.fft %x, type = IRFFT, length = [8] : (tensor<2x5xcomplex<f32>>) -> tensor<2x8xf32>
  return %y : tensor<2x8xf32>
}
