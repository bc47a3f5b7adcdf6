// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse -split-input-file | FileCheck %s

// y = x k:  x = y / k,  log|dx/dy| = -log|k|.

// CHECK-LABEL: func.func @unknown_lhs.inverse(
// CHECK-SAME:    %[[K:.+]]: tensor<3xf32>, %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[X:.+]] = stablehlo.divide %[[Y]], %[[K]]
// CHECK:         %[[ABS:.+]] = stablehlo.abs %[[K]]
// CHECK:         %[[LOG:.+]] = stablehlo.log %[[ABS]]
// CHECK:         %[[SHARE:.+]] = stablehlo.negate %[[LOG]]
// CHECK:         return %[[X]], %[[SHARE]]
func.func @unknown_lhs(%k: tensor<3xf32>, %x: tensor<3xf32> {invhlo.unknown})
    -> tensor<3xf32> {
  %y = stablehlo.multiply %x, %k : tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// y = k x is the same.

// CHECK-LABEL: func.func @unknown_rhs.inverse(
// CHECK-SAME:    %[[K:.+]]: tensor<3xf32>, %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[X:.+]] = stablehlo.divide %[[Y]], %[[K]]
// CHECK:         return %[[X]],
func.func @unknown_rhs(%k: tensor<3xf32>, %x: tensor<3xf32> {invhlo.unknown})
    -> tensor<3xf32> {
  %y = stablehlo.multiply %k, %x : tensor<3xf32>
  return %y : tensor<3xf32>
}

// -----

// Complex: twice -log|k|.

// CHECK-LABEL: func.func @complex.inverse(
// CHECK-SAME:    %[[K:.+]]: tensor<3xcomplex<f32>>, %[[Y:.+]]: tensor<3xcomplex<f32>>)
// CHECK:         %[[X:.+]] = stablehlo.divide %[[Y]], %[[K]]
// CHECK:         %[[ONCE:.+]] = stablehlo.negate %{{.+}}
// CHECK:         %[[TWO:.+]] = stablehlo.constant dense<2.000000e+00>
// CHECK:         %[[SHARE:.+]] = stablehlo.multiply %[[TWO]], %[[ONCE]]
// CHECK:         return %[[X]], %[[SHARE]]
func.func @complex(%k: tensor<3xcomplex<f32>>, %x: tensor<3xcomplex<f32>> {invhlo.unknown})
    -> tensor<3xcomplex<f32>> {
  %y = stablehlo.multiply %x, %k : tensor<3xcomplex<f32>>
  return %y : tensor<3xcomplex<f32>>
}

// -----

// Odd integers have an inverse modulo 2^n.

// CHECK-LABEL: func.func @odd.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xi8>)
// CHECK:         %[[INVERSE:.+]] = stablehlo.constant dense<-51>
// CHECK-NEXT:    %[[X:.+]] = stablehlo.multiply %[[Y]], %[[INVERSE]]
// CHECK:         %[[ZERO:.+]] = stablehlo.constant dense<0.000000e+00> : tensor<3xf32>
// CHECK:         return %[[X]], %[[ZERO]]
func.func @odd(%x: tensor<3xi8>) -> tensor<3xi8> {
  %k = stablehlo.constant dense<5> : tensor<3xi8>
  %y = stablehlo.multiply %x, %k : tensor<3xi8>
  return %y : tensor<3xi8>
}

// -----

// So have those of a run, whose lowest bit is set: three right bits, then six, then
// twelve.

// CHECK-LABEL: func.func @set.inverse(
// CHECK-SAME:    %[[K:.+]]: tensor<3xi8>, %[[Y:.+]]: tensor<3xi8>)
// CHECK:         %[[THREE:.+]] = stablehlo.or %[[K]], %{{.+}}
// CHECK:         stablehlo.multiply %[[THREE]], %[[THREE]]
// CHECK:         %[[STEP:.+]] = stablehlo.subtract %{{.+}}, %{{.+}}
// CHECK:         %[[SIX:.+]] = stablehlo.multiply %[[THREE]], %[[STEP]]
// CHECK:         stablehlo.multiply %[[THREE]], %[[SIX]]
// CHECK:         %[[STEP_2:.+]] = stablehlo.subtract %{{.+}}, %{{.+}}
// CHECK:         %[[TWELVE:.+]] = stablehlo.multiply %[[SIX]], %[[STEP_2]]
// CHECK-NEXT:    %[[X:.+]] = stablehlo.multiply %[[Y]], %[[TWELVE]]
// CHECK:         return %[[X]],
func.func @set(%x: tensor<3xi8> {invhlo.unknown}, %k: tensor<3xi8>) -> tensor<3xi8> {
  %one = stablehlo.constant dense<1> : tensor<3xi8>
  %0 = stablehlo.or %k, %one : tensor<3xi8>
  %y = stablehlo.multiply %x, %0 : tensor<3xi8>
  return %y : tensor<3xi8>
}

// -----

// The zeros of a mask make zeros, which the other half is then found from.

// CHECK-LABEL: func.func @mask.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<4xf32>)
// CHECK-DAG:     %[[MASK:.+]] = stablehlo.constant dense<[1.000000e+00, 0.000000e+00, 1.000000e+00, 0.000000e+00]>
// CHECK-DAG:     %[[ZERO:.+]] = stablehlo.constant dense<0.000000e+00>
// CHECK-DAG:     %[[SINE:.+]] = stablehlo.sine %[[ZERO]]
// CHECK-DAG:     %[[MASKED:.+]] = stablehlo.constant dense<[true, false, true, false]>
// CHECK:         %[[H:.+]] = stablehlo.select %[[MASKED]], %{{.+}}, %[[ZERO]]
// CHECK:         %[[M:.+]] = stablehlo.subtract %[[Y]], %[[H]]
// CHECK:         %[[DIVIDEND:.+]] = stablehlo.select %[[MASKED]], %[[H]], %{{.+}}
// CHECK:         %[[DIVISOR:.+]] = stablehlo.select %[[MASKED]], %[[MASK]], %{{.+}}
// CHECK:         %[[LEFT:.+]] = stablehlo.divide %[[DIVIDEND]], %[[DIVISOR]]
// CHECK:         %[[OTHERS:.+]] = stablehlo.constant dense<[false, true, false, true]>
// CHECK:         %[[OF_M:.+]] = stablehlo.select %[[OTHERS]], %[[M]], %[[ZERO]]
// CHECK:         %[[OTHER_DIVIDEND:.+]] = stablehlo.select %[[OTHERS]], %[[OF_M]], %{{.+}}
// CHECK:         %[[Z:.+]] = stablehlo.divide %[[OTHER_DIVIDEND]], %{{.+}}
// CHECK:         %[[RIGHT:.+]] = stablehlo.subtract %[[Z]], %[[SINE]]
// CHECK:         %[[X:.+]] = stablehlo.select %[[OTHERS]], %[[RIGHT]], %[[LEFT]]
// CHECK:         %[[SHARE:.+]] = stablehlo.select %[[OTHERS]], %{{.+}}, %{{.+}}
// CHECK:         return %[[X]], %[[SHARE]]
func.func @mask(%x: tensor<4xf32>) -> tensor<4xf32> {
  %mask = stablehlo.constant dense<[1.0, 0.0, 1.0, 0.0]> : tensor<4xf32>
  %other = stablehlo.constant dense<[0.0, 1.0, 0.0, 1.0]> : tensor<4xf32>
  %h = stablehlo.multiply %x, %mask : tensor<4xf32>
  %s = stablehlo.sine %h : tensor<4xf32>
  %z = stablehlo.add %x, %s : tensor<4xf32>
  %m = stablehlo.multiply %z, %other : tensor<4xf32>
  %y = stablehlo.add %h, %m : tensor<4xf32>
  return %y : tensor<4xf32>
}
