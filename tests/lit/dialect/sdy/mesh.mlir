// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s | FileCheck %s
// RUN: invhlo-opt %s --mlir-print-op-generic | invhlo-opt | FileCheck %s

// CHECK: sdy.mesh @mesh = <["x"=2, "y"=4]>
sdy.mesh @mesh = <["x"=2, "y"=4]>

// CHECK: sdy.mesh @one_device = <[]>
sdy.mesh @one_device = <[]>

// CHECK: sdy.mesh @device_of_choice = <[], device_ids=[3]>
sdy.mesh @device_of_choice = <[], device_ids=[3]>

// CHECK: sdy.mesh @reversed = <["a"=4], device_ids=[3, 2, 1, 0]>
sdy.mesh @reversed = <["a"=4], device_ids=[3, 2, 1, 0]>

// CHECK: sdy.mesh @"a name" = <["\22"=1]> {jax.note = "a"}
sdy.mesh @"a name" = <["\22"=1]> {jax.note = "a"}
