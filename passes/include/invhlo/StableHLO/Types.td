// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef INVHLO_STABLEHLO_TYPES_TD
#define INVHLO_STABLEHLO_TYPES_TD

include "mlir/IR/AttrTypeBase.td"
include "mlir/IR/CommonTypeConstraints.td"
include "invhlo/StableHLO/Dialect.td"

class StableHLO_Type<string name, string typeMnemonic>
    : TypeDef<StableHLO_Dialect, name> {
  let mnemonic = typeMnemonic;
}

def StableHLO_Token : StableHLO_Type<"Token", "token"> {
  let summary = "Orders side effects; carries no data";
}

def StableHLO_Future : StableHLO_Type<"Future", "future"> {
  let summary = "The results an asynchronous op will have";
  let parameters = (ins ArrayRefParameter<"::mlir::Type", "types">:$types);
  let assemblyFormat = "`<` $types `>`";
  let genVerifyDecl = 1;
}

def StableHLO_Pred : TypeAlias<I1, "predicate (i1)">;
def StableHLO_Quantized
    : Type<CPred<"::llvm::isa<::mlir::quant::QuantizedType>($_self)">,
           "quantized element">;
def StableHLO_Element
    : AnyTypeOf<[AnyInteger, Index, AnyFloat, AnyComplex, StableHLO_Quantized]>;

def StableHLO_Tensor : RankedTensorOf<[StableHLO_Element]>;
def StableHLO_PredTensor : RankedTensorOf<[StableHLO_Pred]>;
def StableHLO_IntTensor
    : RankedTensorOf<[AnyInteger, Index, StableHLO_Quantized]>;
def StableHLO_FloatTensor : RankedTensorOf<[AnyFloat, StableHLO_Quantized]>;
def StableHLO_FloatOrComplexTensor
    : RankedTensorOf<[AnyFloat, AnyComplex, StableHLO_Quantized]>;
def StableHLO_ComplexTensor : RankedTensorOf<[AnyComplex]>;

// A scalar tensor used as an index or a size.
def StableHLO_ScalarIntTensor : 0DTensorOf<[AnyInteger, Index]>;
// Sizes or positions, one a dimension.
def StableHLO_DimensionTensor : 1DTensorOf<[AnyInteger, Index]>;

def StableHLO_TensorOrToken : AnyTypeOf<[StableHLO_Tensor, StableHLO_Token]>;

#endif // INVHLO_STABLEHLO_TYPES_TD
