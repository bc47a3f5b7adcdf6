// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-lower-loops -cse | FileCheck %s
// RUN: invhlo-opt %s -invhlo-lower-loops -invhlo-raise-loops -cse | FileCheck %s --check-prefix=AGAIN

// CHECK-LABEL: func.func @rows(
// CHECK-SAME:    %[[C0:.+]]: tensor<f32>, %[[XS:.+]]: tensor<5x2xf32>)
// CHECK:         stablehlo.while(%[[T:[^ ]+]] = {{.+}}, %[[C:[^ ]+]] = %[[C0]], %[[A:[^ ]+]] = %[[XS]], %[[YS:[^ ]+]] = {{.+}}) :
// CHECK:           stablehlo.compare LT, %[[T]], %{{.+}}
// CHECK:           %[[FOUR:.+]] = stablehlo.constant dense<4>
// CHECK:           %[[ROW:.+]] = stablehlo.subtract %[[FOUR]], %[[T]]
// CHECK:           %[[WINDOW:.+]] = stablehlo.dynamic_slice %[[A]], %[[ROW]], %{{.+}}, sizes = [1, 2]
// CHECK:           stablehlo.reshape %[[WINDOW]] : (tensor<1x2xf32>) -> tensor<2xf32>
// CHECK:           %[[NEXT:.+]] = stablehlo.add %[[T]], %{{.+}} : tensor<i32>
// CHECK:           %[[NEW:.+]] = stablehlo.dynamic_update_slice %[[YS]], %{{.+}}, %[[ROW]]
// CHECK:           stablehlo.return %[[NEXT]], %{{.+}}, %[[A]], %[[NEW]]

// AGAIN-LABEL: func.func @rows(
// AGAIN-NOT:     stablehlo.while
// AGAIN:         invhlo.scan 5 reverse(%{{.+}}) over(%{{.+}}) : (tensor<f32>, tensor<5x2xf32>) -> (tensor<f32>, tensor<5xf32>)
func.func @rows(%c0: tensor<f32>, %xs: tensor<5x2xf32>) -> (tensor<f32>, tensor<5xf32>) {
  %0:2 = invhlo.scan 5 reverse (%c0) over (%xs)
      : (tensor<f32>, tensor<5x2xf32>) -> (tensor<f32>, tensor<5xf32>) {
  ^bb0(%t: tensor<i32>, %c: tensor<f32>, %x: tensor<2xf32>):
    %a = stablehlo.slice %x [0:1] : (tensor<2xf32>) -> tensor<1xf32>
    %b = stablehlo.reshape %a : (tensor<1xf32>) -> tensor<f32>
    %d = stablehlo.add %c, %b : tensor<f32>
    invhlo.yield %d, %c : tensor<f32>, tensor<f32>
  }
  return %0#0, %0#1 : tensor<f32>, tensor<5xf32>
}

// CHECK-LABEL: func.func @nested(
// CHECK:         stablehlo.while
// CHECK:           stablehlo.while
// CHECK-NOT:     invhlo.
func.func @nested(%x: tensor<f32>) -> tensor<f32> {
  %0 = invhlo.scan 3 (%x) over () : (tensor<f32>) -> tensor<f32> {
  ^bb0(%t: tensor<i32>, %c: tensor<f32>):
    %1 = invhlo.scan 2 (%c) over () : (tensor<f32>) -> tensor<f32> {
    ^bb0(%u: tensor<i32>, %d: tensor<f32>):
      %2 = stablehlo.add %d, %c : tensor<f32>
      invhlo.yield %2 : tensor<f32>
    }
    invhlo.yield %1 : tensor<f32>
  }
  return %0 : tensor<f32>
}
