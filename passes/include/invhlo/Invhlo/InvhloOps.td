// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef INVHLO_INVHLO_INVHLOOPS_TD
#define INVHLO_INVHLO_INVHLOOPS_TD

include "invhlo/Invhlo/InvhloBase.td"
include "invhlo/Invhlo/InvhloIdiomOps.td"

def Invhlo_SumSharesOp
    : Invhlo_Op<"sum_shares", [SameOperandsAndResultType]> {
  let summary = "A share in terms";
  let description = [{
    The sum of two shares, element by element. Other than the operands of an
    addition, its terms are computed apart from each other: their totals are too.

    ```mlir
    %s = invhlo.sum_shares %a, %b : tensor<3xf32>
    ```
  }];
  let arguments = (ins Invhlo_Real:$lhs, Invhlo_Real:$rhs);
  let results = (outs Invhlo_Real:$result);
  let assemblyFormat = "$lhs `,` $rhs attr-dict `:` type($result)";
}

def Invhlo_SpreadShareOp
    : Invhlo_Op<"spread_share", [AllElementTypesMatch<["share", "result"]>]> {
  let summary = "A log-det that elements have in common, as the share of each";
  let description = [{
    An element of the result is the element of `share` at the element's indices
    in `dims`, which increase, divided by `count`: the number of elements that
    have it in common.

    ```mlir
    // [i, j] = %s[i] / 3
    %each = invhlo.spread_share %s along [0] among 3
        : tensor<2xf32> -> tensor<2x3xf32>
    ```
  }];
  let arguments = (ins Invhlo_StaticReal:$share, DenseI64ArrayAttr:$dims,
                       ConfinedAttr<I64Attr, [IntPositive]>:$count);
  let results = (outs Invhlo_StaticReal:$result);
  // One of `count` equal parts.
  let builders = [OpBuilder<(ins "::mlir::Value":$share, "int64_t":$count)>];
  let assemblyFormat = [{
    $share `along` $dims `among` $count attr-dict `:`
    type($share) `->` type($result)
  }];
  let hasVerifier = 1;
}

def Invhlo_TotalSharesOp : Invhlo_Op<"total_shares"> {
  let summary = "The sum of all elements of shares";
  let arguments = (ins Variadic<Invhlo_StaticReal>:$shares);
  let results = (outs 0DTensorOf<[AnyFloat]>:$result);
  let description = [{
    A log-det-Jacobian from the shares of the values that were found.

    ```mlir
    %total = invhlo.total_shares %a, %b
        : (tensor<3xf32>, tensor<2x2xf64>) -> tensor<f64>
    ```
  }];
  let assemblyFormat = [{
    $shares attr-dict `:` functional-type($shares, $result)
  }];
}

def Invhlo_ScanOp : Op<Invhlo_Dialect, "scan",
    [AttrSizedOperandSegments, RecursiveMemoryEffects,
     SingleBlockImplicitTerminator<"YieldOp">]> {
  let summary = "A loop over the rows of arrays";
  let description = [{
    Runs the body `count` times. It takes the number of the step from zero on,
    the carried values, which start as `inits`, and a row of each of the
    `stacked` arrays: that of the number of the step, or with `reverse` as far
    from the end. It yields the next carried values, then rows of new arrays,
    each to be put where the rows of the step were taken. The results are the
    last carried values, then the new arrays.

    ```mlir
    %last, %ys = invhlo.scan 5 (%c0) over (%xs)
        : (tensor<f32>, tensor<5xf32>) -> (tensor<f32>, tensor<5xf32>) {
    ^bb0(%t: tensor<i32>, %c: tensor<f32>, %x: tensor<f32>):
      %0 = stablehlo.add %c, %x : tensor<f32>
      invhlo.yield %0, %c : tensor<f32>, tensor<f32>
    }
    ```
  }];
  let arguments = (ins Variadic<Invhlo_Static>:$inits,
                       Variadic<Invhlo_Static>:$stacked, Invhlo_Count:$count,
                       UnitAttr:$reverse);
  let results = (outs Variadic<Invhlo_Static>:$results);
  let regions = (region SizedRegion<1>:$body);
  let extraClassDeclaration = [{
    /// The type of a row of an array.
    static ::mlir::RankedTensorType getRowType(::mlir::Type array);
    /// The type of an array of `count` rows.
    static ::mlir::RankedTensorType getArrayType(::mlir::Type row,
                                                 int64_t count);

    unsigned getNumCarried() { return getInits().size(); }
    ::mlir::Value getStep() { return getBody().getArgument(0); }
    ::mlir::ValueRange getCarried() {
      return ::mlir::ValueRange(getBody().getArguments())
          .slice(1, getNumCarried());
    }
    ::mlir::ValueRange getRows() {
      return ::mlir::ValueRange(getBody().getArguments())
          .drop_front(1 + getNumCarried());
    }
    ::mlir::OperandRange getYielded() {
      return getBody().front().getTerminator()->getOperands();
    }
    ::mlir::ResultRange getLast() {
      return getResults().take_front(getNumCarried());
    }
    ::mlir::ResultRange getArrays() {
      return getResults().drop_front(getNumCarried());
    }
  }];
  let assemblyFormat = [{
    $count (`reverse` $reverse^)? `(` $inits `)` `over` `(` $stacked `)`
    attr-dict `:` functional-type(operands, results) $body
  }];
  let hasRegionVerifier = 1;
}

def Invhlo_YieldOp : Invhlo_Op<"yield",
    [ParentOneOf<["AlternativesOp", "PiecewiseOp", "ScanOp", "SearchOp",
                  "SplineOp", "TriangularOp"]>, ReturnLike, Terminator]> {
  let summary = "What a step of a loop or an arm returns";
  let description = [{
    Of a loop, the next carried values, then a row of each new array; of an arm,
    its values and its predicate; of a search, its steps, or its value; of what
    is triangular, its earlier values, or its value.

    ```mlir
    invhlo.yield %c, %y : tensor<f32>, tensor<3xf32>
    ```
  }];
  let arguments = (ins Variadic<Invhlo_Static>:$operands);
  let builders = [OpBuilder<(ins), [{
    build($_builder, $_state, ::mlir::ValueRange());
  }]>];
  let assemblyFormat = "($operands^ `:` type($operands))? attr-dict";
}

// The op is work for the host program: a custom call of its name in the
// modules that come in and go out.
def Invhlo_HostCall : NativeOpTrait<"HostCall"> {
  let cppNamespace = "::invhlo";
}

class Invhlo_HostOp<string mnemonic, list<Trait> traits = []>
    : Invhlo_Op<mnemonic, !listconcat([Invhlo_HostCall], traits)>;

def Invhlo_PrimitiveOp : Invhlo_HostOp<"primitive",
    [AttrSizedOperandSegments,
     RangedTypesMatchWith<"each result has the type of what it is lowered to",
                          "results", "lowered", "$_self">]> {
  let summary = "An operation of the host program, beside its lowering";
  let description = [{
    The host program has an operation of number `host` that turns `inputs` into
    the results. The results are also the values `lowered`, which the compiler
    looks through to. What it evaluates forward keeps the op, so that the host
    finds its own operation again, with its derivatives.

    ```mlir
    %z = invhlo.primitive 3(%x) = %y : (tensor<2xf32>) -> tensor<2xf32>
    ```

    As a custom call it has the inputs for operands, then the lowered values.
  }];
  let arguments = (ins Variadic<AnyType>:$inputs, Variadic<AnyType>:$lowered,
                       Invhlo_Count:$host);
  let results = (outs Variadic<AnyType>:$results);
  let assemblyFormat = [{
    $host `(` $inputs `)` `=` $lowered attr-dict `:`
    functional-type($inputs, $results)
  }];
}

def Invhlo_BindOp : Invhlo_HostOp<"bind"> {
  let summary = "An operation of the host program";
  let description = [{
    The results of the host's operation of number `host`: a primitive whose
    lowering nobody needs.

    ```mlir
    %z = invhlo.bind 3(%x) : (tensor<2xf32>) -> tensor<2xf32>
    ```
  }];
  let arguments = (ins Variadic<AnyType>:$inputs, Invhlo_Count:$host);
  let results = (outs Variadic<AnyType>:$results);
  let assemblyFormat = [{
    $host `(` $inputs `)` attr-dict `:` functional-type($inputs, $results)
  }];
}

def Invhlo_SplitOp : Invhlo_HostOp<"split"> {
  let summary = "The parts of a tensor along a dimension";
  let description = [{
    The results are slices of `operand`, in order, which together are all of it
    and differ from it in the size of `dim` only.

    ```mlir
    %parts:2 = invhlo.split %x, dim = 1
        : (tensor<2x5xf32>) -> (tensor<2x2xf32>, tensor<2x3xf32>)
    ```
  }];
  let arguments = (ins Invhlo_Static:$operand, Invhlo_Count:$dim);
  let results = (outs Variadic<Invhlo_Static>:$parts);
  let assemblyFormat = [{
    $operand `,` `dim` `=` $dim attr-dict `:`
    functional-type($operand, $parts)
  }];
  let hasVerifier = 1;
}

def Invhlo_SolveOp : Invhlo_HostOp<"solve",
    [AllTypesMatch<["rhs", "result"]>,
     AllElementTypesMatch<["matrix", "rhs"]>]> {
  let summary = "The solution of a system of linear equations";
  let description = [{
    `matrix . result = rhs` for each element of a batch: from `[batch..., n, n]`
    and `[batch..., n, m]` to `[batch..., n, m]`. Where a matrix is singular,
    nothing is promised but that the op returns.

    ```mlir
    %x = invhlo.solve %a, %b : tensor<7x3x3xf32>, tensor<7x3x2xf32>
    ```
  }];
  let arguments = (ins Invhlo_Matrix:$matrix, Invhlo_Number:$rhs);
  let results = (outs Invhlo_Number:$result);
  let assemblyFormat = [{
    $matrix `,` $rhs attr-dict `:` type($matrix) `,` type($rhs)
  }];
  let hasVerifier = 1;
}

def Invhlo_LogAbsDetOp : Invhlo_HostOp<"log_abs_det",
    [TypesMatchWith<"the result is a real number for each matrix", "matrix",
                    "result", "::invhlo::getLogAbsDetType($_self)">]> {
  let summary = "The logarithm of the absolute value of a determinant";
  let description = [{
    `log|det matrix|` for each element of a batch: from `[batch..., n, n]` to
    `[batch...]`, real for complex matrices too.

    ```mlir
    %d = invhlo.log_abs_det %a : tensor<7x3x3xf32>
    ```
  }];
  let arguments = (ins Invhlo_Matrix:$matrix);
  let results = (outs Invhlo_Real:$result);
  let assemblyFormat = "$matrix attr-dict `:` type($matrix)";
}

#endif // INVHLO_INVHLO_INVHLOOPS_TD
