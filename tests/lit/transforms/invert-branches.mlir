// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert -split-input-file | FileCheck %s

// What has one solution comes before what has several, in whichever order the
// results are, and in functions that are called.

// CHECK-LABEL: func.func @square_first.inverse(
// CHECK-SAME:    %{{.+}}: tensor<3xf32>, %[[B:.+]]: tensor<3xf32>, %{{.+}}: tensor<3xf32>)
// CHECK-NOT:     sqrt
// CHECK:         %[[X:.+]] = stablehlo.subtract %[[B]]
// CHECK:         return %[[X]]
func.func @square_first(%x: tensor<3xf32>) -> (tensor<3xf32>, tensor<3xf32>, tensor<3xf32>) {
  %one = stablehlo.constant dense<1.0> : tensor<3xf32>
  %a = chlo.square %x : tensor<3xf32> -> tensor<3xf32>
  %b = stablehlo.add %x, %one : tensor<3xf32>
  return %a, %b, %one : tensor<3xf32>, tensor<3xf32>, tensor<3xf32>
}

// -----

func.func private @square(%x: tensor<3xf32>) -> tensor<3xf32> {
  %a = chlo.square %x : tensor<3xf32> -> tensor<3xf32>
  return %a : tensor<3xf32>
}

// Here the square is called.

// CHECK-LABEL: func.func @in_a_call.inverse(
// CHECK-SAME:    %{{.+}}: tensor<3xf32>, %[[B:.+]]: tensor<3xf32>)
// CHECK-NOT:     call
// CHECK:         %[[X:.+]] = stablehlo.log %[[B]]
// CHECK:         return %[[X]]
func.func @in_a_call(%x: tensor<3xf32>) -> (tensor<3xf32>, tensor<3xf32>) {
  %a = call @square(%x) : (tensor<3xf32>) -> tensor<3xf32>
  %b = stablehlo.exponential %x : tensor<3xf32>
  return %a, %b : tensor<3xf32>, tensor<3xf32>
}

// -----

func.func private @square(%x: tensor<3xf32>) -> tensor<3xf32> {
  %a = chlo.square %x : tensor<3xf32> -> tensor<3xf32>
  return %a : tensor<3xf32>
}

// A branch that nothing contradicts is chosen.

// CHECK-LABEL: func.func @chosen.inverse(
// CHECK:         call @square.inverse
func.func @chosen(%x: tensor<3xf32>) -> tensor<3xf32> {
  %a = call @square(%x) : (tensor<3xf32>) -> tensor<3xf32>
  %b = stablehlo.exponential %a : tensor<3xf32>
  return %b : tensor<3xf32>
}

// -----

// So is one whose other users only serve to find more.

// CHECK-LABEL: func.func @feeds.inverse(
// CHECK-SAME:    %[[A:.+]]: tensor<3xf32>, %[[B:.+]]: tensor<3xf32>)
// CHECK-DAG:     %[[X:.+]] = stablehlo.sqrt %[[A]]
// CHECK:         %[[E:.+]] = stablehlo.exponential %[[X]]
// CHECK:         %[[Z:.+]] = stablehlo.divide %[[B]], %[[E]]
// CHECK:         return %[[X]], %[[Z]]
func.func @feeds(%x: tensor<3xf32>, %z: tensor<3xf32>) -> (tensor<3xf32>, tensor<3xf32>) {
  %a = chlo.square %x : tensor<3xf32> -> tensor<3xf32>
  %e = stablehlo.exponential %x : tensor<3xf32>
  %b = stablehlo.multiply %z, %e : tensor<3xf32>
  return %a, %b : tensor<3xf32>, tensor<3xf32>
}

// -----

// A factor that a run may find to be zero comes after what is always solved.

// CHECK-LABEL: func.func @factor.inverse(
// CHECK-SAME:    %[[M:.+]]: tensor<3xf32>, %{{.+}}: tensor<3xf32>, %[[B:.+]]: tensor<3xf32>)
// CHECK:         %[[X:.+]] = stablehlo.log %[[B]]
// CHECK:         return %[[M]], %[[X]]
func.func @factor(%m: tensor<3xf32>, %x: tensor<3xf32>) -> (tensor<3xf32>, tensor<3xf32>, tensor<3xf32>) {
  %a = stablehlo.multiply %x, %m : tensor<3xf32>
  %b = stablehlo.exponential %x : tensor<3xf32>
  return %m, %a, %b : tensor<3xf32>, tensor<3xf32>, tensor<3xf32>
}
