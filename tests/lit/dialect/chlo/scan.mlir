// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @cumsum(
// CHECK-SAME:    %[[X:.+]]: tensor<4x3xf32>, %[[INIT:.+]]: tensor<3xf32>) -> tensor<4x3xf32>
// CHECK-NEXT:    %{{.+}}:2 = chlo.scan(%[[X]]) inits (%[[INIT]]) dimension=0  {
// CHECK-NEXT:    ^bb0(%[[INPUT:.+]]: tensor<3xf32>, %[[CARRY:.+]]: tensor<3xf32>):
// CHECK-NEXT:      %[[S:.+]] = stablehlo.add %[[INPUT]], %[[CARRY]] : tensor<3xf32>
// CHECK-NEXT:      stablehlo.return %[[S]], %[[S]] : tensor<3xf32>, tensor<3xf32>
// CHECK-NEXT:    } : (tensor<4x3xf32>, tensor<3xf32>) -> (tensor<4x3xf32>, tensor<3xf32>)
func.func @cumsum(%x: tensor<4x3xf32>, %init: tensor<3xf32>) -> tensor<4x3xf32> {
  %y:2 = chlo.scan(%x) inits (%init) dimension=0  {
  ^bb0(%input: tensor<3xf32>, %carry: tensor<3xf32>):
    %s = stablehlo.add %input, %carry : tensor<3xf32>
    stablehlo.return %s, %s : tensor<3xf32>, tensor<3xf32>
  } : (tensor<4x3xf32>, tensor<3xf32>) -> (tensor<4x3xf32>, tensor<3xf32>)
  return %y#0 : tensor<4x3xf32>
}

// CHECK-LABEL: func.func @attributes(
// CHECK-SAME:    %[[X:.+]]: tensor<4x3xf32>, %[[INIT:.+]]: tensor<4xf32>) -> tensor<4xf32>
// CHECK-NEXT:    %{{.+}} = chlo.scan(%[[X]]) inits (%[[INIT]]) dimension=1  attributes {is_associative = true, is_reverse = true, jax.note = "a", scan_dim_size = 3 : i64} {
// CHECK-NEXT:    ^bb0(%[[INPUT:.+]]: tensor<4xf32>, %[[CARRY:.+]]: tensor<4xf32>):
// CHECK-NEXT:      %[[S:.+]] = stablehlo.maximum %[[INPUT]], %[[CARRY]] : tensor<4xf32>
// CHECK-NEXT:      stablehlo.return %[[S]] : tensor<4xf32>
// CHECK-NEXT:    } : (tensor<4x3xf32>, tensor<4xf32>) -> tensor<4xf32>
func.func @attributes(%x: tensor<4x3xf32>, %init: tensor<4xf32>) -> tensor<4xf32> {
  %y = chlo.scan(%x) inits (%init) dimension=1  attributes {is_associative = true, is_reverse = true, jax.note = "a", scan_dim_size = 3 : i64} {
  ^bb0(%input: tensor<4xf32>, %carry: tensor<4xf32>):
    %s = stablehlo.maximum %input, %carry : tensor<4xf32>
    stablehlo.return %s : tensor<4xf32>
  } : (tensor<4x3xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %y : tensor<4xf32>
}

// CHECK-LABEL: func.func @no_inputs(
// CHECK-SAME:    %[[INIT:.+]]: tensor<f32>) -> tensor<5xf32>
// CHECK-NEXT:    %{{.+}}:2 = chlo.scan() inits (%[[INIT]]) dimension=0  attributes {scan_dim_size = 5 : i64} {
// CHECK-NEXT:    ^bb0(%[[CARRY:.+]]: tensor<f32>):
// CHECK-NEXT:      stablehlo.return %[[CARRY]], %[[CARRY]] : tensor<f32>, tensor<f32>
// CHECK-NEXT:    } : (tensor<f32>) -> (tensor<5xf32>, tensor<f32>)
func.func @no_inputs(%init: tensor<f32>) -> tensor<5xf32> {
  %y:2 = chlo.scan() inits (%init) dimension=0  attributes {scan_dim_size = 5 : i64} {
  ^bb0(%carry: tensor<f32>):
    stablehlo.return %carry, %carry : tensor<f32>, tensor<f32>
  } : (tensor<f32>) -> (tensor<5xf32>, tensor<f32>)
  return %y#0 : tensor<5xf32>
}

// CHECK-LABEL: func.func @no_inits(
// CHECK-SAME:    %[[X:.+]]: tensor<?xf32>) -> tensor<?xf32>
// CHECK-NEXT:    %{{.+}} = chlo.scan(%[[X]]) inits () dimension=0  {
// CHECK-NEXT:    ^bb0(%[[INPUT:.+]]: tensor<f32>):
// CHECK-NEXT:      stablehlo.return %[[INPUT]] : tensor<f32>
// CHECK-NEXT:    } : (tensor<?xf32>) -> tensor<?xf32>
func.func @no_inits(%x: tensor<?xf32>) -> tensor<?xf32> {
  %y = chlo.scan(%x) inits () dimension=0  {
  ^bb0(%input: tensor<f32>):
    stablehlo.return %input : tensor<f32>
  } : (tensor<?xf32>) -> tensor<?xf32>
  return %y : tensor<?xf32>
}
