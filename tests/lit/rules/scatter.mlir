// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse -split-input-file | FileCheck %s

// Replacing, at literal places, moves elements; adding and multiplying is undone.

// The updates at their places, the input elsewhere; what is overwritten comes from
// a gather.
// CHECK-LABEL: func.func @replace.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<4xf32>, %[[Z:.+]]: tensor<2xf32>)
// CHECK:         %[[C:.+]] = stablehlo.constant dense<{{\[\[}}3], [1]]> : tensor<2x1xi32>
// CHECK:         %[[GATHER:.+]] = "stablehlo.gather"(%[[Y]], %[[C]]) <{dimension_numbers = #stablehlo.gather<collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1>, indices_are_sorted = false, slice_sizes = array<i64: 1>}> : (tensor<4xf32>, tensor<2x1xi32>) -> tensor<2xf32>
// CHECK:         %[[C2:.+]] = stablehlo.constant dense<{{\[\[}}0], [1], [0], [0]]> : tensor<4x1xi32>
// CHECK:         %[[GATHER2:.+]] = "stablehlo.gather"(%[[Z]], %[[C2]]) <{dimension_numbers = #stablehlo.gather<collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1>, indices_are_sorted = false, slice_sizes = array<i64: 1>}> : (tensor<2xf32>, tensor<4x1xi32>) -> tensor<4xf32>
// CHECK:         %[[C3:.+]] = stablehlo.constant dense<[false, true, false, true]> : tensor<4xi1>
// CHECK:         %[[SELECT:.+]] = stablehlo.select %[[C3]], %[[GATHER2]], %[[Y]] : tensor<4xi1>, tensor<4xf32>
// CHECK:         %[[C4:.+]] = stablehlo.constant dense<0.000000e+00> : tensor<4xf32>
// CHECK:         %[[C5:.+]] = stablehlo.constant dense<0.000000e+00> : tensor<2xf32>
// CHECK:         return %[[SELECT]], %[[GATHER]], %[[C4]], %[[C5]] : tensor<4xf32>, tensor<2xf32>, tensor<4xf32>, tensor<2xf32>
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

// CHECK-LABEL: func.func @add.inverse(
// CHECK-SAME:    %[[U:.+]]: tensor<2xf32>, %[[I:.+]]: tensor<2x1xi32>, %[[Y:.+]]: tensor<4xf32>)
// CHECK:         %[[NEGATE:.+]] = stablehlo.negate %[[U]] : tensor<2xf32>
// CHECK:         %[[SCATTER:.+]] = "stablehlo.scatter"(%[[Y]], %[[I]], %[[NEGATE]]) <{scatter_dimension_numbers = #stablehlo.scatter<inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>}> ({
// CHECK:         ^bb0(%[[A:.+]]: tensor<f32>, %[[A2:.+]]: tensor<f32>):
// CHECK:         %[[ADD:.+]] = stablehlo.add %[[A]], %[[A2]] : tensor<f32>
// CHECK:         stablehlo.return %[[ADD]] : tensor<f32>
// CHECK:         }) : (tensor<4xf32>, tensor<2x1xi32>, tensor<2xf32>) -> tensor<4xf32>
// CHECK:         %[[C:.+]] = stablehlo.constant dense<0.000000e+00> : tensor<4xf32>
// CHECK:         return %[[SCATTER]], %[[C]] : tensor<4xf32>, tensor<4xf32>
func.func @add(%u: tensor<2xf32>, %i: tensor<2x1xi32>, %x: tensor<4xf32> {invhlo.unknown}) -> tensor<4xf32> {
  %y = "stablehlo.scatter"(%x, %i, %u) <{scatter_dimension_numbers = #stablehlo.scatter<inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>}> ({
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    %c = stablehlo.add %a, %b : tensor<f32>
    stablehlo.return %c : tensor<f32>
  }) : (tensor<4xf32>, tensor<2x1xi32>, tensor<2xf32>) -> tensor<4xf32>
  return %y : tensor<4xf32>
}

// -----

// -log|k| goes where k went.
// CHECK-LABEL: func.func @multiply.inverse(
// CHECK-SAME:    %[[U:.+]]: tensor<2xf32>, %[[I:.+]]: tensor<2x1xi32>, %[[Y:.+]]: tensor<4xf32>)
// CHECK:         %[[C:.+]] = stablehlo.constant dense<1.000000e+00> : tensor<2xf32>
// CHECK:         %[[DIVIDE:.+]] = stablehlo.divide %[[C]], %[[U]] : tensor<2xf32>
// CHECK:         %[[SCATTER:.+]] = "stablehlo.scatter"(%[[Y]], %[[I]], %[[DIVIDE]]) <{scatter_dimension_numbers = #stablehlo.scatter<inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>}> ({
// CHECK:         ^bb0(%[[A:.+]]: tensor<f32>, %[[A2:.+]]: tensor<f32>):
// CHECK:         %[[MULTIPLY:.+]] = stablehlo.multiply %[[A]], %[[A2]] : tensor<f32>
// CHECK:         stablehlo.return %[[MULTIPLY]] : tensor<f32>
// CHECK:         }) : (tensor<4xf32>, tensor<2x1xi32>, tensor<2xf32>) -> tensor<4xf32>
// CHECK:         %[[ABS:.+]] = stablehlo.abs %[[U]] : tensor<2xf32>
// CHECK:         %[[LOG:.+]] = stablehlo.log %[[ABS]] : tensor<2xf32>
// CHECK:         %[[NEGATE:.+]] = stablehlo.negate %[[LOG]] : tensor<2xf32>
// CHECK:         %[[C2:.+]] = stablehlo.constant dense<0.000000e+00> : tensor<4xf32>
// CHECK:         %[[SCATTER2:.+]] = "stablehlo.scatter"(%[[C2]], %[[I]], %[[NEGATE]]) <{scatter_dimension_numbers = #stablehlo.scatter<inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>}> ({
// CHECK:         ^bb0(%[[A]]: tensor<f32>, %[[A2]]: tensor<f32>):
// CHECK:         %[[ADD:.+]] = stablehlo.add %[[A]], %[[A2]] : tensor<f32>
// CHECK:         stablehlo.return %[[ADD]] : tensor<f32>
// CHECK:         }) : (tensor<4xf32>, tensor<2x1xi32>, tensor<2xf32>) -> tensor<4xf32>
// CHECK:         return %[[SCATTER]], %[[SCATTER2]] : tensor<4xf32>, tensor<4xf32>
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
// CHECK:         %[[C:.+]] = stablehlo.constant dense<{{\[\[}}2], [3]]> : tensor<2x1xi32>
// CHECK:         %[[SLICE:.+]] = stablehlo.slice %[[Y]] [0:2] : (tensor<4xf32>) -> tensor<2xf32>
// CHECK:         %[[SINE:.+]] = stablehlo.sine %[[SLICE]] : tensor<2xf32>
// CHECK:         %[[NEGATE:.+]] = stablehlo.negate %[[SINE]] : tensor<2xf32>
// CHECK:         %[[SCATTER:.+]] = "stablehlo.scatter"(%[[Y]], %[[C]], %[[NEGATE]]) <{scatter_dimension_numbers = #stablehlo.scatter<inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>}> ({
// CHECK:         ^bb0(%[[A:.+]]: tensor<f32>, %[[A2:.+]]: tensor<f32>):
// CHECK:         %[[ADD:.+]] = stablehlo.add %[[A]], %[[A2]] : tensor<f32>
// CHECK:         stablehlo.return %[[ADD]] : tensor<f32>
// CHECK:         }) : (tensor<4xf32>, tensor<2x1xi32>, tensor<2xf32>) -> tensor<4xf32>
// CHECK:         %[[C2:.+]] = stablehlo.constant dense<[false, false, true, true]> : tensor<4xi1>
// CHECK:         %[[SELECT:.+]] = stablehlo.select %[[C2]], %[[SCATTER]], %[[Y]] : tensor<4xi1>, tensor<4xf32>
// CHECK:         %[[C3:.+]] = stablehlo.constant dense<0.000000e+00> : tensor<4xf32>
// CHECK:         return %[[SELECT]], %[[C3]] : tensor<4xf32>, tensor<4xf32>
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
