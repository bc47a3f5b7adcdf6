// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: not %invhlo invert %s 2>&1 | FileCheck %s

// CHECK:     invhlo: {{.*}}refused.mlir: cannot invert `main`: 'stablehlo.sign' op cannot be inverted{{.*}}at line 10,
// CHECK-NOT: Traceback
func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> {
  %y = stablehlo.sign %x : tensor<4xf32>
  return %y : tensor<4xf32>
}
