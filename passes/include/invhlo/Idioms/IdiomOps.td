// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef INVHLO_IDIOMS_IDIOMOPS_TD
#define INVHLO_IDIOMS_IDIOMOPS_TD

include "mlir/IR/OpBase.td"
include "mlir/Interfaces/InferTypeOpInterface.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

def Idioms_Dialect : Dialect {
  let name = "invhlo";
  let cppNamespace = "::invhlo::idioms";
  let summary = "What the compiler has recognised in a program";
  let description = [{
    Front ends lower a function such as softplus to the operations of its
    definition. This dialect says which function they are.
  }];
}

def Idioms_Tensor : RankedTensorOf<[AnyFloat]>;

def Idioms_IdiomOp : Op<Idioms_Dialect, "idiom",
    [Pure, SameOperandsAndResultType]> {
  let summary = "A value, with the function that it is of other values";
  let description = [{
    The result is `value`. It is also `function` of `arguments`, element by
    element, so that it can be inverted as that function is, whatever the
    operations that computed it.

    ```mlir
    %y = invhlo.idiom "softplus"(%x) = %expansion : tensor<3xf32>
    ```
  }];
  let arguments = (ins Variadic<Idioms_Tensor>:$arguments,
                       Idioms_Tensor:$value, StrAttr:$function);
  let results = (outs Idioms_Tensor:$result);
  let assemblyFormat = [{
    $function `(` $arguments `)` `=` $value attr-dict `:` type($result)
  }];
}

#endif // INVHLO_IDIOMS_IDIOMOPS_TD
