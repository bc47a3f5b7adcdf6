// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The CHLO dialect and the tensor types its ops accept.

#ifndef INVHLO_CHLO_CHLOBASE_TD
#define INVHLO_CHLO_CHLOBASE_TD

include "mlir/Dialect/Quant/IR/QuantBase.td"
include "mlir/IR/OpBase.td"

def CHLO_Dialect : Dialect {
  let name = "chlo";
  let cppNamespace = "::invhlo::chlo";
  let summary = "Functions of numerical computing above StableHLO";
  let description = [{
    CHLO holds what JAX emits and StableHLO has no op for: inverse
    trigonometric and hyperbolic functions, error and gamma functions, top-k,
    ragged products, and elementwise ops that broadcast implicitly. Text is
    the same as jaxlib's, in the pretty and in the generic form.
  }];
  let useDefaultAttributePrinterParser = 1;
  let hasConstantMaterializer = 1;
  let extraClassDeclaration = [{
    void registerAttributes();
  }];
}

def CHLO_Pred : TypeAlias<I1, "bool">;

def CHLO_Int : AnyTypeOf<
    [SignlessIntOfWidths<[2, 4, 8, 16, 32, 64]>,
     UnsignedIntOfWidths<[2, 4, 8, 16, 32, 64]>],
    "2/4/8/16/32/64-bit integer">;

def CHLO_Float : AnyTypeOf<
    [F4E2M1FN, F6E2M3FN, F6E3M2FN, F8E3M4, F8E4M3, F8E4M3FN, F8E4M3FNUZ,
     F8E4M3B11FNUZ, F8E5M2, F8E5M2FNUZ, F8E8M0FNU, F16, BF16, F32, F64],
    "4/6/8/16/32/64-bit float">;

def CHLO_Complex : Complex<AnyTypeOf<[F32, F64]>> {
  let summary = "complex type with 32/64-bit float elements";
}

def CHLO_Quantized
    : Type<CPred<"::llvm::isa<::mlir::quant::UniformQuantizedType,"
                 "::mlir::quant::UniformQuantizedPerAxisType>($_self)">,
           "per-tensor or per-axis integer quantized">;

def CHLO_FpTensor : TensorOf<[CHLO_Float]>;
def CHLO_FpOrComplexTensor : TensorOf<[CHLO_Float, CHLO_Complex]>;
def CHLO_ComplexTensor : TensorOf<[CHLO_Complex]>;
def CHLO_PredTensor : TensorOf<[CHLO_Pred]>;
def CHLO_PredOrIntTensor : TensorOf<[CHLO_Pred, CHLO_Int]>;
def CHLO_AnyTensor
    : TensorOf<[CHLO_Float, CHLO_Pred, CHLO_Int, CHLO_Complex,
                CHLO_Quantized]>;
def CHLO_RankedIntTensor : RankedTensorOf<[CHLO_Int]>;
def CHLO_RankedPredTensor : RankedTensorOf<[CHLO_Pred]>;

#endif // INVHLO_CHLO_CHLOBASE_TD
