// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert -cse -split-input-file | FileCheck %s

// CHECK-LABEL: func.func @overlap.inverse(
// CHECK-SAME:    %[[B:.+]]: tensor<2xf32>, %[[A:.+]]: tensor<2xf32>, %[[C:.+]]: tensor<2xf32>)
// CHECK:         %[[SLICE:.+]] = stablehlo.slice %[[A]] [0:1] : (tensor<2xf32>) -> tensor<1xf32>
// CHECK:         %[[SLICE2:.+]] = stablehlo.slice %[[C]] [1:2] : (tensor<2xf32>) -> tensor<1xf32>
// CHECK:         %[[CONCATENATE:.+]] = stablehlo.concatenate %[[SLICE]], %[[B]], %[[SLICE2]], dim = 0 : (tensor<1xf32>, tensor<2xf32>, tensor<1xf32>) -> tensor<4xf32>
// CHECK:         return %[[CONCATENATE]] : tensor<4xf32>
func.func @overlap(%x: tensor<4xf32>) -> (tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) {
  %a = stablehlo.slice %x [0:2] : (tensor<4xf32>) -> tensor<2xf32>
  %b = stablehlo.slice %x [1:3] : (tensor<4xf32>) -> tensor<2xf32>
  %c = stablehlo.slice %x [2:4] : (tensor<4xf32>) -> tensor<2xf32>
  return %b, %a, %c : tensor<2xf32>, tensor<2xf32>, tensor<2xf32>
}

// -----

// One value sliced twice alike.
// CHECK-LABEL: func.func @twice.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<4xf32>)
// CHECK:         %[[SLICE:.+]] = stablehlo.slice %[[Y]] [0:2] : (tensor<4xf32>) -> tensor<2xf32>
// CHECK:         %[[SLICE2:.+]] = stablehlo.slice %[[Y]] [2:4] : (tensor<4xf32>) -> tensor<2xf32>
// CHECK:         %[[SINE:.+]] = stablehlo.sine %[[SLICE2]] : tensor<2xf32>
// CHECK:         %[[SUBTRACT:.+]] = stablehlo.subtract %[[SLICE]], %[[SINE]] : tensor<2xf32>
// CHECK:         %[[CONCATENATE:.+]] = stablehlo.concatenate %[[SLICE2]], %[[SUBTRACT]], dim = 0 : (tensor<2xf32>, tensor<2xf32>) -> tensor<4xf32>
// CHECK:         return %[[CONCATENATE]] : tensor<4xf32>
func.func @twice(%x: tensor<4xf32>) -> tensor<4xf32> {
  %b = stablehlo.slice %x [2:4] : (tensor<4xf32>) -> tensor<2xf32>
  %a = stablehlo.slice %x [0:2] : (tensor<4xf32>) -> tensor<2xf32>
  %again = stablehlo.slice %x [0:2] : (tensor<4xf32>) -> tensor<2xf32>
  %s = stablehlo.sine %again : tensor<2xf32>
  %d = stablehlo.add %b, %s : tensor<2xf32>
  %y = stablehlo.concatenate %d, %a, dim = 0 : (tensor<2xf32>, tensor<2xf32>) -> tensor<4xf32>
  return %y : tensor<4xf32>
}

// -----

// A running difference: each element from the one before.
// CHECK-LABEL: func.func @differences.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[SLICE:.+]] = stablehlo.slice %[[Y]] [0:1] : (tensor<3xf32>) -> tensor<1xf32>
// CHECK:         %[[SLICE2:.+]] = stablehlo.slice %[[Y]] [1:3] : (tensor<3xf32>) -> tensor<2xf32>
// CHECK:         %[[SLICE3:.+]] = stablehlo.slice %[[SLICE2]] [0:1] : (tensor<2xf32>) -> tensor<1xf32>
// CHECK:         %[[ADD:.+]] = stablehlo.add %[[SLICE3]], %[[SLICE]] : tensor<1xf32>
// CHECK:         %[[CONCATENATE:.+]] = stablehlo.concatenate %[[SLICE]], %[[ADD]], dim = 0 : (tensor<1xf32>, tensor<1xf32>) -> tensor<2xf32>
// CHECK:         %[[ADD2:.+]] = stablehlo.add %[[SLICE2]], %[[CONCATENATE]] : tensor<2xf32>
// CHECK:         %[[SLICE4:.+]] = stablehlo.slice %[[ADD2]] [1:2] : (tensor<2xf32>) -> tensor<1xf32>
// CHECK:         %[[CONCATENATE2:.+]] = stablehlo.concatenate %[[SLICE]], %[[ADD]], %[[SLICE4]], dim = 0 : (tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<3xf32>
// CHECK:         return %[[CONCATENATE2]] : tensor<3xf32>
func.func @differences(%x: tensor<3xf32>) -> tensor<3xf32> {
  %first = stablehlo.slice %x [0:1] : (tensor<3xf32>) -> tensor<1xf32>
  %after = stablehlo.slice %x [1:3] : (tensor<3xf32>) -> tensor<2xf32>
  %before = stablehlo.slice %x [0:2] : (tensor<3xf32>) -> tensor<2xf32>
  %d = stablehlo.subtract %after, %before : tensor<2xf32>
  %y = stablehlo.concatenate %first, %d, dim = 0 : (tensor<1xf32>, tensor<2xf32>) -> tensor<3xf32>
  return %y : tensor<3xf32>
}
