// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse | FileCheck %s

// y = erfc x:  x = erf_inv(1 - y), or for small y by Newton steps on
// log erfc x = log y;  log|dx/dy| = x^2 + log(sqrt(pi) / 2).

// CHECK-LABEL: func.func @real.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[C:.+]] = stablehlo.constant dense<1.000000e-01> : tensor<3xf32>
// CHECK:         %[[COMPARE:.+]] = stablehlo.compare LT, %[[Y]], %[[C]] : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
// CHECK:         %[[C2:.+]] = stablehlo.constant dense<1.000000e+00> : tensor<3xf32>
// CHECK:         %[[SUBTRACT:.+]] = stablehlo.subtract %[[C2]], %[[Y]] : tensor<3xf32>
// CHECK:         %[[ERF_INV:.+]] = chlo.erf_inv %[[SUBTRACT]] : tensor<3xf32> -> tensor<3xf32>
// CHECK:         %[[SELECT:.+]] = stablehlo.select %[[COMPARE]], %[[Y]], %[[C]] : tensor<3xi1>, tensor<3xf32>
// CHECK:         %[[LOG:.+]] = stablehlo.log %[[SELECT]] : tensor<3xf32>
// CHECK:         %[[NEGATE:.+]] = stablehlo.negate %[[LOG]] : tensor<3xf32>
// CHECK:         %[[LOG2:.+]] = stablehlo.log %[[NEGATE]] : tensor<3xf32>
// CHECK:         %[[C3:.+]] = stablehlo.constant dense<5.000000e-01> : tensor<3xf32>
// CHECK:         %[[MULTIPLY:.+]] = stablehlo.multiply %[[C3]], %[[LOG2]] : tensor<3xf32>
// CHECK:         %[[C4:.+]] = stablehlo.constant dense<0.572364926> : tensor<3xf32>
// CHECK:         %[[ADD:.+]] = stablehlo.add %[[C4]], %[[MULTIPLY]] : tensor<3xf32>
// CHECK:         %[[SUBTRACT2:.+]] = stablehlo.subtract %[[NEGATE]], %[[ADD]] : tensor<3xf32>
// CHECK:         %[[SQRT:.+]] = stablehlo.sqrt %[[SUBTRACT2]] : tensor<3xf32>
// CHECK:         %[[ERFC:.+]] = chlo.erfc %[[SQRT]] : tensor<3xf32> -> tensor<3xf32>
// CHECK:         %[[LOG3:.+]] = stablehlo.log %[[ERFC]] : tensor<3xf32>
// CHECK:         %[[MULTIPLY2:.+]] = stablehlo.multiply %[[SQRT]], %[[SQRT]] : tensor<3xf32>
// CHECK:         %[[EXPONENTIAL:.+]] = stablehlo.exponential %[[MULTIPLY2]] : tensor<3xf32>
// CHECK:         %[[MULTIPLY3:.+]] = stablehlo.multiply %[[ERFC]], %[[EXPONENTIAL]] : tensor<3xf32>
// CHECK:         %[[SUBTRACT3:.+]] = stablehlo.subtract %[[LOG3]], %[[LOG]] : tensor<3xf32>
// CHECK:         %[[MULTIPLY4:.+]] = stablehlo.multiply %[[SUBTRACT3]], %[[MULTIPLY3]] : tensor<3xf32>
// CHECK:         %[[C5:.+]] = stablehlo.constant dense<0.886226952> : tensor<3xf32>
// CHECK:         %[[MULTIPLY5:.+]] = stablehlo.multiply %[[C5]], %[[MULTIPLY4]] : tensor<3xf32>
// CHECK:         %[[ADD2:.+]] = stablehlo.add %[[SQRT]], %[[MULTIPLY5]] : tensor<3xf32>
// CHECK:         %[[ERFC2:.+]] = chlo.erfc %[[ADD2]] : tensor<3xf32> -> tensor<3xf32>
// CHECK:         %[[LOG4:.+]] = stablehlo.log %[[ERFC2]] : tensor<3xf32>
// CHECK:         %[[MULTIPLY6:.+]] = stablehlo.multiply %[[ADD2]], %[[ADD2]] : tensor<3xf32>
// CHECK:         %[[EXPONENTIAL2:.+]] = stablehlo.exponential %[[MULTIPLY6]] : tensor<3xf32>
// CHECK:         %[[MULTIPLY7:.+]] = stablehlo.multiply %[[ERFC2]], %[[EXPONENTIAL2]] : tensor<3xf32>
// CHECK:         %[[SUBTRACT4:.+]] = stablehlo.subtract %[[LOG4]], %[[LOG]] : tensor<3xf32>
// CHECK:         %[[MULTIPLY8:.+]] = stablehlo.multiply %[[SUBTRACT4]], %[[MULTIPLY7]] : tensor<3xf32>
// CHECK:         %[[MULTIPLY9:.+]] = stablehlo.multiply %[[C5]], %[[MULTIPLY8]] : tensor<3xf32>
// CHECK:         %[[ADD3:.+]] = stablehlo.add %[[ADD2]], %[[MULTIPLY9]] : tensor<3xf32>
// CHECK:         %[[ERFC3:.+]] = chlo.erfc %[[ADD3]] : tensor<3xf32> -> tensor<3xf32>
// CHECK:         %[[LOG5:.+]] = stablehlo.log %[[ERFC3]] : tensor<3xf32>
// CHECK:         %[[MULTIPLY10:.+]] = stablehlo.multiply %[[ADD3]], %[[ADD3]] : tensor<3xf32>
// CHECK:         %[[EXPONENTIAL3:.+]] = stablehlo.exponential %[[MULTIPLY10]] : tensor<3xf32>
// CHECK:         %[[MULTIPLY11:.+]] = stablehlo.multiply %[[ERFC3]], %[[EXPONENTIAL3]] : tensor<3xf32>
// CHECK:         %[[SUBTRACT5:.+]] = stablehlo.subtract %[[LOG5]], %[[LOG]] : tensor<3xf32>
// CHECK:         %[[MULTIPLY12:.+]] = stablehlo.multiply %[[SUBTRACT5]], %[[MULTIPLY11]] : tensor<3xf32>
// CHECK:         %[[MULTIPLY13:.+]] = stablehlo.multiply %[[C5]], %[[MULTIPLY12]] : tensor<3xf32>
// CHECK:         %[[ADD4:.+]] = stablehlo.add %[[ADD3]], %[[MULTIPLY13]] : tensor<3xf32>
// CHECK:         %[[ERFC4:.+]] = chlo.erfc %[[ADD4]] : tensor<3xf32> -> tensor<3xf32>
// CHECK:         %[[LOG6:.+]] = stablehlo.log %[[ERFC4]] : tensor<3xf32>
// CHECK:         %[[MULTIPLY14:.+]] = stablehlo.multiply %[[ADD4]], %[[ADD4]] : tensor<3xf32>
// CHECK:         %[[EXPONENTIAL4:.+]] = stablehlo.exponential %[[MULTIPLY14]] : tensor<3xf32>
// CHECK:         %[[MULTIPLY15:.+]] = stablehlo.multiply %[[ERFC4]], %[[EXPONENTIAL4]] : tensor<3xf32>
// CHECK:         %[[SUBTRACT6:.+]] = stablehlo.subtract %[[LOG6]], %[[LOG]] : tensor<3xf32>
// CHECK:         %[[MULTIPLY16:.+]] = stablehlo.multiply %[[SUBTRACT6]], %[[MULTIPLY15]] : tensor<3xf32>
// CHECK:         %[[MULTIPLY17:.+]] = stablehlo.multiply %[[C5]], %[[MULTIPLY16]] : tensor<3xf32>
// CHECK:         %[[ADD5:.+]] = stablehlo.add %[[ADD4]], %[[MULTIPLY17]] : tensor<3xf32>
// CHECK:         %[[SELECT2:.+]] = stablehlo.select %[[COMPARE]], %[[ADD5]], %[[ERF_INV]] : tensor<3xi1>, tensor<3xf32>
// CHECK:         %[[MULTIPLY18:.+]] = stablehlo.multiply %[[SELECT2]], %[[SELECT2]] : tensor<3xf32>
// CHECK:         %[[C6:.+]] = stablehlo.constant dense<-0.120782241> : tensor<3xf32>
// CHECK:         %[[ADD6:.+]] = stablehlo.add %[[C6]], %[[MULTIPLY18]] : tensor<3xf32>
// CHECK:         return %[[SELECT2]], %[[ADD6]] : tensor<3xf32>, tensor<3xf32>
func.func @real(%x: tensor<3xf32>) -> tensor<3xf32> {
  %y = chlo.erfc %x : tensor<3xf32> -> tensor<3xf32>
  return %y : tensor<3xf32>
}
