// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert -split-input-file -verify-diagnostics

// A choice that another result may contradict is not made.

// expected-note @+1 {{the unknown is argument #0}}
func.func @angle(%t: tensor<3xf32>) -> (tensor<3xf32>, tensor<3xf32>) {
  // expected-error @+1 {{cannot be inverted: several values have the same result, and another result may say which is meant}}
  %c = stablehlo.cosine %t : tensor<3xf32>
  // expected-note @+1 {{this cannot be solved for it, but depends on the choice}}
  %s = stablehlo.sine %t : tensor<3xf32>
  return %c, %s : tensor<3xf32>, tensor<3xf32>
}

// -----

// expected-note @+1 {{the unknown is argument #0}}
func.func @sign(%x: tensor<3xf32>) -> (tensor<3xf32>, tensor<3xf32>) {
  // expected-error @+1 {{several values have the same result}}
  %a = stablehlo.abs %x : tensor<3xf32>
  // expected-note @+1 {{depends on the choice}}
  %s = stablehlo.sign %x : tensor<3xf32>
  return %a, %s : tensor<3xf32>, tensor<3xf32>
}

// -----

// What is computed from the choice depends on it as well.

// expected-note @+1 {{the unknown is argument #0}}
func.func @later(%x: tensor<2xf32>) -> (tensor<2xf32>, tensor<2xf32>) {
  // expected-error @+1 {{several values have the same result}}
  %a = chlo.square %x : tensor<2xf32> -> tensor<2xf32>
  %f = stablehlo.floor %x : tensor<2xf32>
  // expected-note @+1 {{depends on the choice}}
  %e = stablehlo.exponential %f : tensor<2xf32>
  %s = stablehlo.add %e, %f : tensor<2xf32>
  return %a, %s : tensor<2xf32>, tensor<2xf32>
}

// -----

// Copies of a choice that need not be the same.

// expected-note @+1 {{the unknown is argument #0}}
func.func @copies(%x: tensor<f32>) -> tensor<3xf32> {
  %k = stablehlo.constant dense<[1.0, 2.0, 3.0]> : tensor<3xf32>
  // expected-note @+1 {{depends on the choice}}
  %b = stablehlo.broadcast_in_dim %x, dims = [] : (tensor<f32>) -> tensor<3xf32>
  %p = stablehlo.multiply %b, %k : tensor<3xf32>
  // expected-error @+1 {{several values have the same result}}
  %c = stablehlo.cosine %p : tensor<3xf32>
  return %c : tensor<3xf32>
}

// -----

// Inside of a function that is called.

func.func private @polar(%t: tensor<3xf32>) -> (tensor<3xf32>, tensor<3xf32>) {
  // expected-error @+1 {{several values have the same result}}
  %c = stablehlo.cosine %t : tensor<3xf32>
  // expected-note @+1 {{depends on the choice}}
  %s = stablehlo.sine %t : tensor<3xf32>
  return %c, %s : tensor<3xf32>, tensor<3xf32>
}

// expected-note @+1 {{the unknown is argument #0}}
func.func @main(%t: tensor<3xf32>) -> (tensor<3xf32>, tensor<3xf32>) {
  // expected-note @+1 {{called from here}}
  %c, %s = call @polar(%t) : (tensor<3xf32>) -> (tensor<3xf32>, tensor<3xf32>)
  return %c, %s : tensor<3xf32>, tensor<3xf32>
}
