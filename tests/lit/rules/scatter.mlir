// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse -split-input-file | FileCheck %s

// The updates at their literal places, the input elsewhere; what is overwritten
// comes from a gather.

// CHECK-LABEL: func.func @replace.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<4xf32>, %[[Z:.+]]: tensor<2xf32>)
// CHECK-DAG:     %[[PLACES:.+]] = stablehlo.constant dense<{{\[\[}}3], [1]]>
// CHECK-DAG:     %[[U:.+]] = "stablehlo.gather"(%[[Y]], %[[PLACES]])
// CHECK-DAG:     %[[ELEMENTS:.+]] = stablehlo.constant dense<{{\[\[}}0], [1], [0], [0]]>
// CHECK-DAG:     %[[SPREAD:.+]] = "stablehlo.gather"(%[[Z]], %[[ELEMENTS]])
// CHECK-DAG:     %[[OVERWRITTEN:.+]] = stablehlo.constant dense<[false, true, false, true]>
// CHECK:         %[[X:.+]] = stablehlo.select %[[OVERWRITTEN]], %[[SPREAD]], %[[Y]]
// CHECK:         return %[[X]], %[[U]],
func.func @replace(%x: tensor<4xf32>, %u: tensor<2xf32>) -> (tensor<4xf32>, tensor<2xf32>) {
  %i = stablehlo.constant dense<[[3], [1]]> : tensor<2x1xi32>
  %y = "stablehlo.scatter"(%x, %i, %u) <{scatter_dimension_numbers = #stablehlo.scatter<inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>}> ({
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    stablehlo.return %b : tensor<f32>
  }) : (tensor<4xf32>, tensor<2x1xi32>, tensor<2xf32>) -> tensor<4xf32>
  %z = "stablehlo.gather"(%x, %i) <{dimension_numbers = #stablehlo.gather<collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1>, slice_sizes = array<i64: 1>}> : (tensor<4xf32>, tensor<2x1xi32>) -> tensor<2xf32>
  return %y, %z : tensor<4xf32>, tensor<2xf32>
}

// -----

// What was added is subtracted.

// CHECK-LABEL: func.func @add.inverse(
// CHECK-SAME:    %[[U:.+]]: tensor<2xf32>, %[[I:.+]]: tensor<2x1xi32>, %[[Y:.+]]: tensor<4xf32>)
// CHECK:         %[[NEGATED:.+]] = stablehlo.negate %[[U]]
// CHECK:         %[[X:.+]] = "stablehlo.scatter"(%[[Y]], %[[I]], %[[NEGATED]])
// CHECK-SAME:    inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1
// CHECK:         stablehlo.add
// CHECK:         %[[ZERO:.+]] = stablehlo.constant dense<0.000000e+00> : tensor<4xf32>
// CHECK:         return %[[X]], %[[ZERO]]
func.func @add(%u: tensor<2xf32>, %i: tensor<2x1xi32>, %x: tensor<4xf32> {invhlo.unknown}) -> tensor<4xf32> {
  %y = "stablehlo.scatter"(%x, %i, %u) <{scatter_dimension_numbers = #stablehlo.scatter<inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>}> ({
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    %c = stablehlo.add %a, %b : tensor<f32>
    stablehlo.return %c : tensor<f32>
  }) : (tensor<4xf32>, tensor<2x1xi32>, tensor<2xf32>) -> tensor<4xf32>
  return %y : tensor<4xf32>
}

// -----

// What was multiplied is divided by, and -log|k| goes where k went.

// CHECK-LABEL: func.func @multiply.inverse(
// CHECK-SAME:    %[[U:.+]]: tensor<2xf32>, %[[I:.+]]: tensor<2x1xi32>, %[[Y:.+]]: tensor<4xf32>)
// CHECK:         %[[RECIPROCAL:.+]] = stablehlo.divide %{{.+}}, %[[U]]
// CHECK:         %[[X:.+]] = "stablehlo.scatter"(%[[Y]], %[[I]], %[[RECIPROCAL]])
// CHECK:         stablehlo.multiply
// CHECK:         %[[ABS:.+]] = stablehlo.abs %[[U]]
// CHECK:         %[[LOG:.+]] = stablehlo.log %[[ABS]]
// CHECK:         %[[LOST:.+]] = stablehlo.negate %[[LOG]]
// CHECK:         %[[ZERO:.+]] = stablehlo.constant dense<0.000000e+00>
// CHECK:         %[[SHARE:.+]] = "stablehlo.scatter"(%[[ZERO]], %[[I]], %[[LOST]])
// CHECK:         stablehlo.add
// CHECK:         return %[[X]], %[[SHARE]]
func.func @multiply(%u: tensor<2xf32>, %i: tensor<2x1xi32>, %x: tensor<4xf32> {invhlo.unknown}) -> tensor<4xf32> {
  %y = "stablehlo.scatter"(%x, %i, %u) <{scatter_dimension_numbers = #stablehlo.scatter<inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>}> ({
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    %c = stablehlo.multiply %a, %b : tensor<f32>
    stablehlo.return %c : tensor<f32>
  }) : (tensor<4xf32>, tensor<2x1xi32>, tensor<2xf32>) -> tensor<4xf32>
  return %y : tensor<4xf32>
}

// -----

// The updates come from elements that the scatter leaves as they are.

// CHECK-LABEL: func.func @coupling.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<4xf32>)
// CHECK:         %[[PLACES:.+]] = stablehlo.constant dense<{{\[\[}}2], [3]]>
// CHECK:         %[[H:.+]] = stablehlo.slice %[[Y]] [0:2]
// CHECK:         %[[U:.+]] = stablehlo.sine %[[H]]
// CHECK:         %[[NEGATED:.+]] = stablehlo.negate %[[U]]
// CHECK:         %[[UNDONE:.+]] = "stablehlo.scatter"(%[[Y]], %[[PLACES]], %[[NEGATED]])
// CHECK:         %[[CHANGED:.+]] = stablehlo.constant dense<[false, false, true, true]>
// CHECK:         %[[X:.+]] = stablehlo.select %[[CHANGED]], %[[UNDONE]], %[[Y]]
// CHECK:         return %[[X]],
func.func @coupling(%x: tensor<4xf32>) -> tensor<4xf32> {
  %i = stablehlo.constant dense<[[2], [3]]> : tensor<2x1xi32>
  %h = stablehlo.slice %x [0:2] : (tensor<4xf32>) -> tensor<2xf32>
  %u = stablehlo.sine %h : tensor<2xf32>
  %y = "stablehlo.scatter"(%x, %i, %u) <{scatter_dimension_numbers = #stablehlo.scatter<inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>}> ({
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    %c = stablehlo.add %a, %b : tensor<f32>
    stablehlo.return %c : tensor<f32>
  }) : (tensor<4xf32>, tensor<2x1xi32>, tensor<2xf32>) -> tensor<4xf32>
  return %y : tensor<4xf32>
}
