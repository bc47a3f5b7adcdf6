// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef INVHLO_STABLEHLO_MISC_TD
#define INVHLO_STABLEHLO_MISC_TD

include "invhlo/StableHLO/Base.td"

def StableHLO_RngOp : StableHLO_Op<"rng", [StableHLO_InferTypes]> {
  let summary = "Random numbers from a hidden generator";
  let description = [{
    Fresh numbers each time: uniform in `[a, b)`, or normal with mean `a` and
    deviation `b`.

    ```mlir
    %r = stablehlo.rng %a, %b, %shape, distribution = NORMAL
      : (tensor<f32>, tensor<f32>, tensor<2xi64>) -> tensor<3x3xf32>
    ```
  }];
  let arguments = (ins
    0DTensorOf<[AnyInteger, AnyFloat]>:$a, 0DTensorOf<[AnyInteger, AnyFloat]>:$b,
    StableHLO_DimensionTensor:$shape,
    StableHLO_RngDistributionAttr:$rng_distribution);
  // A fresh value: two equal ops differ, an unused one can go.
  let results = (outs Res<StableHLO_Tensor, "", [MemAlloc]>:$result);
  let assemblyFormat = [{
    $a `,` $b `,` $shape `,` `distribution` `=`
    custom<EnumValue>($rng_distribution) attr-dict
    `:` functional-type(operands, results)
  }];
}

def StableHLO_RngBitGeneratorOp : StableHLO_Op<"rng_bit_generator", [Pure]> {
  let summary = "Random bits from a state";
  let description = [{
    The next state and uniform bits, both functions of the given state.

    ```mlir
    %s1, %bits = stablehlo.rng_bit_generator %s0, algorithm = THREE_FRY
      : (tensor<2xui64>) -> (tensor<2xui64>, tensor<2x2xui64>)
    ```
  }];
  let arguments = (ins StableHLO_RngAlgorithmAttr:$rng_algorithm,
                       StableHLO_Tensor:$initial_state);
  let results = (outs StableHLO_Tensor:$output_state, StableHLO_Tensor:$output);
  let hasVerifier = 1;
  let assemblyFormat = [{
    $initial_state `,` `algorithm` `=`
    custom<EnumValue>($rng_algorithm) attr-dict `:` functional-type(operands, results)
  }];
}

def StableHLO_CreateTokenOp : StableHLO_Op<"create_token", [Pure]> {
  let summary = "A token that waits for nothing";
  let description = [{
    An older form of `after_all` without operands.

    ```mlir
    %t = stablehlo.create_token : !stablehlo.token
    ```
  }];
  let results = (outs StableHLO_Token:$output);
  let assemblyFormat = "attr-dict `:` type(results)";
}

def StableHLO_AfterAllOp : StableHLO_Op<"after_all", [Pure]> {
  let summary = "A token that waits for others";
  let description = [{
    What depends on the result comes after everything `inputs` stand for.

    ```mlir
    %t = stablehlo.after_all %t0, %t1 : !stablehlo.token
    ```
  }];
  let arguments = (ins Variadic<StableHLO_Token>:$inputs);
  let results = (outs StableHLO_Token:$result);
  let assemblyFormat = [{
    $inputs attr-dict `:`
    custom<VariadicSameType>(ref($inputs), type($inputs), type($result))
  }];
}

def StableHLO_TupleOp : StableHLO_Op<"tuple", [Pure, StableHLO_InferTypes]> {
  let summary = "A tuple of values";
  let description = [{
    Its elements are the operands, in order.

    ```mlir
    %r = stablehlo.tuple %a, %b : tuple<tensor<2xf64>, tensor<i64>>
    ```
  }];
  let arguments = (ins Variadic<AnyType>:$val);
  let results = (outs AnyTuple:$result);
  let assemblyFormat = [{
    $val attr-dict `:` custom<TupleOpType>(type($val), type($result))
  }];
}

def StableHLO_GetTupleElementOp : StableHLO_Op<"get_tuple_element",
    [Pure, StableHLO_InferTypes]> {
  let summary = "An element of a tuple";
  let description = [{
    Element `index`.

    ```mlir
    %r = stablehlo.get_tuple_element %t[0] : (tuple<tensor<2xf64>, tensor<i64>>) -> tensor<2xf64>
    ```
  }];
  let arguments = (ins AnyTuple:$operand,
                       ConfinedAttr<I32Attr, [IntNonNegative]>:$index);
  let results = (outs AnyType:$result);
  let assemblyFormat = [{
    $operand `[` $index `]` attr-dict `:` functional-type(operands, results)
  }];
}

#endif // INVHLO_STABLEHLO_MISC_TD
