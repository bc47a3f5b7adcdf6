// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: invhlo-opt %s -invhlo-invert="log-det=shares" -cse | FileCheck %s

// y = erfc x:  x = erf_inv(1 - y), or for small y by Halley steps on
// log erfc x = log y;  log|dx/dy| = x^2 + log(sqrt(pi) / 2).

// CHECK-LABEL: func.func @real.inverse(
// CHECK-SAME:    %[[Y:.+]]: tensor<3xf32>)
// CHECK:         %[[C:.+]] = stablehlo.constant dense<1.000000e-01> : tensor<3xf32>
// CHECK:         %[[COMPARE:.+]] = stablehlo.compare LT, %[[Y]], %[[C]] : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
// CHECK:         %[[C2:.+]] = stablehlo.constant dense<5.000000e-02> : tensor<3xf32>
// CHECK:         %[[SELECT:.+]] = stablehlo.select %[[COMPARE]], %[[Y]], %[[C2]] : tensor<3xi1>, tensor<3xf32>
// CHECK:         %[[LOG:.+]] = stablehlo.log %[[SELECT]] : tensor<3xf32>
// CHECK:         %[[C3:.+]] = stablehlo.constant dense<0xFF800000> : tensor<3xf32>
// CHECK:         %[[COMPARE2:.+]] = stablehlo.compare EQ, %[[LOG]], %[[C3]] : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
// CHECK:         %[[C4:.+]] = stablehlo.constant dense<-3.000000e+00> : tensor<3xf32>
// CHECK:         %[[SELECT2:.+]] = stablehlo.select %[[COMPARE2]], %[[LOG]], %[[C4]] : tensor<3xi1>, tensor<3xf32>
// CHECK:         %[[NEGATE:.+]] = stablehlo.negate %[[SELECT2]] : tensor<3xf32>
// CHECK:         %[[SELECT3:.+]] = stablehlo.select %[[COMPARE2]], %[[C4]], %[[LOG]] : tensor<3xi1>, tensor<3xf32>
// CHECK:         %[[NEGATE2:.+]] = stablehlo.negate %[[SELECT3]] : tensor<3xf32>
// CHECK:         %[[LOG2:.+]] = stablehlo.log %[[NEGATE2]] : tensor<3xf32>
// CHECK:         %[[C5:.+]] = stablehlo.constant dense<5.000000e-01> : tensor<3xf32>
// CHECK:         %[[MULTIPLY:.+]] = stablehlo.multiply %[[C5]], %[[LOG2]] : tensor<3xf32>
// CHECK:         %[[C6:.+]] = stablehlo.constant dense<0.572364926> : tensor<3xf32>
// CHECK:         %[[ADD:.+]] = stablehlo.add %[[C6]], %[[MULTIPLY]] : tensor<3xf32>
// CHECK:         %[[SUBTRACT:.+]] = stablehlo.subtract %[[NEGATE2]], %[[ADD]] : tensor<3xf32>
// CHECK:         %[[SQRT:.+]] = stablehlo.sqrt %[[SUBTRACT]] : tensor<3xf32>
// CHECK:         %[[C7:.+]] = stablehlo.constant dense<5.000000e+00> : tensor<3xf32>
// CHECK:         %[[COMPARE3:.+]] = stablehlo.compare LT, %[[C7]], %[[SQRT]] : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
// CHECK:         %[[SELECT4:.+]] = stablehlo.select %[[COMPARE3]], %[[C7]], %[[SQRT]] : tensor<3xi1>, tensor<3xf32>
// CHECK:         %[[ERFC:.+]] = chlo.erfc %[[SELECT4]] : tensor<3xf32> -> tensor<3xf32>
// CHECK:         %[[MULTIPLY2:.+]] = stablehlo.multiply %[[SELECT4]], %[[SELECT4]] : tensor<3xf32>
// CHECK:         %[[EXPONENTIAL:.+]] = stablehlo.exponential %[[MULTIPLY2]] : tensor<3xf32>
// CHECK:         %[[MULTIPLY3:.+]] = stablehlo.multiply %[[ERFC]], %[[EXPONENTIAL]] : tensor<3xf32>
// CHECK:         %[[SELECT5:.+]] = stablehlo.select %[[COMPARE3]], %[[SQRT]], %[[C7]] : tensor<3xi1>, tensor<3xf32>
// CHECK:         %[[MULTIPLY4:.+]] = stablehlo.multiply %[[SELECT5]], %[[SELECT5]] : tensor<3xf32>
// CHECK:         %[[C8:.+]] = stablehlo.constant dense<-5.000000e-01> : tensor<3xf32>
// CHECK:         %[[DIVIDE:.+]] = stablehlo.divide %[[C8]], %[[MULTIPLY4]] : tensor<3xf32>
// CHECK:         %[[C9:.+]] = stablehlo.constant dense<1.000000e+00> : tensor<3xf32>
// CHECK:         %[[C10:.+]] = stablehlo.constant dense<1.500000e+01> : tensor<3xf32>
// CHECK:         %[[MULTIPLY5:.+]] = stablehlo.multiply %[[C10]], %[[DIVIDE]] : tensor<3xf32>
// CHECK:         %[[MULTIPLY6:.+]] = stablehlo.multiply %[[MULTIPLY5]], %[[C9]] : tensor<3xf32>
// CHECK:         %[[ADD2:.+]] = stablehlo.add %[[C9]], %[[MULTIPLY6]] : tensor<3xf32>
// CHECK:         %[[C11:.+]] = stablehlo.constant dense<1.300000e+01> : tensor<3xf32>
// CHECK:         %[[MULTIPLY7:.+]] = stablehlo.multiply %[[C11]], %[[DIVIDE]] : tensor<3xf32>
// CHECK:         %[[MULTIPLY8:.+]] = stablehlo.multiply %[[MULTIPLY7]], %[[ADD2]] : tensor<3xf32>
// CHECK:         %[[ADD3:.+]] = stablehlo.add %[[C9]], %[[MULTIPLY8]] : tensor<3xf32>
// CHECK:         %[[C12:.+]] = stablehlo.constant dense<1.100000e+01> : tensor<3xf32>
// CHECK:         %[[MULTIPLY9:.+]] = stablehlo.multiply %[[C12]], %[[DIVIDE]] : tensor<3xf32>
// CHECK:         %[[MULTIPLY10:.+]] = stablehlo.multiply %[[MULTIPLY9]], %[[ADD3]] : tensor<3xf32>
// CHECK:         %[[ADD4:.+]] = stablehlo.add %[[C9]], %[[MULTIPLY10]] : tensor<3xf32>
// CHECK:         %[[C13:.+]] = stablehlo.constant dense<9.000000e+00> : tensor<3xf32>
// CHECK:         %[[MULTIPLY11:.+]] = stablehlo.multiply %[[C13]], %[[DIVIDE]] : tensor<3xf32>
// CHECK:         %[[MULTIPLY12:.+]] = stablehlo.multiply %[[MULTIPLY11]], %[[ADD4]] : tensor<3xf32>
// CHECK:         %[[ADD5:.+]] = stablehlo.add %[[C9]], %[[MULTIPLY12]] : tensor<3xf32>
// CHECK:         %[[C14:.+]] = stablehlo.constant dense<7.000000e+00> : tensor<3xf32>
// CHECK:         %[[MULTIPLY13:.+]] = stablehlo.multiply %[[C14]], %[[DIVIDE]] : tensor<3xf32>
// CHECK:         %[[MULTIPLY14:.+]] = stablehlo.multiply %[[MULTIPLY13]], %[[ADD5]] : tensor<3xf32>
// CHECK:         %[[ADD6:.+]] = stablehlo.add %[[C9]], %[[MULTIPLY14]] : tensor<3xf32>
// CHECK:         %[[MULTIPLY15:.+]] = stablehlo.multiply %[[C7]], %[[DIVIDE]] : tensor<3xf32>
// CHECK:         %[[MULTIPLY16:.+]] = stablehlo.multiply %[[MULTIPLY15]], %[[ADD6]] : tensor<3xf32>
// CHECK:         %[[ADD7:.+]] = stablehlo.add %[[C9]], %[[MULTIPLY16]] : tensor<3xf32>
// CHECK:         %[[C15:.+]] = stablehlo.constant dense<3.000000e+00> : tensor<3xf32>
// CHECK:         %[[MULTIPLY17:.+]] = stablehlo.multiply %[[C15]], %[[DIVIDE]] : tensor<3xf32>
// CHECK:         %[[MULTIPLY18:.+]] = stablehlo.multiply %[[MULTIPLY17]], %[[ADD7]] : tensor<3xf32>
// CHECK:         %[[ADD8:.+]] = stablehlo.add %[[C9]], %[[MULTIPLY18]] : tensor<3xf32>
// CHECK:         %[[MULTIPLY19:.+]] = stablehlo.multiply %[[C9]], %[[DIVIDE]] : tensor<3xf32>
// CHECK:         %[[MULTIPLY20:.+]] = stablehlo.multiply %[[MULTIPLY19]], %[[ADD8]] : tensor<3xf32>
// CHECK:         %[[ADD9:.+]] = stablehlo.add %[[C9]], %[[MULTIPLY20]] : tensor<3xf32>
// CHECK:         %[[C16:.+]] = stablehlo.constant dense<1.7724539> : tensor<3xf32>
// CHECK:         %[[MULTIPLY21:.+]] = stablehlo.multiply %[[C16]], %[[SELECT5]] : tensor<3xf32>
// CHECK:         %[[DIVIDE2:.+]] = stablehlo.divide %[[ADD9]], %[[MULTIPLY21]] : tensor<3xf32>
// CHECK:         %[[MULTIPLY22:.+]] = stablehlo.multiply %[[SQRT]], %[[SQRT]] : tensor<3xf32>
// CHECK:         %[[LOG3:.+]] = stablehlo.log %[[DIVIDE2]] : tensor<3xf32>
// CHECK:         %[[SUBTRACT2:.+]] = stablehlo.subtract %[[LOG3]], %[[MULTIPLY22]] : tensor<3xf32>
// CHECK:         %[[LOG4:.+]] = stablehlo.log %[[ERFC]] : tensor<3xf32>
// CHECK:         %[[SELECT6:.+]] = stablehlo.select %[[COMPARE3]], %[[SUBTRACT2]], %[[LOG4]] : tensor<3xi1>, tensor<3xf32>
// CHECK:         %[[SELECT7:.+]] = stablehlo.select %[[COMPARE3]], %[[DIVIDE2]], %[[MULTIPLY3]] : tensor<3xi1>, tensor<3xf32>
// CHECK:         %[[C17:.+]] = stablehlo.constant dense<0.886226952> : tensor<3xf32>
// CHECK:         %[[MULTIPLY23:.+]] = stablehlo.multiply %[[C17]], %[[SELECT7]] : tensor<3xf32>
// CHECK:         %[[SUBTRACT3:.+]] = stablehlo.subtract %[[SELECT6]], %[[SELECT3]] : tensor<3xf32>
// CHECK:         %[[MULTIPLY24:.+]] = stablehlo.multiply %[[SUBTRACT3]], %[[MULTIPLY23]] : tensor<3xf32>
// CHECK:         %[[DIVIDE3:.+]] = stablehlo.divide %[[C5]], %[[MULTIPLY23]] : tensor<3xf32>
// CHECK:         %[[SUBTRACT4:.+]] = stablehlo.subtract %[[DIVIDE3]], %[[SQRT]] : tensor<3xf32>
// CHECK:         %[[MULTIPLY25:.+]] = stablehlo.multiply %[[MULTIPLY24]], %[[SUBTRACT4]] : tensor<3xf32>
// CHECK:         %[[ADD10:.+]] = stablehlo.add %[[C9]], %[[MULTIPLY25]] : tensor<3xf32>
// CHECK:         %[[DIVIDE4:.+]] = stablehlo.divide %[[MULTIPLY24]], %[[ADD10]] : tensor<3xf32>
// CHECK:         %[[ADD11:.+]] = stablehlo.add %[[SQRT]], %[[DIVIDE4]] : tensor<3xf32>
// CHECK:         %[[COMPARE4:.+]] = stablehlo.compare LT, %[[C7]], %[[ADD11]] : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
// CHECK:         %[[SELECT8:.+]] = stablehlo.select %[[COMPARE4]], %[[C7]], %[[ADD11]] : tensor<3xi1>, tensor<3xf32>
// CHECK:         %[[ERFC2:.+]] = chlo.erfc %[[SELECT8]] : tensor<3xf32> -> tensor<3xf32>
// CHECK:         %[[MULTIPLY26:.+]] = stablehlo.multiply %[[SELECT8]], %[[SELECT8]] : tensor<3xf32>
// CHECK:         %[[EXPONENTIAL2:.+]] = stablehlo.exponential %[[MULTIPLY26]] : tensor<3xf32>
// CHECK:         %[[MULTIPLY27:.+]] = stablehlo.multiply %[[ERFC2]], %[[EXPONENTIAL2]] : tensor<3xf32>
// CHECK:         %[[SELECT9:.+]] = stablehlo.select %[[COMPARE4]], %[[ADD11]], %[[C7]] : tensor<3xi1>, tensor<3xf32>
// CHECK:         %[[MULTIPLY28:.+]] = stablehlo.multiply %[[SELECT9]], %[[SELECT9]] : tensor<3xf32>
// CHECK:         %[[DIVIDE5:.+]] = stablehlo.divide %[[C8]], %[[MULTIPLY28]] : tensor<3xf32>
// CHECK:         %[[MULTIPLY29:.+]] = stablehlo.multiply %[[C10]], %[[DIVIDE5]] : tensor<3xf32>
// CHECK:         %[[MULTIPLY30:.+]] = stablehlo.multiply %[[MULTIPLY29]], %[[C9]] : tensor<3xf32>
// CHECK:         %[[ADD12:.+]] = stablehlo.add %[[C9]], %[[MULTIPLY30]] : tensor<3xf32>
// CHECK:         %[[MULTIPLY31:.+]] = stablehlo.multiply %[[C11]], %[[DIVIDE5]] : tensor<3xf32>
// CHECK:         %[[MULTIPLY32:.+]] = stablehlo.multiply %[[MULTIPLY31]], %[[ADD12]] : tensor<3xf32>
// CHECK:         %[[ADD13:.+]] = stablehlo.add %[[C9]], %[[MULTIPLY32]] : tensor<3xf32>
// CHECK:         %[[MULTIPLY33:.+]] = stablehlo.multiply %[[C12]], %[[DIVIDE5]] : tensor<3xf32>
// CHECK:         %[[MULTIPLY34:.+]] = stablehlo.multiply %[[MULTIPLY33]], %[[ADD13]] : tensor<3xf32>
// CHECK:         %[[ADD14:.+]] = stablehlo.add %[[C9]], %[[MULTIPLY34]] : tensor<3xf32>
// CHECK:         %[[MULTIPLY35:.+]] = stablehlo.multiply %[[C13]], %[[DIVIDE5]] : tensor<3xf32>
// CHECK:         %[[MULTIPLY36:.+]] = stablehlo.multiply %[[MULTIPLY35]], %[[ADD14]] : tensor<3xf32>
// CHECK:         %[[ADD15:.+]] = stablehlo.add %[[C9]], %[[MULTIPLY36]] : tensor<3xf32>
// CHECK:         %[[MULTIPLY37:.+]] = stablehlo.multiply %[[C14]], %[[DIVIDE5]] : tensor<3xf32>
// CHECK:         %[[MULTIPLY38:.+]] = stablehlo.multiply %[[MULTIPLY37]], %[[ADD15]] : tensor<3xf32>
// CHECK:         %[[ADD16:.+]] = stablehlo.add %[[C9]], %[[MULTIPLY38]] : tensor<3xf32>
// CHECK:         %[[MULTIPLY39:.+]] = stablehlo.multiply %[[C7]], %[[DIVIDE5]] : tensor<3xf32>
// CHECK:         %[[MULTIPLY40:.+]] = stablehlo.multiply %[[MULTIPLY39]], %[[ADD16]] : tensor<3xf32>
// CHECK:         %[[ADD17:.+]] = stablehlo.add %[[C9]], %[[MULTIPLY40]] : tensor<3xf32>
// CHECK:         %[[MULTIPLY41:.+]] = stablehlo.multiply %[[C15]], %[[DIVIDE5]] : tensor<3xf32>
// CHECK:         %[[MULTIPLY42:.+]] = stablehlo.multiply %[[MULTIPLY41]], %[[ADD17]] : tensor<3xf32>
// CHECK:         %[[ADD18:.+]] = stablehlo.add %[[C9]], %[[MULTIPLY42]] : tensor<3xf32>
// CHECK:         %[[MULTIPLY43:.+]] = stablehlo.multiply %[[C9]], %[[DIVIDE5]] : tensor<3xf32>
// CHECK:         %[[MULTIPLY44:.+]] = stablehlo.multiply %[[MULTIPLY43]], %[[ADD18]] : tensor<3xf32>
// CHECK:         %[[ADD19:.+]] = stablehlo.add %[[C9]], %[[MULTIPLY44]] : tensor<3xf32>
// CHECK:         %[[MULTIPLY45:.+]] = stablehlo.multiply %[[C16]], %[[SELECT9]] : tensor<3xf32>
// CHECK:         %[[DIVIDE6:.+]] = stablehlo.divide %[[ADD19]], %[[MULTIPLY45]] : tensor<3xf32>
// CHECK:         %[[MULTIPLY46:.+]] = stablehlo.multiply %[[ADD11]], %[[ADD11]] : tensor<3xf32>
// CHECK:         %[[LOG5:.+]] = stablehlo.log %[[DIVIDE6]] : tensor<3xf32>
// CHECK:         %[[SUBTRACT5:.+]] = stablehlo.subtract %[[LOG5]], %[[MULTIPLY46]] : tensor<3xf32>
// CHECK:         %[[LOG6:.+]] = stablehlo.log %[[ERFC2]] : tensor<3xf32>
// CHECK:         %[[SELECT10:.+]] = stablehlo.select %[[COMPARE4]], %[[SUBTRACT5]], %[[LOG6]] : tensor<3xi1>, tensor<3xf32>
// CHECK:         %[[SELECT11:.+]] = stablehlo.select %[[COMPARE4]], %[[DIVIDE6]], %[[MULTIPLY27]] : tensor<3xi1>, tensor<3xf32>
// CHECK:         %[[MULTIPLY47:.+]] = stablehlo.multiply %[[C17]], %[[SELECT11]] : tensor<3xf32>
// CHECK:         %[[SUBTRACT6:.+]] = stablehlo.subtract %[[SELECT10]], %[[SELECT3]] : tensor<3xf32>
// CHECK:         %[[MULTIPLY48:.+]] = stablehlo.multiply %[[SUBTRACT6]], %[[MULTIPLY47]] : tensor<3xf32>
// CHECK:         %[[DIVIDE7:.+]] = stablehlo.divide %[[C5]], %[[MULTIPLY47]] : tensor<3xf32>
// CHECK:         %[[SUBTRACT7:.+]] = stablehlo.subtract %[[DIVIDE7]], %[[ADD11]] : tensor<3xf32>
// CHECK:         %[[MULTIPLY49:.+]] = stablehlo.multiply %[[MULTIPLY48]], %[[SUBTRACT7]] : tensor<3xf32>
// CHECK:         %[[ADD20:.+]] = stablehlo.add %[[C9]], %[[MULTIPLY49]] : tensor<3xf32>
// CHECK:         %[[DIVIDE8:.+]] = stablehlo.divide %[[MULTIPLY48]], %[[ADD20]] : tensor<3xf32>
// CHECK:         %[[ADD21:.+]] = stablehlo.add %[[ADD11]], %[[DIVIDE8]] : tensor<3xf32>
// CHECK:         %[[SELECT12:.+]] = stablehlo.select %[[COMPARE2]], %[[NEGATE]], %[[ADD21]] : tensor<3xi1>, tensor<3xf32>
// CHECK:         %[[SELECT13:.+]] = stablehlo.select %[[COMPARE]], %[[C5]], %[[Y]] : tensor<3xi1>, tensor<3xf32>
// CHECK:         %[[SUBTRACT8:.+]] = stablehlo.subtract %[[C9]], %[[SELECT13]] : tensor<3xf32>
// CHECK:         %[[ERF_INV:.+]] = chlo.erf_inv %[[SUBTRACT8]] : tensor<3xf32> -> tensor<3xf32>
// CHECK:         %[[SELECT14:.+]] = stablehlo.select %[[COMPARE]], %[[SELECT12]], %[[ERF_INV]] : tensor<3xi1>, tensor<3xf32>
// CHECK:         %[[MULTIPLY50:.+]] = stablehlo.multiply %[[SELECT14]], %[[SELECT14]] : tensor<3xf32>
// CHECK:         %[[C18:.+]] = stablehlo.constant dense<-0.120782241> : tensor<3xf32>
// CHECK:         %[[ADD22:.+]] = stablehlo.add %[[C18]], %[[MULTIPLY50]] : tensor<3xf32>
// CHECK:         return %[[SELECT14]], %[[ADD22]] : tensor<3xf32>, tensor<3xf32>
func.func @real(%x: tensor<3xf32>) -> tensor<3xf32> {
  %y = chlo.erfc %x : tensor<3xf32> -> tensor<3xf32>
  return %y : tensor<3xf32>
}
