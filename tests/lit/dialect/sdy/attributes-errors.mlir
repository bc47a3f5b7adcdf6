// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s --split-input-file --verify-diagnostics

// expected-error @+1 {{axis size must be at least 1, got: 0}}
"test.op"() {a = #sdy.mesh<["x"=0]>} : () -> ()

// -----

// expected-error @+1 {{duplicate axis name: "x"}}
"test.op"() {a = #sdy.mesh<["x"=2, "x"=2]>} : () -> ()

// -----

// expected-error @+1 {{device ids must be those below 2, each once}}
"test.op"() {a = #sdy.mesh<["x"=2], device_ids=[0, 0]>} : () -> ()

// -----

// expected-error @+1 {{device id must not be negative, got: -1}}
"test.op"() {a = #sdy.mesh<[], device_ids=[-1]>} : () -> ()

// -----

// expected-error @+1 {{sub-axis size must be at least 2, got: 1}}
"test.op"() {a = #sdy<axis_ref "x":(2)1>} : () -> ()

// -----

// expected-error @+1 {{sub-axis pre-size must be at least 1, got: 0}}
"test.op"() {a = #sdy<axis_ref "x":(0)2>} : () -> ()

// -----

// expected-error @+1 {{expected a priority such as 'p1'}}
"test.op"() {a = #sdy<dimension_sharding {"x"}q1>} : () -> ()

// -----

// expected-error @+1 {{expected '}'}}
"test.op"() {a = #sdy<dimension_sharding {?, "x"}>} : () -> ()

// -----

// expected-error @+1 {{expected 'replicated' or 'unreduced', once each}}
"test.op"() {a = #sdy.sharding<@m, [{}], replicated={"x"}, replicated={"y"}>} : () -> ()

// -----

// expected-error @+1 {{expected factors i to z, z_1, z_2 and so on, got: 'a'}}
"test.op"() {a = #sdy.op_sharding_rule<([a])->([i]) {i=1}>} : () -> ()

// -----

// expected-error @+1 {{expected the sizes of all factors in order}}
"test.op"() {a = #sdy.op_sharding_rule<([i, j])->([i]) {j=1, i=1}>} : () -> ()

// -----

// expected-error @+1 {{expected one factor}}
"test.op"() {a = #sdy.op_sharding_rule<([i, j])->([i]) {i=1, j=1} reduction={ij}>} : () -> ()

// -----

// expected-error @+1 {{expected 'operand' or 'result'}}
"test.op"() {a = #sdy<edge_value_ref argument-0>} : () -> ()
