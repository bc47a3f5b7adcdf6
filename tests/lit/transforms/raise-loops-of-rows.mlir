// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-raise-loops -cse -split-input-file | FileCheck %s

// Two rows that a step writes are a row of two.

// CHECK-LABEL: func.func @pairs(
// CHECK-SAME:    %[[X:.+]]: tensor<6xf32>)
// CHECK:         %[[ROWS:.+]] = stablehlo.reshape %[[X]] : (tensor<6xf32>) -> tensor<3x2xf32>
// CHECK:         %[[YS:.+]] = invhlo.scan 3() over(%[[ROWS]])
// CHECK-NEXT:    ^bb0(%{{.+}}: tensor<i32>, %[[ROW:.+]]: tensor<2xf32>):
// CHECK:           %[[LEFT:.+]] = stablehlo.slice %[[ROW]] [0:1]
// CHECK:           %[[NEW:.+]] = stablehlo.exponential %[[LEFT]]
// CHECK:           %[[FIRST:.+]] = stablehlo.dynamic_update_slice %[[ROW]], %[[NEW]]
// CHECK:           %[[OLD:.+]] = stablehlo.slice %[[ROW]] [1:2]
// CHECK:           %[[READ:.+]] = stablehlo.slice %[[FIRST]] [0:1]
// CHECK:           %[[SUM:.+]] = stablehlo.add %[[OLD]], %[[READ]]
// CHECK:           %[[BOTH:.+]] = stablehlo.dynamic_update_slice %[[FIRST]], %[[SUM]]
// CHECK:           invhlo.yield %[[BOTH]] : tensor<2xf32>
// CHECK:         stablehlo.reshape %[[YS]] : (tensor<3x2xf32>) -> tensor<6xf32>
func.func @pairs(%x: tensor<6xf32>) -> tensor<6xf32> {
  %zero = stablehlo.constant dense<0> : tensor<i32>
  %0:2 = stablehlo.while(%i = %zero, %y = %x) : tensor<i32>, tensor<6xf32>
  cond {
    %six = stablehlo.constant dense<6> : tensor<i32>
    %p = stablehlo.compare LT, %i, %six : (tensor<i32>, tensor<i32>) -> tensor<i1>
    stablehlo.return %p : tensor<i1>
  } do {
    %one = stablehlo.constant dense<1> : tensor<i32>
    %two = stablehlo.constant dense<2> : tensor<i32>
    %j = stablehlo.add %i, %one : tensor<i32>
    %a = stablehlo.dynamic_slice %y, %i, sizes = [1] : (tensor<6xf32>, tensor<i32>) -> tensor<1xf32>
    %b = stablehlo.exponential %a : tensor<1xf32>
    %y1 = stablehlo.dynamic_update_slice %y, %b, %i : (tensor<6xf32>, tensor<1xf32>, tensor<i32>) -> tensor<6xf32>
    %c = stablehlo.dynamic_slice %y, %j, sizes = [1] : (tensor<6xf32>, tensor<i32>) -> tensor<1xf32>
    %read = stablehlo.dynamic_slice %y1, %i, sizes = [1] : (tensor<6xf32>, tensor<i32>) -> tensor<1xf32>
    %d = stablehlo.add %c, %read : tensor<1xf32>
    %y2 = stablehlo.dynamic_update_slice %y1, %d, %j : (tensor<6xf32>, tensor<1xf32>, tensor<i32>) -> tensor<6xf32>
    %k = stablehlo.add %i, %two : tensor<i32>
    stablehlo.return %k, %y2 : tensor<i32>, tensor<6xf32>
  }
  return %0#1 : tensor<6xf32>
}

// -----

// Two steps write the last of these rows: the array is carried as it is.

// CHECK-LABEL: func.func @overlapping(
// CHECK:         invhlo.scan 3(%{{.+}}) over() : (tensor<6xf32>) -> tensor<6xf32>
func.func @overlapping(%x: tensor<6xf32>) -> tensor<6xf32> {
  %zero = stablehlo.constant dense<0> : tensor<i32>
  %0:2 = stablehlo.while(%i = %zero, %y = %x) : tensor<i32>, tensor<6xf32>
  cond {
    %three = stablehlo.constant dense<3> : tensor<i32>
    %p = stablehlo.compare LT, %i, %three : (tensor<i32>, tensor<i32>) -> tensor<i1>
    stablehlo.return %p : tensor<i1>
  } do {
    %one = stablehlo.constant dense<1> : tensor<i32>
    %ones = stablehlo.constant dense<1.0> : tensor<2xf32>
    %y1 = stablehlo.dynamic_update_slice %y, %ones, %i : (tensor<6xf32>, tensor<2xf32>, tensor<i32>) -> tensor<6xf32>
    %k = stablehlo.add %i, %one : tensor<i32>
    stablehlo.return %k, %y1 : tensor<i32>, tensor<6xf32>
  }
  return %0#1 : tensor<6xf32>
}

// -----

// What the inner loop does to a row of the outer one is done to the row.

// CHECK-LABEL: func.func @grid(
// CHECK-SAME:    %[[X:.+]]: tensor<2x3xf32>)
// CHECK:         invhlo.scan 2() over(%[[X]]) : (tensor<2x3xf32>) -> tensor<2x3xf32>
// CHECK-NEXT:    ^bb0(%{{.+}}: tensor<i32>, %{{.+}}: tensor<3xf32>):
// CHECK:           invhlo.scan 3() over(%{{.+}}) : (tensor<3x1xf32>) -> tensor<3x1xf32>
// CHECK:             stablehlo.exponential %{{.+}} : tensor<f32>
func.func @grid(%x: tensor<2x3xf32>) -> tensor<2x3xf32> {
  %zero = stablehlo.constant dense<0> : tensor<i32>
  %one = stablehlo.constant dense<1> : tensor<i32>
  %0:2 = stablehlo.while(%i = %zero, %y = %x) : tensor<i32>, tensor<2x3xf32>
  cond {
    %two = stablehlo.constant dense<2> : tensor<i32>
    %p = stablehlo.compare LT, %i, %two : (tensor<i32>, tensor<i32>) -> tensor<i1>
    stablehlo.return %p : tensor<i1>
  } do {
    %1:2 = stablehlo.while(%j = %zero, %z = %y) : tensor<i32>, tensor<2x3xf32>
    cond {
      %three = stablehlo.constant dense<3> : tensor<i32>
      %p = stablehlo.compare LT, %j, %three : (tensor<i32>, tensor<i32>) -> tensor<i1>
      stablehlo.return %p : tensor<i1>
    } do {
      %a = stablehlo.dynamic_slice %z, %i, %j, sizes = [1, 1]
          : (tensor<2x3xf32>, tensor<i32>, tensor<i32>) -> tensor<1x1xf32>
      %s = stablehlo.reshape %a : (tensor<1x1xf32>) -> tensor<f32>
      %b = stablehlo.exponential %s : tensor<f32>
      %at_i = stablehlo.reshape %i : (tensor<i32>) -> tensor<1xi32>
      %at_j = stablehlo.reshape %j : (tensor<i32>) -> tensor<1xi32>
      %at = stablehlo.concatenate %at_i, %at_j, dim = 0 : (tensor<1xi32>, tensor<1xi32>) -> tensor<2xi32>
      %w = "stablehlo.scatter"(%z, %at, %b) <{
        scatter_dimension_numbers = #stablehlo.scatter<
          inserted_window_dims = [0, 1], scatter_dims_to_operand_dims = [0, 1]>}> ({
      ^bb0(%before: tensor<f32>, %new: tensor<f32>):
        stablehlo.return %new : tensor<f32>
      }) : (tensor<2x3xf32>, tensor<2xi32>, tensor<f32>) -> tensor<2x3xf32>
      %k = stablehlo.add %j, %one : tensor<i32>
      stablehlo.return %k, %w : tensor<i32>, tensor<2x3xf32>
    }
    %k = stablehlo.add %i, %one : tensor<i32>
    stablehlo.return %k, %1#1 : tensor<i32>, tensor<2x3xf32>
  }
  return %0#1 : tensor<2x3xf32>
}
