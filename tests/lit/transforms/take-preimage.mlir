// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s --invhlo-take-preimage -split-input-file | FileCheck %s --check-prefixes=CHECK,FIRST
// RUN: invhlo-opt %s --invhlo-take-preimage=number=1 -split-input-file | FileCheck %s --check-prefixes=CHECK,SECOND

// Of four pieces, one is said beside the value that all else uses.

// CHECK:         invhlo.preimages = array<i64: 4>
// CHECK-LABEL: func.func @distances(
// CHECK-SAME:    %[[X:.+]]: tensor<3xf32>
// CHECK:         stablehlo.abs %[[X]]
// CHECK:         %[[VALUE:.+]] = stablehlo.abs
// CHECK:         %[[R:.+]] = invhlo.piecewise partial %[[VALUE]]
// FIRST:           %[[Y:.+]] = stablehlo.subtract %[[X]], %
// FIRST:           stablehlo.compare GE, %[[X]], %
// SECOND:          %[[D:.+]] = stablehlo.subtract %[[X]], %
// SECOND:          %[[Y:.+]] = stablehlo.negate %[[D]]
// SECOND:          stablehlo.compare GE, %[[X]], %
// SECOND:          stablehlo.compare LT, %[[X]], %
// CHECK:           invhlo.yield %[[Y]],
// CHECK-NEXT:    }
// CHECK:         stablehlo.exponential %[[R]]
// CHECK:         stablehlo.reverse %[[R]]
func.func @distances(%x: tensor<3xf32> {invhlo.unknown}) -> (tensor<3xf32>, tensor<3xf32>) {
  %one = stablehlo.constant dense<1.0> : tensor<3xf32>
  %0 = stablehlo.abs %x : tensor<3xf32>
  %1 = stablehlo.subtract %0, %one : tensor<3xf32>
  %2 = stablehlo.abs %1 : tensor<3xf32>
  %3 = stablehlo.exponential %2 : tensor<3xf32>
  %4 = stablehlo.reverse %2, dims = [0] : tensor<3xf32>
  return %3, %4 : tensor<3xf32>, tensor<3xf32>
}

// -----

// Where numbers of a run tell the pieces of the argument, those of a later value
// are taken.

// CHECK:         invhlo.preimages = array<i64: 2>
// CHECK-LABEL: func.func @affine(
// CHECK:         %[[U:.+]] = stablehlo.add
// CHECK:         invhlo.piecewise partial
// FIRST:           stablehlo.compare GE, %[[U]], %
// SECOND:          stablehlo.compare LT, %[[U]], %
func.func @affine(%k: tensor<3xf32>, %x: tensor<3xf32> {invhlo.unknown}) -> tensor<3xf32> {
  %0 = stablehlo.add %k, %x : tensor<3xf32>
  %1 = stablehlo.multiply %0, %0 : tensor<3xf32>
  return %1 : tensor<3xf32>
}

// -----

// Elements that are mixed, a piece that is constant, and what has no end of
// pieces are not taken apart. Of several arguments each has its own.

// CHECK:         invhlo.preimages = array<i64: 0, 0, 0, 2>
// CHECK-LABEL: func.func @others(
func.func @others(%x: tensor<3xf32> {invhlo.unknown}, %y: tensor<3xf32> {invhlo.unknown},
                  %z: tensor<3xf32> {invhlo.unknown}, %u: tensor<3xf32> {invhlo.unknown})
    -> (tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>) {
  %zero = stablehlo.constant dense<0.0> : tensor<3xf32>
  %0 = stablehlo.reverse %x, dims = [0] : tensor<3xf32>
  %1 = stablehlo.abs %0 : tensor<3xf32>
  %2 = stablehlo.maximum %y, %zero : tensor<3xf32>
  %3 = stablehlo.sine %z : tensor<3xf32>
  %4 = stablehlo.abs %u : tensor<3xf32>
  return %1, %2, %3, %4 : tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>
}
