// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-raise-loops -cse | FileCheck %s

// What is read at the counter are rows, what is written there are rows of a
// result, what does not change is captured, and the rest is carried.

// CHECK-LABEL: func.func @roles(
// CHECK-SAME:    %[[XS:.+]]: tensor<5x2xf32>, %[[C0:.+]]: tensor<2xf32>, %[[K:.+]]: tensor<2xf32>)
// CHECK:         %[[R:.+]]:2 = invhlo.scan 5(%[[C0]]) over(%[[XS]]) : (tensor<2xf32>, tensor<5x2xf32>) -> (tensor<2xf32>, tensor<5x2xf32>) {
// CHECK-NEXT:    ^bb0(%{{.+}}: tensor<i32>, %[[C:.+]]: tensor<2xf32>, %[[X:.+]]: tensor<2xf32>):
// CHECK-NEXT:      %[[KX:.+]] = stablehlo.multiply %[[X]], %[[K]]
// CHECK-NEXT:      %[[NEXT:.+]] = stablehlo.add %[[C]], %[[KX]]
// CHECK-NEXT:      invhlo.yield %[[NEXT]], %[[C]]
// CHECK-NEXT:    }
// CHECK:         return %[[R]]#0, %[[R]]#1
func.func @roles(%xs: tensor<5x2xf32>, %c0: tensor<2xf32>, %k: tensor<2xf32>)
    -> (tensor<2xf32>, tensor<5x2xf32>) {
  %zero = stablehlo.constant dense<0> : tensor<i32>
  %empty = stablehlo.constant dense<0.0> : tensor<5x2xf32>
  %0:5 = stablehlo.while(%a = %xs, %i = %zero, %c = %c0, %ys = %empty, %f = %k) : tensor<5x2xf32>, tensor<i32>, tensor<2xf32>, tensor<5x2xf32>, tensor<2xf32>
  cond {
    %five = stablehlo.constant dense<5> : tensor<i32>
    %1 = stablehlo.compare LT, %i, %five : (tensor<i32>, tensor<i32>) -> tensor<i1>
    stablehlo.return %1 : tensor<i1>
  } do {
    %one = stablehlo.constant dense<1> : tensor<i32>
    %1 = stablehlo.dynamic_slice %a, %i, %zero, sizes = [1, 2] : (tensor<5x2xf32>, tensor<i32>, tensor<i32>) -> tensor<1x2xf32>
    %x = stablehlo.reshape %1 : (tensor<1x2xf32>) -> tensor<2xf32>
    %2 = stablehlo.multiply %x, %f : tensor<2xf32>
    %d = stablehlo.add %c, %2 : tensor<2xf32>
    %3 = stablehlo.reshape %c : (tensor<2xf32>) -> tensor<1x2xf32>
    %4 = stablehlo.dynamic_update_slice %ys, %3, %i, %zero : (tensor<5x2xf32>, tensor<1x2xf32>, tensor<i32>, tensor<i32>) -> tensor<5x2xf32>
    %j = stablehlo.add %i, %one : tensor<i32>
    stablehlo.return %a, %j, %d, %4, %f : tensor<5x2xf32>, tensor<i32>, tensor<2xf32>, tensor<5x2xf32>, tensor<2xf32>
  }
  return %0#2, %0#3 : tensor<2xf32>, tensor<5x2xf32>
}

// A counter of its own start, step and sense: 9, 7, 5, 3. It ends at 1.

// CHECK-LABEL: func.func @counters(
// CHECK-SAME:    %[[C0:.+]]: tensor<i64>)
// CHECK:         %[[R:.+]] = invhlo.scan 4(%[[C0]]) over()
// CHECK-NEXT:    ^bb0(%[[T:.+]]: tensor<i32>, %[[C:.+]]: tensor<i64>):
// CHECK-DAG:       %[[WIDE:.+]] = stablehlo.convert %[[T]] : (tensor<i32>) -> tensor<i64>
// CHECK-DAG:       %[[STEP:.+]] = stablehlo.constant dense<-2> : tensor<i64>
// CHECK-DAG:       %[[BY:.+]] = stablehlo.multiply %[[WIDE]], %[[STEP]]
// CHECK-DAG:       %[[FIRST:.+]] = stablehlo.constant dense<9> : tensor<i64>
// CHECK:           %[[I:.+]] = stablehlo.add %[[BY]], %[[FIRST]]
// CHECK-NEXT:      %[[NEXT:.+]] = stablehlo.add %[[C]], %[[I]]
// CHECK-NEXT:      invhlo.yield %[[NEXT]]
// CHECK:         %[[LAST:.+]] = stablehlo.constant dense<1> : tensor<i64>
// CHECK:         return %[[R]], %[[LAST]]
func.func @counters(%c0: tensor<i64>) -> (tensor<i64>, tensor<i64>) {
  %nine = stablehlo.constant dense<9> : tensor<i64>
  %0:2 = stablehlo.while(%i = %nine, %c = %c0) : tensor<i64>, tensor<i64>
  cond {
    %three = stablehlo.constant dense<3> : tensor<i64>
    %1 = stablehlo.compare GE, %i, %three : (tensor<i64>, tensor<i64>) -> tensor<i1>
    stablehlo.return %1 : tensor<i1>
  } do {
    %two = stablehlo.constant dense<2> : tensor<i64>
    %d = stablehlo.add %c, %i : tensor<i64>
    %j = stablehlo.subtract %i, %two : tensor<i64>
    stablehlo.return %j, %d : tensor<i64>, tensor<i64>
  }
  return %0#1, %0#0 : tensor<i64>, tensor<i64>
}

// Rows from the end, and an index that is made positive as JAX does.

// CHECK-LABEL: func.func @from_the_end(
// CHECK-SAME:    %[[XS:.+]]: tensor<4xf32>)
// CHECK:         invhlo.scan 4 reverse() over(%[[XS]]) : (tensor<4xf32>) -> tensor<4xf32>
// CHECK-NEXT:    ^bb0(%{{.+}}: tensor<i32>, %[[X:.+]]: tensor<f32>):
// CHECK-NEXT:      invhlo.yield %[[X]]
func.func @from_the_end(%xs: tensor<4xf32>) -> tensor<4xf32> {
  %zero = stablehlo.constant dense<0> : tensor<i32>
  %empty = stablehlo.constant dense<0.0> : tensor<4xf32>
  %0:2 = stablehlo.while(%i = %zero, %ys = %empty) : tensor<i32>, tensor<4xf32>
  cond {
    %four = stablehlo.constant dense<4> : tensor<i32>
    %1 = stablehlo.compare NE, %i, %four : (tensor<i32>, tensor<i32>) -> tensor<i1>
    stablehlo.return %1 : tensor<i1>
  } do {
    %one = stablehlo.constant dense<1> : tensor<i32>
    %three = stablehlo.constant dense<3> : tensor<i32>
    %four = stablehlo.constant dense<4> : tensor<i32>
    %k = stablehlo.subtract %three, %i : tensor<i32>
    %1 = stablehlo.compare LT, %k, %zero : (tensor<i32>, tensor<i32>) -> tensor<i1>
    %2 = stablehlo.add %k, %four : tensor<i32>
    %3 = stablehlo.select %1, %2, %k : tensor<i1>, tensor<i32>
    %x = stablehlo.dynamic_slice %xs, %3, sizes = [1] : (tensor<4xf32>, tensor<i32>) -> tensor<1xf32>
    %4 = stablehlo.dynamic_update_slice %ys, %x, %k : (tensor<4xf32>, tensor<1xf32>, tensor<i32>) -> tensor<4xf32>
    %j = stablehlo.add %i, %one : tensor<i32>
    stablehlo.return %j, %4 : tensor<i32>, tensor<4xf32>
  }
  return %0#1 : tensor<4xf32>
}

// Every other row of more, against the sense of the rows that are written.

// CHECK-LABEL: func.func @other_rows(
// CHECK-SAME:    %[[XS:.+]]: tensor<9xf32>)
// CHECK:         %[[PART:.+]] = stablehlo.slice %[[XS]] [1:8:2]
// CHECK:         %[[ROWS:.+]] = stablehlo.reverse %[[PART]], dims = [0]
// CHECK:         invhlo.scan 4() over(%[[ROWS]])
func.func @other_rows(%xs: tensor<9xf32>) -> tensor<4xf32> {
  %zero = stablehlo.constant dense<0> : tensor<i32>
  %empty = stablehlo.constant dense<0.0> : tensor<4xf32>
  %0:2 = stablehlo.while(%i = %zero, %ys = %empty) : tensor<i32>, tensor<4xf32>
  cond {
    %four = stablehlo.constant dense<4> : tensor<i32>
    %1 = stablehlo.compare LT, %i, %four : (tensor<i32>, tensor<i32>) -> tensor<i1>
    stablehlo.return %1 : tensor<i1>
  } do {
    %one = stablehlo.constant dense<1> : tensor<i32>
    %two = stablehlo.constant dense<2> : tensor<i32>
    %seven = stablehlo.constant dense<7> : tensor<i32>
    %twice = stablehlo.multiply %i, %two : tensor<i32>
    %k = stablehlo.subtract %seven, %twice : tensor<i32>
    %x = stablehlo.dynamic_slice %xs, %k, sizes = [1] : (tensor<9xf32>, tensor<i32>) -> tensor<1xf32>
    %1 = stablehlo.dynamic_update_slice %ys, %x, %i : (tensor<4xf32>, tensor<1xf32>, tensor<i32>) -> tensor<4xf32>
    %j = stablehlo.add %i, %one : tensor<i32>
    stablehlo.return %j, %1 : tensor<i32>, tensor<4xf32>
  }
  return %0#1 : tensor<4xf32>
}

// An array of which a row is read that does not move along is carried; so is
// one of rows that would lie outside.

// CHECK-LABEL: func.func @carried_arrays(
// CHECK:         invhlo.scan 4(%{{.+}}, %{{.+}}) over()
func.func @carried_arrays(%a: tensor<4xf32>, %c: tensor<4xf32>)
    -> (tensor<4xf32>, tensor<4xf32>) {
  %zero = stablehlo.constant dense<0> : tensor<i32>
  %0:3 = stablehlo.while(%i = %zero, %p = %a, %r = %c) : tensor<i32>, tensor<4xf32>, tensor<4xf32>
  cond {
    %four = stablehlo.constant dense<4> : tensor<i32>
    %1 = stablehlo.compare LT, %i, %four : (tensor<i32>, tensor<i32>) -> tensor<i1>
    stablehlo.return %1 : tensor<i1>
  } do {
    %one = stablehlo.constant dense<1> : tensor<i32>
    %j = stablehlo.add %i, %one : tensor<i32>
    %x = stablehlo.dynamic_slice %p, %zero, sizes = [1] : (tensor<4xf32>, tensor<i32>) -> tensor<1xf32>
    %1 = stablehlo.dynamic_update_slice %p, %x, %i : (tensor<4xf32>, tensor<1xf32>, tensor<i32>) -> tensor<4xf32>
    %2 = stablehlo.dynamic_update_slice %r, %x, %j : (tensor<4xf32>, tensor<1xf32>, tensor<i32>) -> tensor<4xf32>
    stablehlo.return %j, %1, %2 : tensor<i32>, tensor<4xf32>, tensor<4xf32>
  }
  return %0#1, %0#2 : tensor<4xf32>, tensor<4xf32>
}

// Rows that are read of what is written in place: those of two steps before are
// carried, the others are there before the loop. The first two rows stay.

// CHECK-LABEL: func.func @in_place(
// CHECK-SAME:    %[[A:.+]]: tensor<6xf32>)
// CHECK-DAG:     %[[SECOND:.+]] = stablehlo.slice %[[A]] [1:2]
// CHECK-DAG:     %[[FIRST:.+]] = stablehlo.slice %[[A]] [0:1]
// CHECK-DAG:     %[[ONE_BEFORE:.+]] = stablehlo.reshape %[[SECOND]]
// CHECK-DAG:     %[[TWO_BEFORE:.+]] = stablehlo.reshape %[[FIRST]]
// CHECK-DAG:     %[[OLD:.+]] = stablehlo.slice %[[A]] [2:6]
// CHECK:         %[[ROWS:.+]]:3 = invhlo.scan 4(%[[ONE_BEFORE]], %[[TWO_BEFORE]]) over(%[[OLD]])
// CHECK:         ^bb0(%{{.+}}: tensor<i32>, %[[ONE:.+]]: tensor<f32>, %[[TWO:.+]]: tensor<f32>, %[[ROW:.+]]: tensor<f32>):
// CHECK:           %[[SUM:.+]] = stablehlo.add
// CHECK:           %[[NEW:.+]] = stablehlo.reshape %[[SUM]] : (tensor<1xf32>) -> tensor<f32>
// CHECK:           invhlo.yield %[[NEW]], %[[ONE]], %[[NEW]]
// CHECK:         %[[KEPT:.+]] = stablehlo.slice %[[A]] [0:2]
// CHECK:         stablehlo.concatenate %[[KEPT]], %[[ROWS]]#2, dim = 0
func.func @in_place(%a: tensor<6xf32>) -> tensor<6xf32> {
  %two = stablehlo.constant dense<2> : tensor<i32>
  %0:2 = stablehlo.while(%i = %two, %p = %a) : tensor<i32>, tensor<6xf32>
  cond {
    %six = stablehlo.constant dense<6> : tensor<i32>
    %1 = stablehlo.compare LT, %i, %six : (tensor<i32>, tensor<i32>) -> tensor<i1>
    stablehlo.return %1 : tensor<i1>
  } do {
    %one = stablehlo.constant dense<1> : tensor<i32>
    %two_before = stablehlo.constant dense<2> : tensor<i32>
    %h = stablehlo.subtract %i, %two_before : tensor<i32>
    %x = stablehlo.dynamic_slice %p, %i, sizes = [1] : (tensor<6xf32>, tensor<i32>) -> tensor<1xf32>
    %y = stablehlo.dynamic_slice %p, %h, sizes = [1] : (tensor<6xf32>, tensor<i32>) -> tensor<1xf32>
    %z = stablehlo.add %x, %y : tensor<1xf32>
    %1 = stablehlo.dynamic_update_slice %p, %z, %i : (tensor<6xf32>, tensor<1xf32>, tensor<i32>) -> tensor<6xf32>
    %j = stablehlo.add %i, %one : tensor<i32>
    stablehlo.return %j, %1 : tensor<i32>, tensor<6xf32>
  }
  return %0#1 : tensor<6xf32>
}

// Rows along a second dimension that a gather takes and a scatter adds to, as
// under vmap.

// CHECK-LABEL: func.func @columns(
// CHECK-SAME:    %[[A:.+]]: tensor<3x5xf32>)
// CHECK:         %[[OLD:.+]] = stablehlo.transpose %{{.+}}, dims = [1, 0] : (tensor<3x4xf32>) -> tensor<4x3xf32>
// CHECK:         %[[ROWS:.+]]:2 = invhlo.scan 4(%{{.+}}) over(%[[OLD]]) : (tensor<3xf32>, tensor<4x3xf32>)
// CHECK:           stablehlo.add
// CHECK:         %[[NEW:.+]] = stablehlo.transpose %[[ROWS]]#1, dims = [1, 0]
// CHECK:         stablehlo.concatenate %{{.+}}, %[[NEW]], dim = 1
func.func @columns(%a: tensor<3x5xf32>) -> tensor<3x5xf32> {
  %one = stablehlo.constant dense<1> : tensor<i32>
  %0:2 = stablehlo.while(%i = %one, %p = %a) : tensor<i32>, tensor<3x5xf32>
  cond {
    %five = stablehlo.constant dense<5> : tensor<i32>
    %1 = stablehlo.compare LT, %i, %five : (tensor<i32>, tensor<i32>) -> tensor<i1>
    stablehlo.return %1 : tensor<i1>
  } do {
    %step = stablehlo.constant dense<1> : tensor<i32>
    %h = stablehlo.subtract %i, %step : tensor<i32>
    %before = stablehlo.reshape %h : (tensor<i32>) -> tensor<1xi32>
    %here = stablehlo.reshape %i : (tensor<i32>) -> tensor<1xi32>
    %x = "stablehlo.gather"(%p, %before) <{dimension_numbers = #stablehlo.gather<offset_dims = [0], collapsed_slice_dims = [1], start_index_map = [1]>, slice_sizes = array<i64: 3, 1>}> : (tensor<3x5xf32>, tensor<1xi32>) -> tensor<3xf32>
    %1 = "stablehlo.scatter"(%p, %here, %x) <{scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [0], inserted_window_dims = [1], scatter_dims_to_operand_dims = [1]>}> ({
    ^bb0(%old: tensor<f32>, %new: tensor<f32>):
      %2 = stablehlo.add %old, %new : tensor<f32>
      stablehlo.return %2 : tensor<f32>
    }) : (tensor<3x5xf32>, tensor<1xi32>, tensor<3xf32>) -> tensor<3x5xf32>
    %j = stablehlo.add %i, %step : tensor<i32>
    stablehlo.return %j, %1 : tensor<i32>, tensor<3x5xf32>
  }
  return %0#1 : tensor<3x5xf32>
}

// What depends on more than the counter stays a loop, and so does one that may
// not run, or not end.

// CHECK-LABEL: func.func @not_counted(
// CHECK-NOT:     invhlo.scan
// CHECK:         stablehlo.while
// CHECK-NOT:     invhlo.scan
// CHECK:         stablehlo.while
// CHECK-NOT:     invhlo.scan
// CHECK:         return
func.func @not_counted(%x: tensor<f32>) -> (tensor<f32>, tensor<i8>) {
  %ten = stablehlo.constant dense<10.0> : tensor<f32>
  %zero = stablehlo.constant dense<0> : tensor<i8>
  %0 = stablehlo.while(%c = %x) : tensor<f32>
  cond {
    %2 = stablehlo.compare LT, %c, %ten : (tensor<f32>, tensor<f32>) -> tensor<i1>
    stablehlo.return %2 : tensor<i1>
  } do {
    %d = stablehlo.add %c, %c : tensor<f32>
    stablehlo.return %d : tensor<f32>
  }
  %1 = stablehlo.while(%i = %zero) : tensor<i8>
  cond {
    %most = stablehlo.constant dense<127> : tensor<i8>
    %2 = stablehlo.compare LE, %i, %most : (tensor<i8>, tensor<i8>) -> tensor<i1>
    stablehlo.return %2 : tensor<i1>
  } do {
    %one = stablehlo.constant dense<1> : tensor<i8>
    %j = stablehlo.add %i, %one : tensor<i8>
    stablehlo.return %j : tensor<i8>
  }
  return %0, %1 : tensor<f32>, tensor<i8>
}

// Loops in loops.

// CHECK-LABEL: func.func @nested(
// CHECK:         invhlo.scan 3(
// CHECK:           invhlo.scan 2(
// CHECK-NOT:     stablehlo.while
// CHECK:         return
func.func @nested(%x: tensor<f32>) -> tensor<f32> {
  %zero = stablehlo.constant dense<0> : tensor<i32>
  %one = stablehlo.constant dense<1> : tensor<i32>
  %0:2 = stablehlo.while(%i = %zero, %c = %x) : tensor<i32>, tensor<f32>
  cond {
    %three = stablehlo.constant dense<3> : tensor<i32>
    %1 = stablehlo.compare LT, %i, %three : (tensor<i32>, tensor<i32>) -> tensor<i1>
    stablehlo.return %1 : tensor<i1>
  } do {
    %1:2 = stablehlo.while(%k = %zero, %d = %c) : tensor<i32>, tensor<f32>
    cond {
      %two = stablehlo.constant dense<2> : tensor<i32>
      %2 = stablehlo.compare LT, %k, %two : (tensor<i32>, tensor<i32>) -> tensor<i1>
      stablehlo.return %2 : tensor<i1>
    } do {
      %e = stablehlo.tanh %d : tensor<f32>
      %l = stablehlo.add %k, %one : tensor<i32>
      stablehlo.return %l, %e : tensor<i32>, tensor<f32>
    }
    %j = stablehlo.add %i, %one : tensor<i32>
    stablehlo.return %j, %1#1 : tensor<i32>, tensor<f32>
  }
  return %0#1 : tensor<f32>
}

// An index that wraps around is no row: 0, 200, 144.

// CHECK-LABEL: func.func @wraps(
// CHECK:         invhlo.scan 3() over() : () -> tensor<3xf32>
// CHECK:           stablehlo.dynamic_slice
func.func @wraps(%xs: tensor<400xf32>) -> tensor<3xf32> {
  %zero = stablehlo.constant dense<0> : tensor<i32>
  %empty = stablehlo.constant dense<0.0> : tensor<3xf32>
  %0:2 = stablehlo.while(%i = %zero, %ys = %empty) : tensor<i32>, tensor<3xf32>
  cond {
    %three = stablehlo.constant dense<3> : tensor<i32>
    %1 = stablehlo.compare LT, %i, %three : (tensor<i32>, tensor<i32>) -> tensor<i1>
    stablehlo.return %1 : tensor<i1>
  } do {
    %one = stablehlo.constant dense<1> : tensor<i32>
    %factor = stablehlo.constant dense<200> : tensor<ui8>
    %narrow = stablehlo.convert %i : (tensor<i32>) -> tensor<ui8>
    %1 = stablehlo.multiply %narrow, %factor : tensor<ui8>
    %k = stablehlo.convert %1 : (tensor<ui8>) -> tensor<i32>
    %x = stablehlo.dynamic_slice %xs, %k, sizes = [1] : (tensor<400xf32>, tensor<i32>) -> tensor<1xf32>
    %2 = stablehlo.dynamic_update_slice %ys, %x, %i : (tensor<3xf32>, tensor<1xf32>, tensor<i32>) -> tensor<3xf32>
    %j = stablehlo.add %i, %one : tensor<i32>
    stablehlo.return %j, %2 : tensor<i32>, tensor<3xf32>
  }
  return %0#1 : tensor<3xf32>
}

// One array is written from the front and one from the end: its rows come in
// the opposite order.

// CHECK-LABEL: func.func @both_ends(
// CHECK:         %[[R:.+]]:2 = invhlo.scan 3() over() : () -> (tensor<3xi32>, tensor<3xi32>)
// CHECK:         %[[DOWN:.+]] = stablehlo.reverse %[[R]]#1, dims = [0]
// CHECK:         return %[[R]]#0, %[[DOWN]]
func.func @both_ends() -> (tensor<3xi32>, tensor<3xi32>) {
  %zero = stablehlo.constant dense<0> : tensor<i32>
  %empty = stablehlo.constant dense<0> : tensor<3xi32>
  %0:3 = stablehlo.while(%i = %zero, %a = %empty, %b = %empty) : tensor<i32>, tensor<3xi32>, tensor<3xi32>
  cond {
    %three = stablehlo.constant dense<3> : tensor<i32>
    %1 = stablehlo.compare LT, %i, %three : (tensor<i32>, tensor<i32>) -> tensor<i1>
    stablehlo.return %1 : tensor<i1>
  } do {
    %one = stablehlo.constant dense<1> : tensor<i32>
    %two = stablehlo.constant dense<2> : tensor<i32>
    %k = stablehlo.subtract %two, %i : tensor<i32>
    %x = stablehlo.reshape %i : (tensor<i32>) -> tensor<1xi32>
    %1 = stablehlo.dynamic_update_slice %a, %x, %i : (tensor<3xi32>, tensor<1xi32>, tensor<i32>) -> tensor<3xi32>
    %2 = stablehlo.dynamic_update_slice %b, %x, %k : (tensor<3xi32>, tensor<1xi32>, tensor<i32>) -> tensor<3xi32>
    %j = stablehlo.add %i, %one : tensor<i32>
    stablehlo.return %j, %1, %2 : tensor<i32>, tensor<3xi32>, tensor<3xi32>
  }
  return %0#1, %0#2 : tensor<3xi32>, tensor<3xi32>
}

// A loop of one step is its step.

// CHECK-LABEL: func.func @once(
// CHECK-SAME:    %[[X:.+]]: tensor<f32>)
// CHECK-NOT:     invhlo.scan
// CHECK-NOT:     stablehlo.while
// CHECK:         %[[Y:.+]] = stablehlo.tanh %[[X]]
// CHECK:         return %[[Y]]
func.func @once(%x: tensor<f32>) -> tensor<f32> {
  %zero = stablehlo.constant dense<0> : tensor<i32>
  %0:2 = stablehlo.while(%i = %zero, %c = %x) : tensor<i32>, tensor<f32>
  cond {
    %one = stablehlo.constant dense<1> : tensor<i32>
    %1 = stablehlo.compare LT, %i, %one : (tensor<i32>, tensor<i32>) -> tensor<i1>
    stablehlo.return %1 : tensor<i1>
  } do {
    %one = stablehlo.constant dense<1> : tensor<i32>
    %d = stablehlo.tanh %c : tensor<f32>
    %j = stablehlo.add %i, %one : tensor<i32>
    stablehlo.return %j, %d : tensor<i32>, tensor<f32>
  }
  return %0#1 : tensor<f32>
}

// An array that each step reads as a whole is carried; its last rows are those
// that were written.

// CHECK-LABEL: func.func @read_as_a_whole(
// CHECK-SAME:    %[[A:.+]]: tensor<4xf32>)
// CHECK:         %[[R:.+]]:2 = invhlo.scan 4(%{{.+}}) over(%[[A]])
// CHECK:         ^bb0(%[[T:.+]]: tensor<i32>, %[[C:.+]]: tensor<4xf32>, %[[X:.+]]: tensor<f32>):
// CHECK:           %[[D:.+]] = stablehlo.dynamic_update_slice %[[C]]
// CHECK:           invhlo.yield %[[D]], %{{.+}} : tensor<4xf32>, tensor<f32>
// CHECK:         return %[[R]]#1
func.func @read_as_a_whole(%a: tensor<4xf32>) -> tensor<4xf32> {
  %zero = stablehlo.constant dense<0> : tensor<i32>
  %empty = stablehlo.constant dense<0.0> : tensor<4xf32>
  %0:2 = stablehlo.while(%i = %zero, %c = %empty) : tensor<i32>, tensor<4xf32>
  cond {
    %four = stablehlo.constant dense<4> : tensor<i32>
    %1 = stablehlo.compare LT, %i, %four : (tensor<i32>, tensor<i32>) -> tensor<i1>
    stablehlo.return %1 : tensor<i1>
  } do {
    %one = stablehlo.constant dense<1> : tensor<i32>
    %none = stablehlo.constant dense<0.0> : tensor<f32>
    %s = stablehlo.reduce(%c init: %none) applies stablehlo.add across dimensions = [0] : (tensor<4xf32>, tensor<f32>) -> tensor<f32>
    %x = stablehlo.dynamic_slice %a, %i, sizes = [1] : (tensor<4xf32>, tensor<i32>) -> tensor<1xf32>
    %r = stablehlo.reshape %s : (tensor<f32>) -> tensor<1xf32>
    %y = stablehlo.add %x, %r : tensor<1xf32>
    %d = stablehlo.dynamic_update_slice %c, %y, %i : (tensor<4xf32>, tensor<1xf32>, tensor<i32>) -> tensor<4xf32>
    %j = stablehlo.add %i, %one : tensor<i32>
    stablehlo.return %j, %d : tensor<i32>, tensor<4xf32>
  }
  return %0#1 : tensor<4xf32>
}

// What is carried and does not change is taken from outside, and what a loop
// computes of it alone is computed before the loop, counted or not.

// CHECK-LABEL: func.func @part(
// CHECK-SAME:    %[[X:.+]]: tensor<4xf32>, %[[C:.+]]: tensor<f32>)
// CHECK:         %[[S:.+]] = stablehlo.slice %[[X]] [1:2]
// CHECK:         %[[P:.+]] = stablehlo.reshape %[[S]]
// CHECK:         stablehlo.while(%[[D:.+]] = %[[C]]) : tensor<f32>
// CHECK:           stablehlo.add %[[D]], %[[P]]
func.func @part(%x: tensor<4xf32>, %c: tensor<f32>) -> tensor<f32> {
  %0:2 = stablehlo.while(%a = %x, %d = %c) : tensor<4xf32>, tensor<f32>
  cond {
    %nine = stablehlo.constant dense<9.0> : tensor<f32>
    %1 = stablehlo.compare LT, %d, %nine : (tensor<f32>, tensor<f32>) -> tensor<i1>
    stablehlo.return %1 : tensor<i1>
  } do {
    %s = stablehlo.slice %a [1:2] : (tensor<4xf32>) -> tensor<1xf32>
    %p = stablehlo.reshape %s : (tensor<1xf32>) -> tensor<f32>
    %e = stablehlo.add %d, %p : tensor<f32>
    stablehlo.return %a, %e : tensor<4xf32>, tensor<f32>
  }
  return %0#1 : tensor<f32>
}
