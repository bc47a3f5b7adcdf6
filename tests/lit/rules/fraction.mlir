// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -invhlo-lower-idioms -cse -split-input-file | FileCheck %s

// y = a x + b:  x = (y - b) / a,  log|dx/dy| = -log|a|.

// CHECK-LABEL: func.func @affine.inverse(
// CHECK-SAME:    %[[A:.+]]: tensor<3xf32>, %[[B:.+]]: tensor<3xf32>, %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[D:.+]] = stablehlo.subtract %[[Y]], %[[B]]
// CHECK:         %[[X:.+]] = stablehlo.divide %[[D]], %[[A]]
// CHECK:         %[[ABS:.+]] = stablehlo.abs %[[A]]
// CHECK:         %[[LOG:.+]] = stablehlo.log %[[ABS]]
// CHECK:         %[[L:.+]] = stablehlo.negate %[[LOG]]
// CHECK:         return %[[X]], %[[L]]
func.func @affine(%a: tensor<3xf32>, %b: tensor<3xf32>, %x: tensor<3xf32> {invhlo.unknown}) -> tensor<3xf32> {
  %zero = stablehlo.constant dense<0.0> : tensor<3xf32>
  %one = stablehlo.constant dense<1.0> : tensor<3xf32>
  %v = stablehlo.cosine %x : tensor<3xf32>
  %0 = invhlo.fraction(%x) of %a, %b over %zero, %one = %v : tensor<3xf32>, tensor<3xf32>
  return %0 : tensor<3xf32>
}

// -----

// y = (a x + b) / (c x + d):  x = (d y - b) / (a - c y),
// log|dx/dy| = log|a d - b c| - 2 log|a - c y|.

// CHECK-LABEL: func.func @fraction.inverse(
// CHECK-SAME:    %[[A:[^:]+]]: tensor<3xf32>, %[[B:[^:]+]]: tensor<3xf32>, %[[C:[^:]+]]: tensor<3xf32>, %[[D:[^:]+]]: tensor<3xf32>, %[[Y:.+]]: tensor<3xf32>)
// CHECK-DAG:     %[[DY:.+]] = stablehlo.multiply %[[D]], %[[Y]]
// CHECK-DAG:     %[[N:.+]] = stablehlo.subtract %[[DY]], %[[B]]
// CHECK-DAG:     %[[CY:.+]] = stablehlo.multiply %[[C]], %[[Y]]
// CHECK-DAG:     %[[M:.+]] = stablehlo.subtract %[[A]], %[[CY]]
// CHECK-DAG:     %[[X:.+]] = stablehlo.divide %[[N]], %[[M]]
// CHECK-DAG:     %[[DA:.+]] = stablehlo.multiply %[[D]], %[[A]]
// CHECK-DAG:     %[[CB:.+]] = stablehlo.multiply %[[C]], %[[B]]
// CHECK-DAG:     %[[DET:.+]] = stablehlo.subtract %[[DA]], %[[CB]]
// CHECK-DAG:     %[[TWO:.+]] = stablehlo.constant dense<2.0
// CHECK:         %[[SCALED:.+]] = stablehlo.multiply %[[TWO]], %
// CHECK:         %[[L:.+]] = stablehlo.subtract %{{.+}}, %[[SCALED]]
// CHECK:         return %[[X]], %[[L]]
func.func @fraction(%a: tensor<3xf32>, %b: tensor<3xf32>, %c: tensor<3xf32>, %d: tensor<3xf32>, %x: tensor<3xf32> {invhlo.unknown}) -> tensor<3xf32> {
  %v = stablehlo.cosine %x : tensor<3xf32>
  %0 = invhlo.fraction(%x) of %a, %b over %c, %d = %v : tensor<3xf32>, tensor<3xf32>
  return %0 : tensor<3xf32>
}

// -----

// Of two unknowns, the ops that compute the value are solved: a step of lifting.

// CHECK-LABEL: func.func @lifting.inverse(
// CHECK-SAME:    %[[DETAIL:[^:]+]]: tensor<3xf32>, %[[MEAN:[^:]+]]: tensor<3xf32>)
// CHECK:         %[[HALF:.+]] = stablehlo.divide %[[DETAIL]], %
// CHECK:         %[[EVEN:.+]] = stablehlo.subtract %[[MEAN]], %[[HALF]]
// CHECK:         %[[ODD:.+]] = stablehlo.add %[[DETAIL]], %[[EVEN]]
// CHECK:         return %[[EVEN]], %[[ODD]]
func.func @lifting(%even: tensor<3xf32> {invhlo.unknown}, %odd: tensor<3xf32> {invhlo.unknown}) -> (tensor<3xf32>, tensor<3xf32>) {
  %zero = stablehlo.constant dense<0.0> : tensor<3xf32>
  %part = stablehlo.constant dense<0.5> : tensor<3xf32>
  %one = stablehlo.constant dense<1.0> : tensor<3xf32>
  %two = stablehlo.constant dense<2.0> : tensor<3xf32>
  %detail = stablehlo.subtract %odd, %even : tensor<3xf32>
  %half = stablehlo.divide %detail, %two : tensor<3xf32>
  %value = stablehlo.add %even, %half : tensor<3xf32>
  %other = stablehlo.divide %odd, %two : tensor<3xf32>
  %mean = invhlo.fraction(%even) of %part, %other over %zero, %one = %value : tensor<3xf32>, tensor<3xf32>
  return %detail, %mean : tensor<3xf32>, tensor<3xf32>
}
