// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK-LABEL: func.func @pure(
// CHECK-SAME:    %[[X:.+]]: tensor<2xf32>) -> tensor<2xf32>
// CHECK-NEXT:    %{{.+}} = stablehlo.custom_call @foo(%[[X]]) : (tensor<2xf32>) -> tensor<2xf32>
func.func @pure(%x: tensor<2xf32>) -> tensor<2xf32> {
  %y = stablehlo.custom_call @foo(%x) : (tensor<2xf32>) -> tensor<2xf32>
  return %y : tensor<2xf32>
}

// CHECK-LABEL: func.func @side_effect(
// CHECK-NEXT:    stablehlo.custom_call @foo() {has_side_effect = true} : () -> ()
func.func @side_effect() {
  stablehlo.custom_call @foo() {has_side_effect = true} : () -> ()
  return
}

// CHECK-LABEL: func.func @every_attribute(
// CHECK-SAME:    %[[X:.+]]: tensor<2x3xf32>) -> tensor<2x3xf32>
// CHECK-NEXT:    %{{.+}}:2 = stablehlo.custom_call @lapack_sgetrf_ffi(%[[X]]) {api_version = 4 : i32, backend_config = {n = 3 : ui8}, called_computations = [@callee], mhlo.frontend_attributes = {num_batch_dims = "0"}, operand_layouts = [dense<[0, 1]> : tensor<2xindex>], output_operand_aliases = [#stablehlo.output_operand_alias<output_tuple_indices = [0], operand_index = 0, operand_tuple_indices = []>], result_layouts = [dense<[0, 1]> : tensor<2xindex>, dense<> : tensor<0xindex>]} : (tensor<2x3xf32>) -> (tensor<2x3xf32>, tensor<i32>)
func.func @every_attribute(%x: tensor<2x3xf32>) -> tensor<2x3xf32> {
  %y:2 = stablehlo.custom_call @lapack_sgetrf_ffi(%x) {api_version = 4 : i32, backend_config = {n = 3 : ui8}, called_computations = [@callee], mhlo.frontend_attributes = {num_batch_dims = "0"}, operand_layouts = [dense<[0, 1]> : tensor<2xindex>], output_operand_aliases = [#stablehlo.output_operand_alias<output_tuple_indices = [0], operand_index = 0, operand_tuple_indices = []>], result_layouts = [dense<[0, 1]> : tensor<2xindex>, dense<> : tensor<0xindex>]} : (tensor<2x3xf32>) -> (tensor<2x3xf32>, tensor<i32>)
  return %y#0 : tensor<2x3xf32>
}

// CHECK-LABEL: func.func private @callee(
// CHECK-SAME:    %{{.+}}: tensor<2x3xf32>) -> tensor<2x3xf32>
func.func private @callee(%a: tensor<2x3xf32>) -> tensor<2x3xf32> {
  return %a : tensor<2x3xf32>
}

// CHECK-LABEL: func.func @string_config(
// CHECK-SAME:    %[[X:.+]]: tensor<2xf32>) -> tensor<2xf32>
// CHECK-NEXT:    %{{.+}} = stablehlo.custom_call @"a name"(%[[X]]) {api_version = 2 : i32, backend_config = "\22quoted\22"} : (tensor<2xf32>) -> tensor<2xf32>
func.func @string_config(%x: tensor<2xf32>) -> tensor<2xf32> {
  %y = stablehlo.custom_call @"a name"(%x) {api_version = 2 : i32, backend_config = "\22quoted\22"} : (tensor<2xf32>) -> tensor<2xf32>
  return %y : tensor<2xf32>
}

// CHECK-LABEL: func.func @tilings(
// CHECK-SAME:    %[[X:.+]]: tensor<2x3xf32>) -> tensor<2x3xf32>
// CHECK-NEXT:    %{{.+}} = stablehlo.custom_call @foo(%[[X]]) {result_tilings = {{\[\[}}dense<[8, 128]> : tensor<2xindex>, dense<2> : tensor<1xindex>]]} : (tensor<2x3xf32>) -> tensor<2x3xf32>
func.func @tilings(%x: tensor<2x3xf32>) -> tensor<2x3xf32> {
  %y = stablehlo.custom_call @foo(%x) {result_tilings = [[dense<[8, 128]> : tensor<2xindex>, dense<2> : tensor<1xindex>]]} : (tensor<2x3xf32>) -> tensor<2x3xf32>
  return %y : tensor<2x3xf32>
}
