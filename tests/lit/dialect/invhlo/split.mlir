// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | invhlo-opt | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @main(
// CHECK-SAME:    %[[X:.+]]: tensor<2x5xi8>)
func.func @main(%x: tensor<2x5xi8>) -> tensor<2x3xi8> {
  // CHECK-NEXT: %{{.+}}:2 = invhlo.split %[[X]], dim = 1 : (tensor<2x5xi8>) -> (tensor<2x2xi8>, tensor<2x3xi8>)
  %0:2 = invhlo.split %x, dim = 1 : (tensor<2x5xi8>) -> (tensor<2x2xi8>, tensor<2x3xi8>)
  // CHECK-NEXT: %{{.+}}:3 = invhlo.split %[[X]], dim = 0 : (tensor<2x5xi8>) -> (tensor<1x5xi8>, tensor<0x5xi8>, tensor<1x5xi8>)
  %1:3 = invhlo.split %x, dim = 0 : (tensor<2x5xi8>) -> (tensor<1x5xi8>, tensor<0x5xi8>, tensor<1x5xi8>)
  return %0#1 : tensor<2x3xi8>
}
