// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-fold-constants | FileCheck %s

// CHECK-LABEL: func.func @nothing(
// CHECK-SAME:    %[[X:.+]]: tensor<2x3xf32>,
// CHECK-NEXT:    return %[[X]]
func.func @nothing(%x: tensor<2x3xf32>, %i: tensor<i32>) -> tensor<2x3xf32> {
  %zero = stablehlo.constant dense<0.0> : tensor<f32>
  %0 = stablehlo.convert %x : tensor<2x3xf32>
  %1 = stablehlo.reshape %0 : (tensor<2x3xf32>) -> tensor<2x3xf32>
  %2 = stablehlo.transpose %1, dims = [0, 1] : (tensor<2x3xf32>) -> tensor<2x3xf32>
  %3 = stablehlo.slice %2 [0:2, 0:3] : (tensor<2x3xf32>) -> tensor<2x3xf32>
  %4 = stablehlo.broadcast_in_dim %3, dims = [0, 1] : (tensor<2x3xf32>) -> tensor<2x3xf32>
  %5 = stablehlo.reverse %4, dims = [] : tensor<2x3xf32>
  %6 = stablehlo.pad %5, %zero, low = [0, 0], high = [0, 0], interior = [0, 0] : (tensor<2x3xf32>, tensor<f32>) -> tensor<2x3xf32>
  %7 = stablehlo.concatenate %6, dim = 0 : (tensor<2x3xf32>) -> tensor<2x3xf32>
  %8 = stablehlo.dynamic_slice %7, %i, %i, sizes = [2, 3] : (tensor<2x3xf32>, tensor<i32>, tensor<i32>) -> tensor<2x3xf32>
  %9 = stablehlo.dynamic_update_slice %7, %8, %i, %i : (tensor<2x3xf32>, tensor<2x3xf32>, tensor<i32>, tensor<i32>) -> tensor<2x3xf32>
  return %9 : tensor<2x3xf32>
}

// CHECK-LABEL: func.func @something(
// CHECK:         stablehlo.convert
// CHECK:         stablehlo.transpose
// CHECK:         stablehlo.reverse
// CHECK:         stablehlo.pad
func.func @something(%x: tensor<2x2xf32>) -> tensor<2x2xf64> {
  %zero = stablehlo.constant dense<0.0> : tensor<f64>
  %0 = stablehlo.convert %x : (tensor<2x2xf32>) -> tensor<2x2xf64>
  %1 = stablehlo.transpose %0, dims = [1, 0] : (tensor<2x2xf64>) -> tensor<2x2xf64>
  %2 = stablehlo.reverse %1, dims = [1] : tensor<2x2xf64>
  %3 = stablehlo.pad %2, %zero, low = [1, 0], high = [-1, 0], interior = [0, 0] : (tensor<2x2xf64>, tensor<f64>) -> tensor<2x2xf64>
  return %3 : tensor<2x2xf64>
}

// CHECK-LABEL: func.func @unit_dimensions(
// CHECK-SAME:    %[[X:.+]]: tensor<1x3xf32>)
// CHECK-NEXT:    %[[Y:.+]] = stablehlo.reshape %[[X]] : (tensor<1x3xf32>) -> tensor<3x1x1xf32>
// CHECK-NEXT:    %[[Z:.+]] = stablehlo.reshape %[[X]] : (tensor<1x3xf32>) -> tensor<3xf32>
// CHECK-NEXT:    return %[[Y]], %[[Z]]
func.func @unit_dimensions(%x: tensor<1x3xf32>) -> (tensor<3x1x1xf32>, tensor<3xf32>) {
  %zero = stablehlo.constant dense<0.0> : tensor<f32>
  %0 = stablehlo.broadcast_in_dim %x, dims = [1, 0] : (tensor<1x3xf32>) -> tensor<3x1x1xf32>
  %1 = stablehlo.reduce(%x init: %zero) applies stablehlo.add across dimensions = [0] : (tensor<1x3xf32>, tensor<f32>) -> tensor<3xf32>
  return %0, %1 : tensor<3x1x1xf32>, tensor<3xf32>
}

// A broadcast that swaps, one that repeats, and a reduction that adds 1.
// CHECK-LABEL: func.func @not_unit_dimensions(
// CHECK:         stablehlo.broadcast_in_dim
// CHECK:         stablehlo.broadcast_in_dim
// CHECK:         stablehlo.reduce
func.func @not_unit_dimensions(%x: tensor<2x3xf32>, %y: tensor<1x3xf32>) -> (tensor<3x2xf32>, tensor<2x3xf32>, tensor<3xf32>) {
  %one = stablehlo.constant dense<1.0> : tensor<f32>
  %0 = stablehlo.broadcast_in_dim %x, dims = [1, 0] : (tensor<2x3xf32>) -> tensor<3x2xf32>
  %1 = stablehlo.broadcast_in_dim %y, dims = [0, 1] : (tensor<1x3xf32>) -> tensor<2x3xf32>
  %2 = stablehlo.reduce(%y init: %one) applies stablehlo.add across dimensions = [0] : (tensor<1x3xf32>, tensor<f32>) -> tensor<3xf32>
  return %0, %1, %2 : tensor<3x2xf32>, tensor<2x3xf32>, tensor<3xf32>
}

// CHECK-LABEL: func.func @dynamic_slice(
// CHECK-SAME:    %[[X:.+]]: tensor<4x5xf32>,
// CHECK-NEXT:    %[[Y:.+]] = stablehlo.slice %[[X]] [2:4, 0:5]
// CHECK-NEXT:    return %[[Y]]
func.func @dynamic_slice(%x: tensor<4x5xf32>, %j: tensor<i32>) -> tensor<2x5xf32> {
  %i = stablehlo.constant dense<7> : tensor<i32>
  %y = stablehlo.dynamic_slice %x, %i, %j, sizes = [2, 5] : (tensor<4x5xf32>, tensor<i32>, tensor<i32>) -> tensor<2x5xf32>
  return %y : tensor<2x5xf32>
}

// CHECK-LABEL: func.func @dynamic_slice_unknown(
// CHECK:         stablehlo.dynamic_slice
func.func @dynamic_slice_unknown(%x: tensor<4x5xf32>, %j: tensor<i32>) -> tensor<2x4xf32> {
  %i = stablehlo.constant dense<1> : tensor<i32>
  %y = stablehlo.dynamic_slice %x, %i, %j, sizes = [2, 4] : (tensor<4x5xf32>, tensor<i32>, tensor<i32>) -> tensor<2x4xf32>
  return %y : tensor<2x4xf32>
}

// CHECK-LABEL: func.func @dynamic_update_slice(
// CHECK-SAME:    %[[X:.+]]: tensor<4x5xf32>, %[[U:.+]]: tensor<2x3xf32>)
// CHECK-DAG:     %[[ONE:.+]] = stablehlo.constant dense<1> : tensor<i32>
// CHECK-DAG:     %[[TWO:.+]] = stablehlo.constant dense<2> : tensor<i32>
// CHECK:         stablehlo.dynamic_update_slice %[[X]], %[[U]], %[[ONE]], %[[TWO]]
func.func @dynamic_update_slice(%x: tensor<4x5xf32>, %u: tensor<2x3xf32>) -> tensor<4x5xf32> {
  %i = stablehlo.constant dense<1> : tensor<i32>
  %j = stablehlo.constant dense<9> : tensor<i32>
  %y = stablehlo.dynamic_update_slice %x, %u, %i, %j : (tensor<4x5xf32>, tensor<2x3xf32>, tensor<i32>, tensor<i32>) -> tensor<4x5xf32>
  return %y : tensor<4x5xf32>
}

// CHECK-LABEL: func.func @empty_parts(
// CHECK-SAME:    %[[X:.+]]: tensor<2xf32>, %[[Y:.+]]: tensor<0xf32>, %[[Z:.+]]: tensor<3xf32>)
// CHECK-NEXT:    %[[R:.+]] = stablehlo.concatenate %[[X]], %[[Z]], dim = 0
// CHECK-NEXT:    return %[[R]]
func.func @empty_parts(%x: tensor<2xf32>, %y: tensor<0xf32>, %z: tensor<3xf32>) -> tensor<5xf32> {
  %r = stablehlo.concatenate %x, %y, %z, dim = 0 : (tensor<2xf32>, tensor<0xf32>, tensor<3xf32>) -> tensor<5xf32>
  return %r : tensor<5xf32>
}

// x[[3, 1]]
// CHECK-LABEL: func.func @rows(
// CHECK-SAME:    %[[X:.+]]: tensor<4x5xf32>)
// CHECK-NEXT:    %[[S:.+]] = stablehlo.slice %[[X]] [1:4:2, 0:5]
// CHECK-NEXT:    %[[R:.+]] = stablehlo.reverse %[[S]], dims = [0]
// CHECK-NEXT:    return %[[R]]
func.func @rows(%x: tensor<4x5xf32>) -> tensor<2x5xf32> {
  %i = stablehlo.constant dense<[[3], [1]]> : tensor<2x1xi32>
  %y = "stablehlo.gather"(%x, %i) <{
    dimension_numbers = #stablehlo.gather<offset_dims = [1], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1>,
    slice_sizes = array<i64: 1, 5>
  }> : (tensor<4x5xf32>, tensor<2x1xi32>) -> tensor<2x5xf32>
  return %y : tensor<2x5xf32>
}

// jnp.take(x, 9, axis=1, mode="clip")
// CHECK-LABEL: func.func @one_column(
// CHECK-SAME:    %[[X:.+]]: tensor<4x5xf32>)
// CHECK-NEXT:    %[[S:.+]] = stablehlo.slice %[[X]] [0:4, 4:5]
// CHECK-NEXT:    %[[R:.+]] = stablehlo.reshape %[[S]] : (tensor<4x1xf32>) -> tensor<4xf32>
// CHECK-NEXT:    return %[[R]]
func.func @one_column(%x: tensor<4x5xf32>) -> tensor<4xf32> {
  %i = stablehlo.constant dense<9> : tensor<1xi32>
  %y = "stablehlo.gather"(%x, %i) <{
    dimension_numbers = #stablehlo.gather<offset_dims = [0], collapsed_slice_dims = [1], start_index_map = [1]>,
    slice_sizes = array<i64: 4, 1>
  }> : (tensor<4x5xf32>, tensor<1xi32>) -> tensor<4xf32>
  return %y : tensor<4xf32>
}

// The index vector's dimension is absent, and the batch dimension leads.
// CHECK-LABEL: func.func @moved(
// CHECK-SAME:    %[[X:.+]]: tensor<4x5xf32>)
// CHECK-NEXT:    %[[S:.+]] = stablehlo.slice %[[X]] [0:4, 1:3]
// CHECK-NEXT:    %[[R:.+]] = stablehlo.transpose %[[S]], dims = [1, 0]
// CHECK-NEXT:    return %[[R]]
func.func @moved(%x: tensor<4x5xf32>) -> tensor<2x4xf32> {
  %i = stablehlo.constant dense<[1, 2]> : tensor<2xi32>
  %y = "stablehlo.gather"(%x, %i) <{
    dimension_numbers = #stablehlo.gather<offset_dims = [1], collapsed_slice_dims = [1], start_index_map = [1], index_vector_dim = 1>,
    slice_sizes = array<i64: 4, 1>
  }> : (tensor<4x5xf32>, tensor<2xi32>) -> tensor<2x4xf32>
  return %y : tensor<2x4xf32>
}

// All in order: the operand itself.
// CHECK-LABEL: func.func @all(
// CHECK-SAME:    %[[X:.+]]: tensor<4xf32>)
// CHECK-NEXT:    %[[R:.+]] = stablehlo.reshape %[[X]] : (tensor<4xf32>) -> tensor<2x2xf32>
// CHECK-NEXT:    return %[[R]]
func.func @all(%x: tensor<4xf32>) -> tensor<2x2xf32> {
  %i = stablehlo.constant dense<[[[0], [1]], [[2], [3]]]> : tensor<2x2x1xi32>
  %y = "stablehlo.gather"(%x, %i) <{
    dimension_numbers = #stablehlo.gather<collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 2>,
    slice_sizes = array<i64: 1>
  }> : (tensor<4xf32>, tensor<2x2x1xi32>) -> tensor<2x2xf32>
  return %y : tensor<2x2xf32>
}

// Uneven steps, repetition, two dimensions at once, unknown positions.
// CHECK-LABEL: func.func @no_slices(
// CHECK-COUNT-4: stablehlo.gather
func.func @no_slices(%x: tensor<4x5xf32>, %k: tensor<2x1xi32>) -> (tensor<3x5xf32>, tensor<2x5xf32>, tensor<2xf32>, tensor<2x5xf32>) {
  %uneven = stablehlo.constant dense<[[0], [1], [3]]> : tensor<3x1xi32>
  %0 = "stablehlo.gather"(%x, %uneven) <{
    dimension_numbers = #stablehlo.gather<offset_dims = [1], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1>,
    slice_sizes = array<i64: 1, 5>
  }> : (tensor<4x5xf32>, tensor<3x1xi32>) -> tensor<3x5xf32>
  %repeated = stablehlo.constant dense<1> : tensor<2x1xi32>
  %1 = "stablehlo.gather"(%x, %repeated) <{
    dimension_numbers = #stablehlo.gather<offset_dims = [1], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1>,
    slice_sizes = array<i64: 1, 5>
  }> : (tensor<4x5xf32>, tensor<2x1xi32>) -> tensor<2x5xf32>
  %diagonal = stablehlo.constant dense<[[0, 0], [1, 1]]> : tensor<2x2xi32>
  %2 = "stablehlo.gather"(%x, %diagonal) <{
    dimension_numbers = #stablehlo.gather<collapsed_slice_dims = [0, 1], start_index_map = [0, 1], index_vector_dim = 1>,
    slice_sizes = array<i64: 1, 1>
  }> : (tensor<4x5xf32>, tensor<2x2xi32>) -> tensor<2xf32>
  %3 = "stablehlo.gather"(%x, %k) <{
    dimension_numbers = #stablehlo.gather<offset_dims = [1], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1>,
    slice_sizes = array<i64: 1, 5>
  }> : (tensor<4x5xf32>, tensor<2x1xi32>) -> tensor<2x5xf32>
  return %0, %1, %2, %3 : tensor<3x5xf32>, tensor<2x5xf32>, tensor<2xf32>, tensor<2x5xf32>
}

// Nothing is computed of nothing.
// CHECK-LABEL: func.func @no_elements(
// CHECK-NEXT:    stablehlo.constant dense<> : tensor<0x1xi32>
// CHECK-NEXT:    return
func.func @no_elements() -> tensor<0x1xi32> {
  %none = stablehlo.constant dense<> : tensor<0xi32>
  %p = stablehlo.constant dense<> : tensor<0xi1>
  %one = stablehlo.constant dense<1> : tensor<i32>
  %b = stablehlo.broadcast_in_dim %one, dims = [] : (tensor<i32>) -> tensor<0xi32>
  %s = stablehlo.add %none, %b : tensor<0xi32>
  %t = stablehlo.select %p, %s, %none : tensor<0xi1>, tensor<0xi32>
  %r = stablehlo.broadcast_in_dim %t, dims = [0] : (tensor<0xi32>) -> tensor<0x1xi32>
  return %r : tensor<0x1xi32>
}
