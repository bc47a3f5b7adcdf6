// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-fold-constants | FileCheck %s
// RUN: invhlo-opt %s -invhlo-fold-constants=max-elements=3 | FileCheck %s --check-prefix=SMALL

// A negative index, wrapped as JAX does.
// CHECK-LABEL: func.func @wrapped_index(
// CHECK-NEXT:    %[[C:.+]] = stablehlo.constant dense<3> : tensor<i32>
// CHECK-NEXT:    return %[[C]]
func.func @wrapped_index() -> tensor<i32> {
  %i = stablehlo.constant dense<-1> : tensor<i32>
  %n = stablehlo.constant dense<4> : tensor<i32>
  %zero = stablehlo.constant dense<0> : tensor<i32>
  %negative = stablehlo.compare LT, %i, %zero, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
  %wrapped = stablehlo.add %i, %n : tensor<i32>
  %r = stablehlo.select %negative, %wrapped, %i : tensor<i1>, tensor<i32>
  return %r : tensor<i32>
}

// CHECK-LABEL: func.func @mask(
// CHECK-NEXT:    %[[C:.+]] = stablehlo.constant dense<{{\[\[}}true, false], [true, true]]> : tensor<2x2xi1>
// CHECK-NEXT:    return %[[C]]
// SMALL-LABEL: func.func @mask(
// SMALL:         stablehlo.compare
func.func @mask() -> tensor<2x2xi1> {
  %i = stablehlo.iota dim = 0 : tensor<2x2xi32>
  %j = stablehlo.iota dim = 1 : tensor<2x2xi32>
  %r = stablehlo.compare GE, %i, %j, SIGNED : (tensor<2x2xi32>, tensor<2x2xi32>) -> tensor<2x2xi1>
  return %r : tensor<2x2xi1>
}

// Splats are folded at any size.
// CHECK-LABEL: func.func @splat(
// CHECK-NEXT:    %[[C:.+]] = stablehlo.constant dense<5.000000e+00> : tensor<1000x1000xf32>
// CHECK-NEXT:    return %[[C]]
// SMALL-LABEL: func.func @splat(
// SMALL-NEXT:    stablehlo.constant dense<5.000000e+00> : tensor<1000x1000xf32>
func.func @splat() -> tensor<1000x1000xf32> {
  %a = stablehlo.constant dense<2.0> : tensor<f32>
  %b = stablehlo.constant dense<3.0> : tensor<1000x1000xf32>
  %c = stablehlo.broadcast_in_dim %a, dims = [] : (tensor<f32>) -> tensor<1000x1000xf32>
  %r = stablehlo.add %b, %c : tensor<1000x1000xf32>
  return %r : tensor<1000x1000xf32>
}

// CHECK-LABEL: func.func @large(
// CHECK:         stablehlo.iota dim = 0 : tensor<65537xi32>
func.func @large() -> tensor<65537xi32> {
  %r = stablehlo.iota dim = 0 : tensor<65537xi32>
  return %r : tensor<65537xi32>
}

// CHECK-LABEL: func.func @in_a_loop(
// CHECK:         stablehlo.while
// CHECK:         do {
// CHECK-NEXT:      %[[C:.+]] = stablehlo.constant dense<5> : tensor<i32>
// CHECK-NEXT:      stablehlo.add %{{.+}}, %[[C]]
func.func @in_a_loop(%x: tensor<i32>, %n: tensor<i32>) -> tensor<i32> {
  %two = stablehlo.constant dense<2> : tensor<i32>
  %r = stablehlo.while(%i = %x) : tensor<i32>
  cond {
    %p = stablehlo.compare LT, %i, %n, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
    stablehlo.return %p : tensor<i1>
  } do {
    %three = stablehlo.constant dense<3> : tensor<i32>
    %step = stablehlo.add %two, %three : tensor<i32>
    %next = stablehlo.add %i, %step : tensor<i32>
    stablehlo.return %next : tensor<i32>
  }
  return %r : tensor<i32>
}

// CHECK-LABEL: func.func @cumulative_sums(
// CHECK-NEXT:    %[[C:.+]] = stablehlo.constant dense<[6, 5, 3]> : tensor<3xi32>
// CHECK-NEXT:    return %[[C]]
func.func @cumulative_sums() -> tensor<3xi32> {
  %x = stablehlo.constant dense<[1, 2, 3]> : tensor<3xi32>
  %zero = stablehlo.constant dense<0> : tensor<i32>
  %r = "stablehlo.reduce_window"(%x, %zero) <{padding = dense<[[0, 2]]> : tensor<1x2xi64>, window_dimensions = array<i64: 3>}> ({
  ^bb0(%a: tensor<i32>, %b: tensor<i32>):
    %sum = stablehlo.add %a, %b : tensor<i32>
    stablehlo.return %sum : tensor<i32>
  }) : (tensor<3xi32>, tensor<i32>) -> tensor<3xi32>
  return %r : tensor<3xi32>
}

// JAX's guard of `jnp.take` goes once the index is known to be in bounds.
// CHECK-LABEL: func.func @nan_guard(
// CHECK-SAME:    %[[X:.+]]: tensor<4x5xf32>)
// CHECK-NEXT:    %[[S:.+]] = stablehlo.slice %[[X]] [0:4, 1:4:2]
// CHECK-NEXT:    return %[[S]]
func.func @nan_guard(%x: tensor<4x5xf32>) -> tensor<4x2xf32> {
  %i = stablehlo.constant dense<[[1], [3]]> : tensor<2x1xi32>
  %zero = stablehlo.constant dense<0> : tensor<2x1xi32>
  %last = stablehlo.constant dense<4> : tensor<2x1xi32>
  %ge = stablehlo.compare GE, %i, %zero, SIGNED : (tensor<2x1xi32>, tensor<2x1xi32>) -> tensor<2x1xi1>
  %le = stablehlo.compare LE, %i, %last, SIGNED : (tensor<2x1xi32>, tensor<2x1xi32>) -> tensor<2x1xi1>
  %in = stablehlo.and %ge, %le : tensor<2x1xi1>
  %true = stablehlo.constant dense<true> : tensor<i1>
  %all = stablehlo.reduce(%in init: %true) applies stablehlo.and across dimensions = [1] : (tensor<2x1xi1>, tensor<i1>) -> tensor<2xi1>
  %g = "stablehlo.gather"(%x, %i) <{
    dimension_numbers = #stablehlo.gather<offset_dims = [0], collapsed_slice_dims = [1], start_index_map = [1], index_vector_dim = 1>,
    slice_sizes = array<i64: 4, 1>
  }> : (tensor<4x5xf32>, tensor<2x1xi32>) -> tensor<4x2xf32>
  %mask = stablehlo.broadcast_in_dim %all, dims = [1] : (tensor<2xi1>) -> tensor<4x2xi1>
  %nan = stablehlo.constant dense<0x7FC00000> : tensor<4x2xf32>
  %r = stablehlo.select %mask, %g, %nan : tensor<4x2xi1>, tensor<4x2xf32>
  return %r : tensor<4x2xf32>
}

// CHECK-LABEL: func.func @division(
// CHECK-DAG:     %[[Q:.+]] = stablehlo.constant dense<[-1, -128, -2]> : tensor<3xi8>
// CHECK-DAG:     %[[R:.+]] = stablehlo.constant dense<[7, 0, -1]> : tensor<3xi8>
// CHECK-DAG:     %[[U:.+]] = stablehlo.constant dense<[255, 0, 2]> : tensor<3xui8>
// CHECK:         return %[[Q]], %[[R]], %[[U]]
func.func @division() -> (tensor<3xi8>, tensor<3xi8>, tensor<3xui8>) {
  %a = stablehlo.constant dense<[7, -128, -5]> : tensor<3xi8>
  %b = stablehlo.constant dense<[0, -1, 2]> : tensor<3xi8>
  %c = stablehlo.constant dense<[7, 3, 5]> : tensor<3xui8>
  %d = stablehlo.constant dense<[0, 200, 2]> : tensor<3xui8>
  %q = stablehlo.divide %a, %b : tensor<3xi8>
  %r = stablehlo.remainder %a, %b : tensor<3xi8>
  %u = stablehlo.divide %c, %d : tensor<3xui8>
  return %q, %r, %u : tensor<3xi8>, tensor<3xi8>, tensor<3xui8>
}

// CHECK-LABEL: func.func @shifts(
// CHECK-DAG:     %[[L:.+]] = stablehlo.constant dense<[48, 0, 0]> : tensor<3xi8>
// CHECK-DAG:     %[[A:.+]] = stablehlo.constant dense<[-4, -1, -1]> : tensor<3xi8>
// CHECK-DAG:     %[[U:.+]] = stablehlo.constant dense<[60, 0, 0]> : tensor<3xi8>
// CHECK:         return %[[L]], %[[A]], %[[U]]
func.func @shifts() -> (tensor<3xi8>, tensor<3xi8>, tensor<3xi8>) {
  %a = stablehlo.constant dense<[-13, -13, -13]> : tensor<3xi8>
  %b = stablehlo.constant dense<[2, 8, -1]> : tensor<3xi8>
  %four = stablehlo.constant dense<[4, 8, -1]> : tensor<3xi8>
  %l = stablehlo.shift_left %a, %four : tensor<3xi8>
  %r = stablehlo.shift_right_arithmetic %a, %b : tensor<3xi8>
  %u = stablehlo.shift_right_logical %a, %b : tensor<3xi8>
  return %l, %r, %u : tensor<3xi8>, tensor<3xi8>, tensor<3xi8>
}

// CHECK-LABEL: func.func @integer_power(
// CHECK-NEXT:    %[[C:.+]] = stablehlo.constant dense<[81, 0, -1, 1, 1]> : tensor<5xi32>
// CHECK-NEXT:    return %[[C]]
func.func @integer_power() -> tensor<5xi32> {
  %a = stablehlo.constant dense<[3, 2, -1, -1, 1]> : tensor<5xi32>
  %b = stablehlo.constant dense<[4, -1, -3, -2, -7]> : tensor<5xi32>
  %r = stablehlo.power %a, %b : tensor<5xi32>
  return %r : tensor<5xi32>
}

// Predicates add like `or`.
// CHECK-LABEL: func.func @predicates(
// CHECK-NEXT:    %[[C:.+]] = stablehlo.constant dense<[false, true, true]> : tensor<3xi1>
// CHECK-NEXT:    return %[[C]]
func.func @predicates() -> tensor<3xi1> {
  %a = stablehlo.constant dense<[false, true, true]> : tensor<3xi1>
  %b = stablehlo.constant dense<[false, false, true]> : tensor<3xi1>
  %r = stablehlo.add %a, %b : tensor<3xi1>
  return %r : tensor<3xi1>
}

// CHECK-LABEL: func.func @total_order(
// CHECK-NEXT:    %[[C:.+]] = stablehlo.constant dense<[true, true, false]> : tensor<3xi1>
// CHECK-NEXT:    return %[[C]]
func.func @total_order() -> tensor<3xi1> {
  %a = stablehlo.constant dense<[-0.0, 0xFFC00000, 0x7FC00000]> : tensor<3xf32>
  %b = stablehlo.constant dense<[0.0, 0xFF800000, 1.0]> : tensor<3xf32>
  %r = stablehlo.compare LT, %a, %b, TOTALORDER : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
  return %r : tensor<3xi1>
}

// CHECK-LABEL: func.func @complex_product(
// CHECK-NEXT:    %[[C:.+]] = stablehlo.constant dense<(-5.000000e+00,1.000000e+01)> : tensor<complex<f32>>
// CHECK-NEXT:    return %[[C]]
func.func @complex_product() -> tensor<complex<f32>> {
  %a = stablehlo.constant dense<(1.0, 2.0)> : tensor<complex<f32>>
  %b = stablehlo.constant dense<(3.0, 4.0)> : tensor<complex<f32>>
  %r = stablehlo.multiply %a, %b : tensor<complex<f32>>
  return %r : tensor<complex<f32>>
}

// StableHLO does not say what becomes of a float that no integer can hold.
// CHECK-LABEL: func.func @conversion_out_of_range(
// CHECK:         stablehlo.convert
// CHECK:         stablehlo.convert
func.func @conversion_out_of_range() -> (tensor<i32>, tensor<ui8>) {
  %a = stablehlo.constant dense<3.0e9> : tensor<f32>
  %b = stablehlo.constant dense<0x7FC00000> : tensor<f32>
  %x = stablehlo.convert %a : (tensor<f32>) -> tensor<i32>
  %y = stablehlo.convert %b : (tensor<f32>) -> tensor<ui8>
  return %x, %y : tensor<i32>, tensor<ui8>
}

// CHECK-LABEL: func.func @calls(
// CHECK:         call @calls_nothing
// CHECK:         stablehlo.custom_call @effect
// CHECK:         stablehlo.custom_call @pure
func.func @calls() -> (tensor<f32>, tensor<f32>) {
  %a = stablehlo.constant dense<1.0> : tensor<f32>
  %r = call @calls_nothing(%a) : (tensor<f32>) -> tensor<f32>
  stablehlo.custom_call @effect(%a) {has_side_effect = true} : (tensor<f32>) -> ()
  %s = stablehlo.custom_call @pure(%a) : (tensor<f32>) -> tensor<f32>
  return %r, %s : tensor<f32>, tensor<f32>
}
func.func private @calls_nothing(%x: tensor<f32>) -> tensor<f32> {
  return %x : tensor<f32>
}

// A reduction whose body is more than one op.
// CHECK-LABEL: func.func @other_bodies(
// CHECK:         stablehlo.reduce
func.func @other_bodies() -> tensor<i32> {
  %x = stablehlo.constant dense<[1, 2, 3]> : tensor<3xi32>
  %zero = stablehlo.constant dense<0> : tensor<i32>
  %r = stablehlo.reduce(%x init: %zero) across dimensions = [0] : (tensor<3xi32>, tensor<i32>) -> tensor<i32>
   reducer(%a: tensor<i32>, %b: tensor<i32>) {
    %s = stablehlo.multiply %b, %b : tensor<i32>
    %t = stablehlo.add %a, %s : tensor<i32>
    stablehlo.return %t : tensor<i32>
  }
  return %r : tensor<i32>
}

// A vector is spread over the rows without a detour, whichever dimensions the
// reshape gave it.
// CHECK-LABEL: func.func @spread(
// CHECK-SAME:    %[[X:.+]]: tensor<3xf32>, %[[Y:.+]]: tensor<1x3xf32>)
// CHECK-DAG:     %[[A:.+]] = stablehlo.broadcast_in_dim %[[X]], dims = [1] : (tensor<3xf32>) -> tensor<2x3xf32>
// CHECK-DAG:     %[[B:.+]] = stablehlo.broadcast_in_dim %[[Y]], dims = [1, 2] : (tensor<1x3xf32>) -> tensor<4x2x3xf32>
// CHECK-NEXT:    return %[[A]], %[[B]]
func.func @spread(%x: tensor<3xf32>, %y: tensor<1x3xf32>) -> (tensor<2x3xf32>, tensor<4x2x3xf32>) {
  %row = stablehlo.reshape %x : (tensor<3xf32>) -> tensor<1x3xf32>
  %a = stablehlo.broadcast_in_dim %row, dims = [0, 1] : (tensor<1x3xf32>) -> tensor<2x3xf32>
  %z = stablehlo.reshape %y : (tensor<1x3xf32>) -> tensor<1x1x3xf32>
  %b = stablehlo.broadcast_in_dim %z, dims = [1, 0, 2] : (tensor<1x1x3xf32>) -> tensor<4x2x3xf32>
  return %a, %b : tensor<2x3xf32>, tensor<4x2x3xf32>
}

// A reshape that does more stays.
// CHECK-LABEL: func.func @reshaped(
// CHECK-NEXT:    stablehlo.reshape
// CHECK-NEXT:    stablehlo.broadcast_in_dim
func.func @reshaped(%x: tensor<4xf32>) -> tensor<3x2x2xf32> {
  %a = stablehlo.reshape %x : (tensor<4xf32>) -> tensor<2x2xf32>
  %b = stablehlo.broadcast_in_dim %a, dims = [1, 2] : (tensor<2x2xf32>) -> tensor<3x2x2xf32>
  return %b : tensor<3x2x2xf32>
}
