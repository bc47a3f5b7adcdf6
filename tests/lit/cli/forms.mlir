// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: rm -f %t.*
// RUN: %invhlo invert %s --emit portable --stablehlo-version 1.0.0 -o %t.portable
// RUN: %invhlo inspect %t.portable | FileCheck %s
// RUN: %invhlo invert %t.portable -o %t.back
// RUN: %invhlo inspect --json %t.back | FileCheck %s --check-prefix=BACK
// RUN: not %invhlo invert %s -o %t.back 2>&1 | FileCheck %s --check-prefix=EXISTS

// CHECK: portable StableHLO artifact
// CHECK: main.inverse
// CHECK: argument [0] {{.*}}i32[4]
// CHECK: result 0 {{.*}}i32[4]
// CHECK: StableHLO {{.*}}1.0.0

// BACK: "form": "portable"
// BACK: "stablehlo_version": "1.0.0"

// EXISTS: it exists; --force overwrites it
func.func @main(%x: tensor<4xi32>) -> tensor<4xi32> {
  %y = stablehlo.negate %x : tensor<4xi32>
  return %y : tensor<4xi32>
}
