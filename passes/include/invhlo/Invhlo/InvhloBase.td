// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef INVHLO_INVHLO_INVHLOBASE_TD
#define INVHLO_INVHLO_INVHLOBASE_TD

include "mlir/IR/CommonAttrConstraints.td"
include "mlir/IR/OpBase.td"
include "mlir/Interfaces/ControlFlowInterfaces.td"
include "mlir/Interfaces/InferTypeOpInterface.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

def Invhlo_Dialect : Dialect {
  let name = "invhlo";
  let cppNamespace = "::invhlo";
  let summary = "What StableHLO has no op for";
  let description = [{
    Front ends lower a function such as softplus to the operations of its
    definition: `idiom`, `monomial`, `fraction`, `quadratic`, `piecewise`, `search`,
    `spline` and `alternatives` say which function they are, `bits` and `division`
    what integers tell of each other. `sum_shares`,
    `spread_share` and `total_shares` say what a log-det is made of, and `scan`
    what a loop does with arrays. The other ops
    stand for work that only the host program can do. They enter and leave the
    compiler as custom calls of their names, with their attributes under
    `invhlo.`, so that the modules of both ends are StableHLO:

    ```mlir
    %x = stablehlo.custom_call @invhlo.split(%0) {invhlo.dim = 1 : i64}
        : (tensor<2x5xf32>) -> (tensor<2x2xf32>, tensor<2x3xf32>)
    ```

    is

    ```mlir
    %x:2 = invhlo.split %0, dim = 1
        : (tensor<2x5xf32>) -> (tensor<2x2xf32>, tensor<2x3xf32>)
    ```
  }];
}

def Invhlo_Real : RankedTensorOf<[AnyFloat]>;
def Invhlo_Number : RankedTensorOf<[AnyFloat, AnyComplex]>;
def Invhlo_Static : RankedTensorOf<[AnyType], [HasStaticShapePred],
                                   "statically shaped ranked tensor">;

def Invhlo_StaticReal : RankedTensorOf<[AnyFloat], [HasStaticShapePred],
                                       "statically shaped tensor of floats">;

def Invhlo_Word
    : RankedTensorOf<[AnyInteger],
                     [HasStaticShapePred],
                     "statically shaped tensor of integers">;

// [batch..., n, n]
def Invhlo_Matrix
    : RankedTensorOf<[AnyFloat, AnyComplex],
                     [HasStaticShapePred,
                      CPred<"::invhlo::isSquare($_self)">],
                     "statically shaped square matrix, or batch of such,">;

def Invhlo_Count : ConfinedAttr<I64Attr, [IntNonNegative]>;
def Invhlo_PositiveCount : ConfinedAttr<I64Attr, [IntPositive]>;

class Invhlo_Op<string mnemonic, list<Trait> traits = []>
    : Op<Invhlo_Dialect, mnemonic, !listconcat([Pure], traits)>;

#endif // INVHLO_INVHLO_INVHLOBASE_TD
