// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s --invhlo-raise-searches -split-input-file | FileCheck %s

// The entry of a table that the number of knots below x tells. x is limited
// before: its limit is an edge too.

// CHECK-LABEL: func.func @entry(
// CHECK-SAME:    %[[KNOTS:.+]]: tensor<4xf32>, %[[TABLE:.+]]: tensor<5xf32>, %[[X:.+]]: tensor<3xf32>
// CHECK:         %[[STEP:.+]] = "stablehlo.gather"(%[[TABLE]]
// CHECK:         %[[VALUE:.+]] = stablehlo.multiply %[[X]], %[[STEP]]
// CHECK-DAG:     %[[LIMIT:.+]] = stablehlo.constant dense<2.000000e+00> : tensor<3x1xf32>
// CHECK-DAG:     %[[TABLES:.+]] = stablehlo.broadcast_in_dim %{{.+}}, dims = [0, 1] : (tensor<3x4xf32>) -> tensor<3x4xf32>
// CHECK:         stablehlo.concatenate %{{.+}}, %{{.+}}, dim = 1 : (tensor<3x{{.+}}xf32>, tensor<3x{{.+}}xf32>) -> tensor<3x5xf32>
// CHECK:         "stablehlo.sort"
// CHECK:         %[[EDGES:.+]] = stablehlo.bitcast_convert %{{.+}} : (tensor<3x5xi32>) -> tensor<3x5xf32>
// CHECK:         %[[R:.+]] = invhlo.search(%[[X]]) of(%[[STEP]] : tensor<3xf32>) between %[[EDGES]] = %[[VALUE]]
// CHECK:         ^bb0(%[[AT:.+]]: tensor<3xf32>):
// CHECK:           stablehlo.minimum %[[AT]]
// CHECK:           stablehlo.compare GE
// CHECK:           %[[TAKEN:.+]] = "stablehlo.gather"(%[[TABLE]]
// CHECK:           invhlo.yield %[[TAKEN]]
// CHECK:         ^bb0(%[[AT:.+]]: tensor<3xf32>):
// CHECK:           %[[PRODUCT:.+]] = stablehlo.multiply %[[AT]], %[[STEP]]
// CHECK:           invhlo.yield %[[PRODUCT]]
// CHECK:         return %[[R]]
func.func @entry(%knots: tensor<4xf32>, %table: tensor<5xf32>, %x: tensor<3xf32> {invhlo.unknown}) -> tensor<3xf32> {
  %zero = stablehlo.constant dense<0> : tensor<i32>
  %two = stablehlo.constant dense<2.0> : tensor<3xf32>
  %limited = stablehlo.minimum %x, %two : tensor<3xf32>
  %spread = stablehlo.broadcast_in_dim %limited, dims = [0] : (tensor<3xf32>) -> tensor<3x4xf32>
  %each = stablehlo.broadcast_in_dim %knots, dims = [1] : (tensor<4xf32>) -> tensor<3x4xf32>
  %above = stablehlo.compare GE, %spread, %each : (tensor<3x4xf32>, tensor<3x4xf32>) -> tensor<3x4xi1>
  %ones = stablehlo.convert %above : (tensor<3x4xi1>) -> tensor<3x4xi32>
  %count = stablehlo.reduce(%ones init: %zero) applies stablehlo.add across dimensions = [1] : (tensor<3x4xi32>, tensor<i32>) -> tensor<3xi32>
  %index = stablehlo.reshape %count : (tensor<3xi32>) -> tensor<3x1xi32>
  %step = "stablehlo.gather"(%table, %index) <{dimension_numbers = #stablehlo.gather<collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1>, slice_sizes = array<i64: 1>}> : (tensor<5xf32>, tensor<3x1xi32>) -> tensor<3xf32>
  %0 = stablehlo.multiply %x, %step : tensor<3xf32>
  return %0 : tensor<3xf32>
}

// -----

// It is not known at which x the fraction is cut off.

// CHECK-LABEL: func.func @truncated(
// CHECK-NOT:     invhlo.search
// CHECK:         return
func.func @truncated(%table: tensor<5xf32>, %x: tensor<3xf32> {invhlo.unknown}) -> tensor<3xf32> {
  %number = stablehlo.convert %x : (tensor<3xf32>) -> tensor<3xi32>
  %index = stablehlo.reshape %number : (tensor<3xi32>) -> tensor<3x1xi32>
  %step = "stablehlo.gather"(%table, %index) <{dimension_numbers = #stablehlo.gather<collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1>, slice_sizes = array<i64: 1>}> : (tensor<5xf32>, tensor<3x1xi32>) -> tensor<3xf32>
  %0 = stablehlo.multiply %x, %step : tensor<3xf32>
  return %0 : tensor<3xf32>
}

// -----

// x is compared with the knots of one table alone, so the entries are those of
// the number of knots below x. At a knot the value is that of the bin above it,
// at the last one of the bin below.

// CHECK-LABEL: func.func @bins(
// CHECK-SAME:    %[[KNOTS:.+]]: tensor<4xf32>, %[[TABLE:.+]]: tensor<5xf32>, %[[X:.+]]: tensor<3xf32>
// CHECK:         %[[STEP:.+]] = "stablehlo.gather"(%[[TABLE]]
// CHECK:         %[[VALUE:.+]] = stablehlo.multiply %[[X]], %[[STEP]]
// CHECK-NOT:     invhlo.search
// CHECK-DAG:     %[[TABLES:.+]] = stablehlo.reshape %[[TABLE]] : (tensor<5xf32>) -> tensor<1x5xf32>
// CHECK-DAG:     %[[ALL:.+]] = stablehlo.reshape %[[KNOTS]] : (tensor<4xf32>) -> tensor<1x4xf32>
// CHECK-DAG:     %[[FIRST:.+]] = stablehlo.slice %[[ALL]] [0:1, 0:3]
// CHECK-DAG:     %[[ABOVE:.+]] = stablehlo.slice %[[TABLES]] [0:1, 1:4]
// CHECK:         %[[ATFIRST:.+]] = stablehlo.multiply %[[FIRST]], %[[ABOVE]]
// CHECK-DAG:     %[[LAST:.+]] = stablehlo.slice %[[ALL]] [0:1, 3:4]
// CHECK-DAG:     %[[BELOW:.+]] = stablehlo.slice %[[TABLES]] [0:1, 3:4]
// CHECK:         %[[ATLAST:.+]] = stablehlo.multiply %[[LAST]], %[[BELOW]]
// CHECK:         %[[IMAGES:.+]] = stablehlo.concatenate %[[ATFIRST]], %[[ATLAST]], dim = 1
// CHECK:         %[[R:.+]] = invhlo.spline(%[[X]]) of(%[[STEP]] : tensor<3xf32>) in(%[[TABLES]] : tensor<1x5xf32>) at [array<i64: 0, 1, 2, 3, 4>] between %[[ALL]] to %[[IMAGES]] = %[[VALUE]]
// CHECK:         return %[[R]]
func.func @bins(%knots: tensor<4xf32>, %table: tensor<5xf32>, %x: tensor<3xf32> {invhlo.unknown}) -> tensor<3xf32> {
  %zero = stablehlo.constant dense<0> : tensor<i32>
  %spread = stablehlo.broadcast_in_dim %x, dims = [0] : (tensor<3xf32>) -> tensor<3x4xf32>
  %each = stablehlo.broadcast_in_dim %knots, dims = [1] : (tensor<4xf32>) -> tensor<3x4xf32>
  %above = stablehlo.compare GE, %spread, %each : (tensor<3x4xf32>, tensor<3x4xf32>) -> tensor<3x4xi1>
  %ones = stablehlo.convert %above : (tensor<3x4xi1>) -> tensor<3x4xi32>
  %count = stablehlo.reduce(%ones init: %zero) applies stablehlo.add across dimensions = [1] : (tensor<3x4xi32>, tensor<i32>) -> tensor<3xi32>
  %index = stablehlo.reshape %count : (tensor<3xi32>) -> tensor<3x1xi32>
  %step = "stablehlo.gather"(%table, %index) <{dimension_numbers = #stablehlo.gather<collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1>, slice_sizes = array<i64: 1>}> : (tensor<5xf32>, tensor<3x1xi32>) -> tensor<3xf32>
  %0 = stablehlo.multiply %x, %step : tensor<3xf32>
  return %0 : tensor<3xf32>
}

// -----

// The knots that x is above are those of another element.

// CHECK-LABEL: func.func @knots_of_others(
// CHECK-NOT:     invhlo.spline
// CHECK:         return
func.func @knots_of_others(%knots: tensor<3x4xf32>, %table: tensor<5xf32>, %x: tensor<3xf32> {invhlo.unknown}) -> tensor<3xf32> {
  %zero = stablehlo.constant dense<0> : tensor<i32>
  %spread = stablehlo.broadcast_in_dim %x, dims = [0] : (tensor<3xf32>) -> tensor<3x4xf32>
  %mirrored = stablehlo.reverse %knots, dims = [0] : tensor<3x4xf32>
  %above = stablehlo.compare GE, %spread, %knots : (tensor<3x4xf32>, tensor<3x4xf32>) -> tensor<3x4xi1>
  %too = stablehlo.compare GE, %spread, %mirrored : (tensor<3x4xf32>, tensor<3x4xf32>) -> tensor<3x4xi1>
  %both = stablehlo.and %above, %too : tensor<3x4xi1>
  %ones = stablehlo.convert %both : (tensor<3x4xi1>) -> tensor<3x4xi32>
  %count = stablehlo.reduce(%ones init: %zero) applies stablehlo.add across dimensions = [1] : (tensor<3x4xi32>, tensor<i32>) -> tensor<3xi32>
  %index = stablehlo.reshape %count : (tensor<3xi32>) -> tensor<3x1xi32>
  %step = "stablehlo.gather"(%table, %index) <{dimension_numbers = #stablehlo.gather<collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1>, slice_sizes = array<i64: 1>}> : (tensor<5xf32>, tensor<3x1xi32>) -> tensor<3xf32>
  %0 = stablehlo.multiply %x, %step : tensor<3xf32>
  return %0 : tensor<3xf32>
}
