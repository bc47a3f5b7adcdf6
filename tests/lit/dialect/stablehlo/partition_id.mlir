// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @id(
// CHECK-NEXT:    %{{.+}} = stablehlo.partition_id : tensor<ui32>
func.func @id() -> tensor<ui32> {
  %i = stablehlo.partition_id : tensor<ui32>
  return %i : tensor<ui32>
}
