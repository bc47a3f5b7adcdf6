// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

func.func @log_ndtr.of_f32(%arg0: tensor<2xf32>) -> tensor<2xf32> {
  %cst = stablehlo.constant dense<5.000000e+00> : tensor<2xf32>
  %0 = stablehlo.compare GT, %arg0, %cst, FLOAT : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xi1>
  %1 = stablehlo.negate %arg0 : tensor<2xf32>
  %cst_0 = stablehlo.constant dense<-1.000000e+01> : tensor<2xf32>
  %2 = stablehlo.maximum %arg0, %cst_0 : tensor<2xf32>
  %3 = stablehlo.select %0, %1, %2 : tensor<2xi1>, tensor<2xf32>
  %cst_1 = stablehlo.constant dense<0.707106769> : tensor<2xf32>
  %4 = stablehlo.multiply %3, %cst_1 : tensor<2xf32>
  %5 = stablehlo.abs %4 : tensor<2xf32>
  %6 = stablehlo.compare LT, %5, %cst_1, FLOAT : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xi1>
  %7 = chlo.erf %4 : tensor<2xf32> -> tensor<2xf32>
  %cst_2 = stablehlo.constant dense<1.000000e+00> : tensor<2xf32>
  %8 = stablehlo.add %cst_2, %7 : tensor<2xf32>
  %cst_3 = stablehlo.constant dense<0.000000e+00> : tensor<2xf32>
  %9 = stablehlo.compare GT, %4, %cst_3, FLOAT : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xi1>
  %10 = chlo.erfc %5 : tensor<2xf32> -> tensor<2xf32>
  %cst_4 = stablehlo.constant dense<2.000000e+00> : tensor<2xf32>
  %11 = stablehlo.subtract %cst_4, %10 : tensor<2xf32>
  %12 = stablehlo.select %9, %11, %10 : tensor<2xi1>, tensor<2xf32>
  %13 = stablehlo.select %6, %8, %12 : tensor<2xi1>, tensor<2xf32>
  %cst_5 = stablehlo.constant dense<5.000000e-01> : tensor<2xf32>
  %14 = stablehlo.multiply %cst_5, %13 : tensor<2xf32>
  %15 = stablehlo.negate %14 : tensor<2xf32>
  %16 = stablehlo.compare GT, %arg0, %cst_0, FLOAT : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xi1>
  %17 = stablehlo.log %14 : tensor<2xf32>
  %18 = stablehlo.minimum %arg0, %cst_0 : tensor<2xf32>
  %19 = chlo.square %18 : tensor<2xf32> -> tensor<2xf32>
  %cst_6 = stablehlo.constant dense<-5.000000e-01> : tensor<2xf32>
  %20 = stablehlo.multiply %cst_6, %19 : tensor<2xf32>
  %21 = stablehlo.negate %18 : tensor<2xf32>
  %22 = stablehlo.log %21 : tensor<2xf32>
  %23 = stablehlo.subtract %20, %22 : tensor<2xf32>
  %cst_7 = stablehlo.constant dense<0.918938517> : tensor<2xf32>
  %24 = stablehlo.subtract %23, %cst_7 : tensor<2xf32>
  %25 = stablehlo.divide %cst_2, %19 : tensor<2xf32>
  %26 = stablehlo.add %cst_3, %25 : tensor<2xf32>
  %27 = stablehlo.multiply %19, %19 : tensor<2xf32>
  %cst_8 = stablehlo.constant dense<3.000000e+00> : tensor<2xf32>
  %28 = stablehlo.divide %cst_8, %27 : tensor<2xf32>
  %29 = stablehlo.add %cst_3, %28 : tensor<2xf32>
  %30 = stablehlo.multiply %27, %19 : tensor<2xf32>
  %cst_9 = stablehlo.constant dense<1.500000e+01> : tensor<2xf32>
  %31 = stablehlo.divide %cst_9, %30 : tensor<2xf32>
  %32 = stablehlo.add %26, %31 : tensor<2xf32>
  %33 = stablehlo.add %cst_2, %29 : tensor<2xf32>
  %34 = stablehlo.subtract %33, %32 : tensor<2xf32>
  %35 = stablehlo.log %34 : tensor<2xf32>
  %36 = stablehlo.add %24, %35 : tensor<2xf32>
  %37 = stablehlo.select %16, %17, %36 : tensor<2xi1>, tensor<2xf32>
  %38 = stablehlo.select %0, %15, %37 : tensor<2xi1>, tensor<2xf32>
  return %38 : tensor<2xf32>
}
