// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s --invhlo-raise-triangular -split-input-file | FileCheck %s

// A matrix of the run, under a mask that is a literal. What is earlier is computed
// in the first block, and what has to be inverted in the second. Each element has
// a rank of its own.

// CHECK-LABEL: func.func @mask(
// CHECK-SAME:    %[[W:.+]]: tensor<4x4xf32>, %[[X:.+]]: tensor<4xf32>
// CHECK:         %[[MASKED:.+]] = stablehlo.multiply %[[W]], %
// CHECK:         %[[PRODUCT:.+]] = stablehlo.dot_general %[[MASKED]], %[[X]]
// CHECK:         %[[EARLIER:.+]] = stablehlo.tanh %[[PRODUCT]]
// CHECK:         %[[VALUE:.+]] = stablehlo.add %[[X]], %[[EARLIER]]
// CHECK:         stablehlo.constant dense<[1, 2, 3, 4]> : tensor<4xi32>
// CHECK:         %[[RX:.+]] = stablehlo.broadcast_in_dim
// CHECK:         stablehlo.constant dense<[1, 2, 3, 4]> : tensor<4xi32>
// CHECK:         %[[RV:.+]] = stablehlo.broadcast_in_dim
// CHECK:         %[[R:.+]] = invhlo.triangular(%[[X]] by %[[RX]]) of(%[[EARLIER]] : tensor<4xf32>) = (%[[VALUE]] by %[[RV]]) to 4
// CHECK:         ^bb0(%[[AT:.+]]: tensor<4xf32>):
// CHECK:           %[[H:.+]] = stablehlo.dot_general %[[MASKED]], %[[AT]]
// CHECK:           %[[T:.+]] = stablehlo.tanh %[[H]]
// CHECK:           invhlo.yield %[[T]]
// CHECK:         ^bb0(%[[AT:.+]]: tensor<4xf32>):
// CHECK:           %[[SUM:.+]] = stablehlo.add %[[AT]], %[[EARLIER]]
// CHECK:           invhlo.yield %[[SUM]]
// CHECK:         return %[[R]]
func.func @mask(%w: tensor<4x4xf32>, %x: tensor<4xf32> {invhlo.unknown}) -> tensor<4xf32> {
  %mask = stablehlo.constant dense<[[0.0, 0.0, 0.0, 0.0], [1.0, 0.0, 0.0, 0.0], [1.0, 1.0, 0.0, 0.0], [1.0, 1.0, 1.0, 0.0]]> : tensor<4x4xf32>
  %masked = stablehlo.multiply %w, %mask : tensor<4x4xf32>
  %h = stablehlo.dot_general %masked, %x, contracting_dims = [1] x [0] : (tensor<4x4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %t = stablehlo.tanh %h : tensor<4xf32>
  %y = stablehlo.add %x, %t : tensor<4xf32>
  return %y : tensor<4xf32>
}

// -----

// Elements of one rank are told at once.

// CHECK-LABEL: func.func @blocks(
// CHECK:         stablehlo.constant dense<[1, 1, 2, 2]>
// CHECK:         invhlo.triangular(%{{.+}} by %{{.+}}) of(%{{.+}}) = (%{{.+}} by %{{.+}}) to 2 : tensor<4xf32>, tensor<4xi32>, tensor<4xf32>, tensor<4xi32> {
// CHECK:         return
func.func @blocks(%w: tensor<4x4xf32>, %x: tensor<4xf32> {invhlo.unknown}) -> tensor<4xf32> {
  %mask = stablehlo.constant dense<[[0.0, 0.0, 0.0, 0.0], [0.0, 0.0, 0.0, 0.0], [1.0, 1.0, 0.0, 0.0], [1.0, 1.0, 0.0, 0.0]]> : tensor<4x4xf32>
  %masked = stablehlo.multiply %w, %mask : tensor<4x4xf32>
  %h = stablehlo.dot_general %masked, %x, contracting_dims = [1] x [0] : (tensor<4x4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %y = stablehlo.add %x, %h : tensor<4xf32>
  return %y : tensor<4xf32>
}

// -----

// The strictly lower triangle of a matrix, as `jnp.tril` has it.

// CHECK-LABEL: func.func @lower(
// CHECK:         stablehlo.constant dense<[1, 2, 3, 4]>
// CHECK:         invhlo.triangular(%{{.+}} by %{{.+}}) of(%{{.+}}) = (%{{.+}} by %{{.+}}) to 4 : tensor<4xf32>, tensor<4xi32>, tensor<4xf32>, tensor<4xi32> {
// CHECK:         return
func.func @lower(%w: tensor<4x4xf32>, %x: tensor<4xf32> {invhlo.unknown}) -> tensor<4xf32> {
  %row = stablehlo.iota dim = 0 : tensor<4x4xi32>
  %column = stablehlo.iota dim = 1 : tensor<4x4xi32>
  %below = stablehlo.compare GT, %row, %column : (tensor<4x4xi32>, tensor<4x4xi32>) -> tensor<4x4xi1>
  %zero = stablehlo.constant dense<0.0> : tensor<4x4xf32>
  %masked = stablehlo.select %below, %w, %zero : tensor<4x4xi1>, tensor<4x4xf32>
  %h = stablehlo.dot_general %masked, %x, contracting_dims = [1] x [0] : (tensor<4x4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %y = stablehlo.add %x, %h : tensor<4xf32>
  return %y : tensor<4xf32>
}

// -----

// The other way round, from the last element back.

// CHECK-LABEL: func.func @upper(
// CHECK:         stablehlo.constant dense<[4, 3, 2, 1]>
// CHECK:         invhlo.triangular(%{{.+}} by %{{.+}}) of(%{{.+}}) = (%{{.+}} by %{{.+}}) to 4 : tensor<4xf32>, tensor<4xi32>, tensor<4xf32>, tensor<4xi32> {
// CHECK:         return
func.func @upper(%w: tensor<4x4xf32>, %x: tensor<4xf32> {invhlo.unknown}) -> tensor<4xf32> {
  %row = stablehlo.iota dim = 0 : tensor<4x4xi32>
  %column = stablehlo.iota dim = 1 : tensor<4x4xi32>
  %above = stablehlo.compare LT, %row, %column : (tensor<4x4xi32>, tensor<4x4xi32>) -> tensor<4x4xi1>
  %zero = stablehlo.constant dense<0.0> : tensor<4x4xf32>
  %masked = stablehlo.select %above, %w, %zero : tensor<4x4xi1>, tensor<4x4xf32>
  %h = stablehlo.dot_general %masked, %x, contracting_dims = [1] x [0] : (tensor<4x4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %y = stablehlo.add %x, %h : tensor<4xf32>
  return %y : tensor<4xf32>
}

// -----

// A shift: what is before the first element is none of x.

// CHECK-LABEL: func.func @pad(
// CHECK:         stablehlo.constant dense<[1, 2, 3, 4]>
// CHECK:         invhlo.triangular(%{{.+}} by %{{.+}}) of(%{{.+}}) = (%{{.+}} by %{{.+}}) to 4 : tensor<4xf32>, tensor<4xi32>, tensor<4xf32>, tensor<4xi32> {
// CHECK:         return
func.func @pad(%x: tensor<4xf32> {invhlo.unknown}) -> tensor<4xf32> {
  %zero = stablehlo.constant dense<0.0> : tensor<f32>
  %h = stablehlo.pad %x, %zero, low = [1], high = [-1], interior = [0] : (tensor<4xf32>, tensor<f32>) -> tensor<4xf32>
  %y = stablehlo.multiply %x, %h : tensor<4xf32>
  return %y : tensor<4xf32>
}

// -----

// The same by a slice, with a first element that is an argument.

// CHECK-LABEL: func.func @concatenate(
// CHECK:         stablehlo.constant dense<[1, 2, 3, 4]>
// CHECK:         invhlo.triangular(%{{.+}} by %{{.+}}) of(%{{.+}}) = (%{{.+}} by %{{.+}}) to 4 : tensor<4xf32>, tensor<4xi32>, tensor<4xf32>, tensor<4xi32> {
// CHECK:         return
func.func @concatenate(%first: tensor<1xf32>, %x: tensor<4xf32> {invhlo.unknown}) -> tensor<4xf32> {
  %some = stablehlo.slice %x [0:3] : (tensor<4xf32>) -> tensor<3xf32>
  %h = stablehlo.concatenate %first, %some, dim = 0 : (tensor<1xf32>, tensor<3xf32>) -> tensor<4xf32>
  %y = stablehlo.add %x, %h : tensor<4xf32>
  return %y : tensor<4xf32>
}

// -----

// What comes around is masked.

// CHECK-LABEL: func.func @roll(
// CHECK:         stablehlo.constant dense<[1, 2, 3, 4]>
// CHECK:         invhlo.triangular(%{{.+}} by %{{.+}}) of(%{{.+}}) = (%{{.+}} by %{{.+}}) to 4 : tensor<4xf32>, tensor<4xi32>, tensor<4xf32>, tensor<4xi32> {
// CHECK:         return
func.func @roll(%x: tensor<4xf32> {invhlo.unknown}) -> tensor<4xf32> {
  %last = stablehlo.slice %x [3:4] : (tensor<4xf32>) -> tensor<1xf32>
  %some = stablehlo.slice %x [0:3] : (tensor<4xf32>) -> tensor<3xf32>
  %rolled = stablehlo.concatenate %last, %some, dim = 0 : (tensor<1xf32>, tensor<3xf32>) -> tensor<4xf32>
  %mask = stablehlo.constant dense<[0.0, 1.0, 1.0, 1.0]> : tensor<4xf32>
  %h = stablehlo.multiply %rolled, %mask : tensor<4xf32>
  %y = stablehlo.add %x, %h : tensor<4xf32>
  return %y : tensor<4xf32>
}

// -----

// By two elements, two have each rank.

// CHECK-LABEL: func.func @stride(
// CHECK:         stablehlo.constant dense<[1, 1, 2, 2]>
// CHECK:         invhlo.triangular(%{{.+}} by %{{.+}}) of(%{{.+}}) = (%{{.+}} by %{{.+}}) to 2 : tensor<4xf32>, tensor<4xi32>, tensor<4xf32>, tensor<4xi32> {
// CHECK:         return
func.func @stride(%x: tensor<4xf32> {invhlo.unknown}) -> tensor<4xf32> {
  %zero = stablehlo.constant dense<0.0> : tensor<f32>
  %h = stablehlo.pad %x, %zero, low = [2], high = [-2], interior = [0] : (tensor<4xf32>, tensor<f32>) -> tensor<4xf32>
  %y = stablehlo.add %x, %h : tensor<4xf32>
  return %y : tensor<4xf32>
}

// -----

// The value has its elements in another order than x.

// CHECK-LABEL: func.func @reversed(
// CHECK:         stablehlo.constant dense<[1, 2, 3, 4]>
// CHECK:         stablehlo.constant dense<[4, 3, 2, 1]>
// CHECK:         invhlo.triangular(%{{.+}} by %{{.+}}) of(%{{.+}}) = (%{{.+}} by %{{.+}}) to 4
// CHECK:         return
func.func @reversed(%x: tensor<4xf32> {invhlo.unknown}) -> tensor<4xf32> {
  %zero = stablehlo.constant dense<0.0> : tensor<f32>
  %h = stablehlo.pad %x, %zero, low = [1], high = [-1], interior = [0] : (tensor<4xf32>, tensor<f32>) -> tensor<4xf32>
  %back = stablehlo.reverse %x, dims = [0] : tensor<4xf32>
  %too = stablehlo.reverse %h, dims = [0] : tensor<4xf32>
  %y = stablehlo.add %back, %too : tensor<4xf32>
  return %y : tensor<4xf32>
}

// -----

// Along one of two dimensions; along the other elements may be mixed, and have
// one rank.

// CHECK-LABEL: func.func @time(
// CHECK:         stablehlo.constant dense<{{\[\[}}1, 2, 3{{\]\]}}>
// CHECK:         invhlo.triangular(%{{.+}} by %{{.+}}) of(%{{.+}}) = (%{{.+}} by %{{.+}}) to 3 : tensor<2x3xf32>, tensor<2x3xi32>, tensor<2x3xf32>, tensor<2x3xi32> {
// CHECK:         return
func.func @time(%w: tensor<2x2xf32>, %x: tensor<2x3xf32> {invhlo.unknown}) -> tensor<2x3xf32> {
  %zero = stablehlo.constant dense<0.0> : tensor<f32>
  %mixed = stablehlo.dot_general %w, %x, contracting_dims = [1] x [0] : (tensor<2x2xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>
  %h = stablehlo.pad %mixed, %zero, low = [0, 1], high = [0, -1], interior = [0, 0] : (tensor<2x3xf32>, tensor<f32>) -> tensor<2x3xf32>
  %y = stablehlo.add %x, %h : tensor<2x3xf32>
  return %y : tensor<2x3xf32>
}

// -----

// Row after row. The first elements of all rows but the first follow on the last
// ones of the rows before.

// CHECK-LABEL: func.func @raster(
// CHECK:         stablehlo.constant dense<{{\[\[}}1, 2, 3], [4, 5, 6{{\]\]}}>
// CHECK:         invhlo.triangular(%{{.+}} by %{{.+}}) of(%{{.+}}) = (%{{.+}} by %{{.+}}) to 6 : tensor<2x3xf32>, tensor<2x3xi32>, tensor<2x3xf32>, tensor<2x3xi32> {
// CHECK:         return
func.func @raster(%x: tensor<2x3xf32> {invhlo.unknown}) -> tensor<2x3xf32> {
  %zero = stablehlo.constant dense<0.0> : tensor<f32>
  %flat = stablehlo.reshape %x : (tensor<2x3xf32>) -> tensor<6xf32>
  %before = stablehlo.pad %flat, %zero, low = [1], high = [-1], interior = [0] : (tensor<6xf32>, tensor<f32>) -> tensor<6xf32>
  %h = stablehlo.reshape %before : (tensor<6xf32>) -> tensor<2x3xf32>
  %y = stablehlo.add %x, %h : tensor<2x3xf32>
  return %y : tensor<2x3xf32>
}

// -----

// A convolution over what is before. Features are mixed.

// CHECK-LABEL: func.func @causal(
// CHECK:         stablehlo.constant dense<{{\[\[\[}}1, 2, 3, 4{{\]\]\]}}>
// CHECK:         invhlo.triangular(%{{.+}} by %{{.+}}) of(%{{.+}}) = (%{{.+}} by %{{.+}}) to 4 : tensor<1x2x4xf32>, tensor<1x2x4xi32>, tensor<1x2x4xf32>, tensor<1x2x4xi32> {
// CHECK:         return
func.func @causal(%k: tensor<2x2x2xf32>, %x: tensor<1x2x4xf32> {invhlo.unknown}) -> tensor<1x2x4xf32> {
  %h = stablehlo.convolution(%x, %k) dim_numbers = [b, f, 0]x[o, i, 0]->[b, f, 0], window = {stride = [1], pad = [[2, -1]], lhs_dilate = [1], rhs_dilate = [1], reverse = [false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64} : (tensor<1x2x4xf32>, tensor<2x2x2xf32>) -> tensor<1x2x4xf32>
  %y = stablehlo.add %x, %h : tensor<1x2x4xf32>
  return %y : tensor<1x2x4xf32>
}

// -----

// Each feature by itself.

// CHECK-LABEL: func.func @grouped(
// CHECK:         stablehlo.constant dense<{{\[\[\[}}1, 2, 3, 4{{\]\]\]}}>
// CHECK:         invhlo.triangular(%{{.+}} by %{{.+}}) of(%{{.+}}) = (%{{.+}} by %{{.+}}) to 4 : tensor<1x2x4xf32>, tensor<1x2x4xi32>, tensor<1x2x4xf32>, tensor<1x2x4xi32> {
// CHECK:         return
func.func @grouped(%k: tensor<2x1x2xf32>, %x: tensor<1x2x4xf32> {invhlo.unknown}) -> tensor<1x2x4xf32> {
  %h = stablehlo.convolution(%x, %k) dim_numbers = [b, f, 0]x[o, i, 0]->[b, f, 0], window = {stride = [1], pad = [[2, -1]], lhs_dilate = [1], rhs_dilate = [1], reverse = [false]} {batch_group_count = 1 : i64, feature_group_count = 2 : i64} : (tensor<1x2x4xf32>, tensor<2x1x2xf32>) -> tensor<1x2x4xf32>
  %y = stablehlo.add %x, %h : tensor<1x2x4xf32>
  return %y : tensor<1x2x4xf32>
}

// -----

// A convolution of an image by a kernel of which a mask takes what is not before
// in raster order. A row can be begun before the one above is at its end.

// CHECK-LABEL: func.func @masked_kernel(
// CHECK:         stablehlo.constant dense<{{\[\[\[\[}}1, 2, 3], [3, 4, 5{{\]\]\]\]}}>
// CHECK:         invhlo.triangular(%{{.+}} by %{{.+}}) of(%{{.+}}) = (%{{.+}} by %{{.+}}) to 5 : tensor<1x1x2x3xf32>, tensor<1x1x2x3xi32>, tensor<1x1x2x3xf32>, tensor<1x1x2x3xi32> {
// CHECK:         return
func.func @masked_kernel(%k: tensor<1x1x3x3xf32>, %x: tensor<1x1x2x3xf32> {invhlo.unknown}) -> tensor<1x1x2x3xf32> {
  %mask = stablehlo.constant dense<[[[[1.0, 1.0, 1.0], [1.0, 0.0, 0.0], [0.0, 0.0, 0.0]]]]> : tensor<1x1x3x3xf32>
  %masked = stablehlo.multiply %k, %mask : tensor<1x1x3x3xf32>
  %h = stablehlo.convolution(%x, %masked) dim_numbers = [b, f, 0, 1]x[o, i, 0, 1]->[b, f, 0, 1], window = {stride = [1, 1], pad = [[1, 1], [1, 1]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64} : (tensor<1x1x2x3xf32>, tensor<1x1x3x3xf32>) -> tensor<1x1x2x3xf32>
  %y = stablehlo.add %x, %h : tensor<1x1x2x3xf32>
  return %y : tensor<1x1x2x3xf32>
}

// -----

// `x.at[1:].add(tanh(x[:-1]))`

// CHECK-LABEL: func.func @scatter(
// CHECK:         stablehlo.constant dense<[1, 2, 3, 4]>
// CHECK:         invhlo.triangular(%{{.+}} by %{{.+}}) of(%{{.+}}) = (%{{.+}} by %{{.+}}) to 4 : tensor<4xf32>, tensor<4xi32>, tensor<4xf32>, tensor<4xi32> {
// CHECK:         return
func.func @scatter(%x: tensor<4xf32> {invhlo.unknown}) -> tensor<4xf32> {
  %one = stablehlo.constant dense<1> : tensor<1xi32>
  %some = stablehlo.slice %x [0:3] : (tensor<4xf32>) -> tensor<3xf32>
  %h = stablehlo.tanh %some : tensor<3xf32>
  %y = "stablehlo.scatter"(%x, %one, %h) <{indices_are_sorted = true, scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [0], scatter_dims_to_operand_dims = [0]>, unique_indices = true}> ({
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    %sum = stablehlo.add %a, %b : tensor<f32>
    stablehlo.return %sum : tensor<f32>
  }) : (tensor<4xf32>, tensor<1xi32>, tensor<3xf32>) -> tensor<4xf32>
  return %y : tensor<4xf32>
}

// -----

// Entries that literal indices name. The last one needs the first one alone.

// CHECK-LABEL: func.func @gather(
// CHECK:         stablehlo.constant dense<[1, 2, 3, 2]>
// CHECK:         invhlo.triangular(%{{.+}} by %{{.+}}) of(%{{.+}}) = (%{{.+}} by %{{.+}}) to 3 : tensor<4xf32>, tensor<4xi32>, tensor<4xf32>, tensor<4xi32> {
// CHECK:         return
func.func @gather(%x: tensor<4xf32> {invhlo.unknown}) -> tensor<4xf32> {
  %indices = stablehlo.constant dense<[[0], [1], [0]]> : tensor<3x1xi32>
  %taken = "stablehlo.gather"(%x, %indices) <{dimension_numbers = #stablehlo.gather<collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1>, slice_sizes = array<i64: 1>}> : (tensor<4xf32>, tensor<3x1xi32>) -> tensor<3xf32>
  %zero = stablehlo.constant dense<0.0> : tensor<f32>
  %h = stablehlo.pad %taken, %zero, low = [1], high = [0], interior = [0] : (tensor<3xf32>, tensor<f32>) -> tensor<4xf32>
  %y = stablehlo.add %x, %h : tensor<4xf32>
  return %y : tensor<4xf32>
}

// -----

// A running sum without its last term.

// CHECK-LABEL: func.func @sums(
// CHECK:         stablehlo.constant dense<[1, 2, 3, 4]>
// CHECK:         invhlo.triangular(%{{.+}} by %{{.+}}) of(%{{.+}}) = (%{{.+}} by %{{.+}}) to 4 : tensor<4xf32>, tensor<4xi32>, tensor<4xf32>, tensor<4xi32> {
// CHECK:         return
func.func @sums(%x: tensor<4xf32> {invhlo.unknown}) -> tensor<4xf32> {
  %zero = stablehlo.constant dense<0.0> : tensor<f32>
  %sums = "stablehlo.reduce_window"(%x, %zero) <{base_dilations = array<i64: 1>, padding = dense<[[3, 0]]> : tensor<1x2xi64>, window_dilations = array<i64: 1>, window_dimensions = array<i64: 4>, window_strides = array<i64: 1>}> ({
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    %sum = stablehlo.add %a, %b : tensor<f32>
    stablehlo.return %sum : tensor<f32>
  }) : (tensor<4xf32>, tensor<f32>) -> tensor<4xf32>
  %before = stablehlo.subtract %sums, %x : tensor<4xf32>
  %h = stablehlo.tanh %before : tensor<4xf32>
  %y = stablehlo.add %x, %h : tensor<4xf32>
  return %y : tensor<4xf32>
}

// -----

// The same from the last one back.

// CHECK-LABEL: func.func @sums_back(
// CHECK:         stablehlo.constant dense<[4, 3, 2, 1]>
// CHECK:         invhlo.triangular(%{{.+}} by %{{.+}}) of(%{{.+}}) = (%{{.+}} by %{{.+}}) to 4 : tensor<4xf32>, tensor<4xi32>, tensor<4xf32>, tensor<4xi32> {
// CHECK:         return
func.func @sums_back(%x: tensor<4xf32> {invhlo.unknown}) -> tensor<4xf32> {
  %zero = stablehlo.constant dense<0.0> : tensor<f32>
  %sums = "stablehlo.reduce_window"(%x, %zero) <{base_dilations = array<i64: 1>, padding = dense<[[0, 3]]> : tensor<1x2xi64>, window_dilations = array<i64: 1>, window_dimensions = array<i64: 4>, window_strides = array<i64: 1>}> ({
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    %sum = stablehlo.add %a, %b : tensor<f32>
    stablehlo.return %sum : tensor<f32>
  }) : (tensor<4xf32>, tensor<f32>) -> tensor<4xf32>
  %before = stablehlo.subtract %sums, %x : tensor<4xf32>
  %h = stablehlo.tanh %before : tensor<4xf32>
  %y = stablehlo.add %x, %h : tensor<4xf32>
  return %y : tensor<4xf32>
}

// -----

// Weights of which a mask of negative infinities leaves those of what is before.
// The shift makes the dependency strict.

// CHECK-LABEL: func.func @attention(
// CHECK:         stablehlo.constant dense<[1, 2, 3, 4]>
// CHECK:         invhlo.triangular(%{{.+}} by %{{.+}}) of(%{{.+}}) = (%{{.+}} by %{{.+}}) to 4 : tensor<4xf32>, tensor<4xi32>, tensor<4xf32>, tensor<4xi32> {
// CHECK:         return
func.func @attention(%x: tensor<4xf32> {invhlo.unknown}) -> tensor<4xf32> {
  %row = stablehlo.iota dim = 0 : tensor<4x4xi32>
  %column = stablehlo.iota dim = 1 : tensor<4x4xi32>
  %seen = stablehlo.compare GE, %row, %column : (tensor<4x4xi32>, tensor<4x4xi32>) -> tensor<4x4xi1>
  %low = stablehlo.constant dense<0xFF800000> : tensor<f32>
  %all_low = stablehlo.constant dense<0xFF800000> : tensor<4x4xf32>
  %zero = stablehlo.constant dense<0.0> : tensor<f32>
  %q = stablehlo.broadcast_in_dim %x, dims = [0] : (tensor<4xf32>) -> tensor<4x4xf32>
  %k = stablehlo.broadcast_in_dim %x, dims = [1] : (tensor<4xf32>) -> tensor<4x4xf32>
  %scores = stablehlo.multiply %q, %k : tensor<4x4xf32>
  %masked = stablehlo.select %seen, %scores, %all_low : tensor<4x4xi1>, tensor<4x4xf32>
  %most = stablehlo.reduce(%masked init: %low) applies stablehlo.maximum across dimensions = [1] : (tensor<4x4xf32>, tensor<f32>) -> tensor<4xf32>
  %each_most = stablehlo.broadcast_in_dim %most, dims = [0] : (tensor<4xf32>) -> tensor<4x4xf32>
  %less = stablehlo.subtract %masked, %each_most : tensor<4x4xf32>
  %e = stablehlo.exponential %less : tensor<4x4xf32>
  %total = stablehlo.reduce(%e init: %zero) applies stablehlo.add across dimensions = [1] : (tensor<4x4xf32>, tensor<f32>) -> tensor<4xf32>
  %each_total = stablehlo.broadcast_in_dim %total, dims = [0] : (tensor<4xf32>) -> tensor<4x4xf32>
  %weights = stablehlo.divide %e, %each_total : tensor<4x4xf32>
  %mean = stablehlo.dot_general %weights, %x, contracting_dims = [1] x [0] : (tensor<4x4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %h = stablehlo.pad %mean, %zero, low = [1], high = [-1], interior = [0] : (tensor<4xf32>, tensor<f32>) -> tensor<4xf32>
  %y = stablehlo.add %x, %h : tensor<4xf32>
  return %y : tensor<4xf32>
}

// -----

// Two such layers. The second one's x is the value of the first one.

// CHECK-LABEL: func.func @layers(
// CHECK-SAME:    %[[X:.+]]: tensor<4xf32>
// CHECK:         %[[FIRST:.+]] = invhlo.triangular(%[[X]] by
// CHECK:         invhlo.triangular(%[[FIRST]] by
// CHECK:         return
func.func @layers(%x: tensor<4xf32> {invhlo.unknown}) -> tensor<4xf32> {
  %zero = stablehlo.constant dense<0.0> : tensor<f32>
  %h = stablehlo.pad %x, %zero, low = [1], high = [-1], interior = [0] : (tensor<4xf32>, tensor<f32>) -> tensor<4xf32>
  %z = stablehlo.add %x, %h : tensor<4xf32>
  %k = stablehlo.pad %z, %zero, low = [-1], high = [1], interior = [0] : (tensor<4xf32>, tensor<f32>) -> tensor<4xf32>
  %y = stablehlo.add %z, %k : tensor<4xf32>
  return %y : tensor<4xf32>
}

// -----

// An element that depends on itself twice is not told by those before.

// CHECK-LABEL: func.func @diagonal(
// CHECK-NOT:     invhlo.triangular
// CHECK:         return
func.func @diagonal(%w: tensor<4x4xf32>, %x: tensor<4xf32> {invhlo.unknown}) -> tensor<4xf32> {
  %row = stablehlo.iota dim = 0 : tensor<4x4xi32>
  %column = stablehlo.iota dim = 1 : tensor<4x4xi32>
  %below = stablehlo.compare GE, %row, %column : (tensor<4x4xi32>, tensor<4x4xi32>) -> tensor<4x4xi1>
  %zero = stablehlo.constant dense<0.0> : tensor<4x4xf32>
  %masked = stablehlo.select %below, %w, %zero : tensor<4x4xi1>, tensor<4x4xf32>
  %h = stablehlo.dot_general %masked, %x, contracting_dims = [1] x [0] : (tensor<4x4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %t = stablehlo.tanh %h : tensor<4xf32>
  %y = stablehlo.add %x, %t : tensor<4xf32>
  return %y : tensor<4xf32>
}

// -----

// All depend on all.

// CHECK-LABEL: func.func @dense(
// CHECK-NOT:     invhlo.triangular
// CHECK:         return
func.func @dense(%w: tensor<4x4xf32>, %x: tensor<4xf32> {invhlo.unknown}) -> tensor<4xf32> {
  %h = stablehlo.dot_general %w, %x, contracting_dims = [1] x [0] : (tensor<4x4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %t = stablehlo.tanh %h : tensor<4xf32>
  %y = stablehlo.add %x, %t : tensor<4xf32>
  return %y : tensor<4xf32>
}

// -----

// What a mask is that is an argument is not known.

// CHECK-LABEL: func.func @mask_of_the_run(
// CHECK-NOT:     invhlo.triangular
// CHECK:         return
func.func @mask_of_the_run(%mask: tensor<4x4xf32>, %w: tensor<4x4xf32>, %x: tensor<4xf32> {invhlo.unknown}) -> tensor<4xf32> {
  %masked = stablehlo.multiply %w, %mask : tensor<4x4xf32>
  %h = stablehlo.dot_general %masked, %x, contracting_dims = [1] x [0] : (tensor<4x4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %t = stablehlo.tanh %h : tensor<4xf32>
  %y = stablehlo.add %x, %t : tensor<4xf32>
  return %y : tensor<4xf32>
}

// -----

// One element is enough.

// CHECK-LABEL: func.func @one_on_the_diagonal(
// CHECK-NOT:     invhlo.triangular
// CHECK:         return
func.func @one_on_the_diagonal(%w: tensor<4x4xf32>, %x: tensor<4xf32> {invhlo.unknown}) -> tensor<4xf32> {
  %mask = stablehlo.constant dense<[[0.0, 0.0, 0.0, 0.0], [1.0, 0.0, 0.0, 0.0], [1.0, 1.0, 1.0, 0.0], [1.0, 1.0, 1.0, 0.0]]> : tensor<4x4xf32>
  %masked = stablehlo.multiply %w, %mask : tensor<4x4xf32>
  %h = stablehlo.dot_general %masked, %x, contracting_dims = [1] x [0] : (tensor<4x4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %t = stablehlo.tanh %h : tensor<4xf32>
  %y = stablehlo.add %x, %t : tensor<4xf32>
  return %y : tensor<4xf32>
}

// -----

// The first element of x has an effect on what is earlier alone.

// CHECK-LABEL: func.func @not_direct(
// CHECK-NOT:     invhlo.triangular
// CHECK:         return
func.func @not_direct(%x: tensor<4xf32> {invhlo.unknown}) -> tensor<4xf32> {
  %zero = stablehlo.constant dense<0.0> : tensor<f32>
  %h = stablehlo.pad %x, %zero, low = [1], high = [-1], interior = [0] : (tensor<4xf32>, tensor<f32>) -> tensor<4xf32>
  %mask = stablehlo.constant dense<[0.0, 1.0, 1.0, 1.0]> : tensor<4xf32>
  %direct = stablehlo.multiply %x, %mask : tensor<4xf32>
  %y = stablehlo.add %direct, %h : tensor<4xf32>
  return %y : tensor<4xf32>
}

// -----

// All elements of the value may depend on the last one of x, so that none tells
// those before, though nothing earlier has the last one.

// CHECK-LABEL: func.func @mixed(
// CHECK-NOT:     invhlo.triangular
// CHECK:         return
func.func @mixed(%w: tensor<4x4xf32>, %x: tensor<4xf32> {invhlo.unknown}) -> tensor<4xf32> {
  %mask = stablehlo.constant dense<[1.0, 1.0, 1.0, 0.0]> : tensor<4xf32>
  %some = stablehlo.multiply %x, %mask : tensor<4xf32>
  %mixed = stablehlo.dot_general %w, %x, contracting_dims = [1] x [0] : (tensor<4x4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %sum = stablehlo.dot_general %w, %some, contracting_dims = [1] x [0] : (tensor<4x4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %h = stablehlo.tanh %sum : tensor<4xf32>
  %y = stablehlo.add %mixed, %h : tensor<4xf32>
  return %y : tensor<4xf32>
}

// -----

// What a scatter makes of zeros need not be zero.

// CHECK-LABEL: func.func @applied(
// CHECK-NOT:     invhlo.triangular
// CHECK:         return
func.func @applied(%w: tensor<4x4xf32>, %x: tensor<4xf32> {invhlo.unknown}) -> tensor<4xf32> {
  %mask = stablehlo.constant dense<[[0.0, 0.0, 0.0, 0.0], [1.0, 0.0, 0.0, 0.0], [1.0, 1.0, 0.0, 0.0], [1.0, 1.0, 1.0, 0.0]]> : tensor<4x4xf32>
  %masked = stablehlo.multiply %w, %mask : tensor<4x4xf32>
  %zeros = stablehlo.constant dense<0.0> : tensor<4x4xf32>
  %place = stablehlo.constant dense<[0, 3]> : tensor<2xi32>
  %none = stablehlo.constant dense<0.0> : tensor<f32>
  %cosine = "stablehlo.scatter"(%zeros, %place, %none) <{scatter_dimension_numbers = #stablehlo.scatter<inserted_window_dims = [0, 1], scatter_dims_to_operand_dims = [0, 1]>}> ({
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    %c = stablehlo.cosine %a : tensor<f32>
    stablehlo.return %c : tensor<f32>
  }) : (tensor<4x4xf32>, tensor<2xi32>, tensor<f32>) -> tensor<4x4xf32>
  %all = stablehlo.add %masked, %cosine : tensor<4x4xf32>
  %h = stablehlo.dot_general %all, %x, contracting_dims = [1] x [0] : (tensor<4x4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %t = stablehlo.tanh %h : tensor<4xf32>
  %y = stablehlo.add %x, %t : tensor<4xf32>
  return %y : tensor<4xf32>
}

// -----

// Nor need what a reduction makes that uses more than it combines.

// CHECK-LABEL: func.func @captured(
// CHECK-NOT:     invhlo.triangular
// CHECK:         return
func.func @captured(%x: tensor<4xf32> {invhlo.unknown}) -> tensor<4xf32> {
  %zero = stablehlo.constant dense<0.0> : tensor<f32>
  %before = stablehlo.pad %x, %zero, low = [1], high = [-1], interior = [0] : (tensor<4xf32>, tensor<f32>) -> tensor<4xf32>
  %column = stablehlo.reshape %before : (tensor<4xf32>) -> tensor<4x1xf32>
  %last = stablehlo.slice %x [3:4] : (tensor<4xf32>) -> tensor<1xf32>
  %scalar = stablehlo.reshape %last : (tensor<1xf32>) -> tensor<f32>
  %h = stablehlo.reduce(%column init: %zero) across dimensions = [1] : (tensor<4x1xf32>, tensor<f32>) -> tensor<4xf32>
   reducer(%a: tensor<f32>, %b: tensor<f32>)  {
    %sum = stablehlo.add %a, %b : tensor<f32>
    %more = stablehlo.add %sum, %scalar : tensor<f32>
    stablehlo.return %more : tensor<f32>
  }
  %y = stablehlo.add %x, %h : tensor<4xf32>
  return %y : tensor<4xf32>
}

// -----

// What uses x once is inverted as it is.

// CHECK-LABEL: func.func @once(
// CHECK-NOT:     invhlo.triangular
// CHECK:         return
func.func @once(%w: tensor<4x4xf32>, %x: tensor<4xf32> {invhlo.unknown}) -> tensor<4xf32> {
  %h = stablehlo.tanh %x : tensor<4xf32>
  %y = stablehlo.dot_general %w, %h, contracting_dims = [1] x [0] : (tensor<4x4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %y : tensor<4xf32>
}
