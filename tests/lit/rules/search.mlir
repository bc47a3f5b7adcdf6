// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse -split-input-file | FileCheck %s

// y = k x with k of the table entry of x. The number of edges below x is found
// by halving, in as many steps as it has bits; then the entry is looked up in
// the middle of that bin, and the formula inverted. What is not in the bin is
// not found.

// CHECK-LABEL: func.func @search.inverse(
// CHECK-SAME:    %[[EDGES:.+]]: tensor<3x8xf32>, %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[COUNT:.+]]:2 = invhlo.scan 4(%{{.+}}, %{{.+}}) over()
// CHECK:           stablehlo.floor
// CHECK:           %[[ABOVE:.+]] = stablehlo.compare GE, %[[Y]]
// CHECK:           %[[BELOW:.+]] = stablehlo.compare LE, %[[Y]]
// CHECK:           stablehlo.select %{{.+}}, %[[BELOW]], %[[ABOVE]]
// CHECK:           invhlo.yield
// CHECK:         stablehlo.compare EQ, %[[COUNT]]#0
// CHECK:         %[[STEP:.+]] = stablehlo.floor
// CHECK:         %[[X:.+]] = stablehlo.divide %[[Y]], %[[STEP]]
// CHECK:         %[[INSIDE:.+]] = stablehlo.and
// CHECK:         stablehlo.select %[[INSIDE]], %[[X]], %
// CHECK:         return
func.func @search(%edges: tensor<3x8xf32>, %x: tensor<3xf32> {invhlo.unknown}) -> tensor<3xf32> {
  %step = stablehlo.floor %x : tensor<3xf32>
  %v = stablehlo.multiply %x, %step : tensor<3xf32>
  %0 = invhlo.search(%x) of (%step : tensor<3xf32>) between %edges = %v : tensor<3x8xf32>, tensor<3xf32> {
  ^bb0(%at: tensor<3xf32>):
    %1 = stablehlo.floor %at : tensor<3xf32>
    invhlo.yield %1 : tensor<3xf32>
  }, {
  ^bb0(%at: tensor<3xf32>):
    %1 = stablehlo.multiply %at, %step : tensor<3xf32>
    invhlo.yield %1 : tensor<3xf32>
  }
  return %0 : tensor<3xf32>
}
