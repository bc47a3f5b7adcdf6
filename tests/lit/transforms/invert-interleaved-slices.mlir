// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert -cse -split-input-file | FileCheck %s

// CHECK-LABEL: func.func @even_and_odd.inverse(
// CHECK-SAME:    %[[Z:.+]]: tensor<3x2xf32>, %[[EVEN:.+]]: tensor<3x2xf32>)
// CHECK:         %[[SUBTRACT:.+]] = stablehlo.subtract %[[Z]], %[[EVEN]] : tensor<3x2xf32>
// CHECK:         %[[RESHAPE:.+]] = stablehlo.reshape %[[EVEN]] : (tensor<3x2xf32>) -> tensor<3x1x2xf32>
// CHECK:         %[[RESHAPE2:.+]] = stablehlo.reshape %[[SUBTRACT]] : (tensor<3x2xf32>) -> tensor<3x1x2xf32>
// CHECK:         %[[CONCATENATE:.+]] = stablehlo.concatenate %[[RESHAPE]], %[[RESHAPE2]], dim = 1 : (tensor<3x1x2xf32>, tensor<3x1x2xf32>) -> tensor<3x2x2xf32>
// CHECK:         %[[RESHAPE3:.+]] = stablehlo.reshape %[[CONCATENATE]] : (tensor<3x2x2xf32>) -> tensor<6x2xf32>
// CHECK:         return %[[RESHAPE3]] : tensor<6x2xf32>
func.func @even_and_odd(%x: tensor<6x2xf32>) -> (tensor<3x2xf32>, tensor<3x2xf32>) {
  %even = stablehlo.slice %x [0:6:2, 0:2] : (tensor<6x2xf32>) -> tensor<3x2xf32>
  %odd = stablehlo.slice %x [1:6:2, 0:2] : (tensor<6x2xf32>) -> tensor<3x2xf32>
  %z = stablehlo.add %odd, %even : tensor<3x2xf32>
  return %z, %even : tensor<3x2xf32>, tensor<3x2xf32>
}

// -----

// Combs of unequal length: the last index is left over.
// CHECK-LABEL: func.func @uneven.inverse(
// CHECK-SAME:    %[[EVEN:.+]]: tensor<3xf32>, %[[ODD:.+]]: tensor<2xf32>)
// CHECK:         %[[C:.+]] = stablehlo.constant dense<0.000000e+00> : tensor<f32>
// CHECK:         %[[PAD:.+]] = stablehlo.pad %[[EVEN]], %[[C]], low = [0], high = [0], interior = [1] : (tensor<3xf32>, tensor<f32>) -> tensor<5xf32>
// CHECK:         %[[C2:.+]] = stablehlo.constant dense<[false, true, false, true, false]> : tensor<5xi1>
// CHECK:         %[[PAD2:.+]] = stablehlo.pad %[[ODD]], %[[C]], low = [1], high = [1], interior = [1] : (tensor<2xf32>, tensor<f32>) -> tensor<5xf32>
// CHECK:         %[[SELECT:.+]] = stablehlo.select %[[C2]], %[[PAD2]], %[[PAD]] : tensor<5xi1>, tensor<5xf32>
// CHECK:         return %[[SELECT]] : tensor<5xf32>
func.func @uneven(%x: tensor<5xf32>) -> (tensor<3xf32>, tensor<2xf32>) {
  %even = stablehlo.slice %x [0:5:2] : (tensor<5xf32>) -> tensor<3xf32>
  %odd = stablehlo.slice %x [1:5:2] : (tensor<5xf32>) -> tensor<2xf32>
  return %even, %odd : tensor<3xf32>, tensor<2xf32>
}
