// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef INVHLO_INVHLO_INVHLOOPS_TD
#define INVHLO_INVHLO_INVHLOOPS_TD

include "mlir/IR/OpBase.td"
include "mlir/Interfaces/InferTypeOpInterface.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

def Invhlo_Dialect : Dialect {
  let name = "invhlo";
  let cppNamespace = "::invhlo";
  let summary = "What the compiler has recognised in a program";
  let description = [{
    Front ends lower a function such as softplus to the operations of its
    definition. This dialect says which function they are.
  }];
}

def Invhlo_Real : RankedTensorOf<[AnyFloat]>;
def Invhlo_Number : RankedTensorOf<[AnyFloat, AnyComplex]>;

class Invhlo_Op<string mnemonic, list<Trait> traits = []>
    : Op<Invhlo_Dialect, mnemonic,
         !listconcat([Pure, SameOperandsAndResultType], traits)>;

def Invhlo_IdiomOp : Invhlo_Op<"idiom"> {
  let summary = "A value, with the function that it is of other values";
  let description = [{
    The result is `value`. It is also `function` of `arguments`, element by
    element, so that it can be inverted as that function is, whatever the
    operations that computed it.

    ```mlir
    %y = invhlo.idiom "softplus"(%x) = %expansion : tensor<3xf32>
    ```
  }];
  let arguments = (ins Variadic<Invhlo_Real>:$arguments, Invhlo_Real:$value,
                       StrAttr:$function);
  let results = (outs Invhlo_Real:$result);
  let assemblyFormat = [{
    $function `(` $arguments `)` `=` $value attr-dict `:` type($result)
  }];
}

def Invhlo_MonomialOp : Invhlo_Op<"monomial"> {
  let summary = "A value, with the product of powers that it is of other values";
  let description = [{
    The result is `value`. It is also the product of the `arguments`, each raised
    to its exponent, which is not zero.

    ```mlir
    %y = invhlo.monomial(%x, %k) to [3, -1] = %expansion : tensor<3xf32>
    ```
  }];
  let arguments = (ins Variadic<Invhlo_Number>:$arguments, Invhlo_Number:$value,
                       DenseI64ArrayAttr:$exponents);
  let results = (outs Invhlo_Number:$result);
  let assemblyFormat = [{
    `(` $arguments `)` `to` $exponents `=` $value attr-dict `:` type($result)
  }];
  let hasVerifier = 1;
}

#endif // INVHLO_INVHLO_INVHLOOPS_TD
