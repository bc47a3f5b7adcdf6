// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: %invhlo invert %s --argnums 1 | FileCheck %s
// RUN: %invhlo invert - --argnums 1 --with-ildj < %s | FileCheck %s --check-prefix=ILDJ
// RUN: %invhlo invert %s --argnums 1 | %invhlo invert - --argnums 1 | FileCheck %s --check-prefix=TWICE

// CHECK-LABEL: func.func public @main(
// CHECK-SAME:    %[[K:.+]]: tensor<3xf32>, %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[X:.+]] = stablehlo.divide %[[Y]], %[[K]]
// CHECK:         return %[[X]]

// ILDJ-LABEL: func.func public @main(
// ILDJ-SAME:    -> (tensor<3xf32> {{.*}}, tensor<f32>

// TWICE: stablehlo.multiply
func.func @main(%k: tensor<3xf32>, %x: tensor<3xf32>) -> tensor<3xf32> {
  %y = stablehlo.multiply %k, %x : tensor<3xf32>
  return %y : tensor<3xf32>
}
