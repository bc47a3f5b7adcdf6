// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Every op of CHLO. The ops that broadcast are in CHLOBroadcastOps.td.

#ifndef INVHLO_CHLO_CHLOOPS_TD
#define INVHLO_CHLO_CHLOOPS_TD

include "invhlo/CHLO/CHLOAttrs.td"
include "invhlo/CHLO/CHLOBase.td"
include "invhlo/CHLO/CHLOBroadcastOps.td"
include "mlir/IR/BuiltinAttributeInterfaces.td"
include "mlir/IR/OpAsmInterface.td"
include "mlir/Interfaces/InferTypeOpInterface.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

/// The result has the type of the operand, up to sizes that are not known.
class CHLO_UnaryOp<string mnemonic, TypeConstraint tensor>
    : CHLO_InferredOp<mnemonic, [Pure, SameOperandsAndResultElementType,
                                 SameOperandsAndResultShape, Elementwise],
                      "detail::inferSame(adaptor.getOperand())"> {
  let arguments = (ins tensor:$operand);
  let results = (outs tensor:$result);
  let assemblyFormat =
      "$operand attr-dict `:` type($operand) `->` type($result)";
}

def CHLO_AcosOp : CHLO_UnaryOp<"acos", CHLO_FpOrComplexTensor> {
  let summary = "Inverse cosine";
  let description = [{
    The angle in [0, pi] whose cosine is `operand`; nan where |operand| > 1.

    ```mlir
    %y = chlo.acos %x : tensor<3xf32> -> tensor<3xf32>
    ```
  }];
}

def CHLO_AcoshOp : CHLO_UnaryOp<"acosh", CHLO_FpOrComplexTensor> {
  let summary = "Inverse hyperbolic cosine";
  let description = [{
    `log(x + sqrt(x - 1) * sqrt(x + 1))`; nan for a real x < 1.

    ```mlir
    %y = chlo.acosh %x : tensor<3xf32> -> tensor<3xf32>
    ```
  }];
}

def CHLO_AsinOp : CHLO_UnaryOp<"asin", CHLO_FpOrComplexTensor> {
  let summary = "Inverse sine";
  let description = [{
    The angle in [-pi/2, pi/2] whose sine is `operand`; nan where |operand| > 1.

    ```mlir
    %y = chlo.asin %x : tensor<3xf32> -> tensor<3xf32>
    ```
  }];
}

def CHLO_AsinhOp : CHLO_UnaryOp<"asinh", CHLO_FpOrComplexTensor> {
  let summary = "Inverse hyperbolic sine";
  let description = [{
    `log(x + sqrt(x^2 + 1))`, a bijection of the reals.

    ```mlir
    %y = chlo.asinh %x : tensor<3xf32> -> tensor<3xf32>
    ```
  }];
}

def CHLO_AtanOp : CHLO_UnaryOp<"atan", CHLO_FpOrComplexTensor> {
  let summary = "Inverse tangent";
  let description = [{
    The angle in (-pi/2, pi/2) whose tangent is `operand`.

    ```mlir
    %y = chlo.atan %x : tensor<3xf32> -> tensor<3xf32>
    ```
  }];
}

def CHLO_AtanhOp : CHLO_UnaryOp<"atanh", CHLO_FpOrComplexTensor> {
  let summary = "Inverse hyperbolic tangent";
  let description = [{
    `(log(1 + x) - log(1 - x)) / 2`; nan where |x| > 1.

    ```mlir
    %y = chlo.atanh %x : tensor<3xf32> -> tensor<3xf32>
    ```
  }];
}

def CHLO_BesselI1eOp : CHLO_UnaryOp<"bessel_i1e", CHLO_FpOrComplexTensor> {
  let summary = "Scaled modified Bessel function of order 1";
  let description = [{
    `exp(-|x|) * I_1(x)`.

    ```mlir
    %y = chlo.bessel_i1e %x : tensor<3xf32> -> tensor<3xf32>
    ```
  }];
}

def CHLO_ConjOp : CHLO_UnaryOp<"conj", CHLO_FpOrComplexTensor> {
  let summary = "Complex conjugate";
  let description = [{
    `re(x) - i * im(x)`; a real operand is its own conjugate.

    ```mlir
    %y = chlo.conj %x : tensor<3xf32> -> tensor<3xf32>
    ```
  }];
}

def CHLO_CoshOp : CHLO_UnaryOp<"cosh", CHLO_FpOrComplexTensor> {
  let summary = "Hyperbolic cosine";
  let description = [{
    `(exp(x) + exp(-x)) / 2`.

    ```mlir
    %y = chlo.cosh %x : tensor<3xf32> -> tensor<3xf32>
    ```
  }];
}

def CHLO_SinhOp : CHLO_UnaryOp<"sinh", CHLO_FpOrComplexTensor> {
  let summary = "Hyperbolic sine";
  let description = [{
    `(exp(x) - exp(-x)) / 2`, a bijection of the reals.

    ```mlir
    %y = chlo.sinh %x : tensor<3xf32> -> tensor<3xf32>
    ```
  }];
}

def CHLO_SquareOp : CHLO_UnaryOp<"square", CHLO_FpOrComplexTensor> {
  let summary = "Square";
  let description = [{
    `x * x`.

    ```mlir
    %y = chlo.square %x : tensor<3xf32> -> tensor<3xf32>
    ```
  }];
}

def CHLO_TanOp : CHLO_UnaryOp<"tan", CHLO_FpOrComplexTensor> {
  let summary = "Tangent";
  let description = [{
    `sin(x) / cos(x)`. JAX emits `stablehlo.tan` instead.

    ```mlir
    %y = chlo.tan %x : tensor<3xf32> -> tensor<3xf32>
    ```
  }];
}

def CHLO_DigammaOp : CHLO_UnaryOp<"digamma", CHLO_FpTensor> {
  let summary = "Digamma function";
  let description = [{
    The derivative of `lgamma` at `operand`.

    ```mlir
    %y = chlo.digamma %x : tensor<3xf32> -> tensor<3xf32>
    ```
  }];
}

def CHLO_ErfOp : CHLO_UnaryOp<"erf", CHLO_FpTensor> {
  let summary = "Error function";
  let description = [{
    `2 / sqrt(pi)` times the integral of `exp(-t^2)` from 0 to x.

    ```mlir
    %y = chlo.erf %x : tensor<3xf32> -> tensor<3xf32>
    ```
  }];
}

def CHLO_ErfInvOp : CHLO_UnaryOp<"erf_inv", CHLO_FpTensor> {
  let summary = "Inverse error function";
  let description = [{
    The x with `erf(x) = operand`: infinite at -1 and 1, nan beyond.

    ```mlir
    %y = chlo.erf_inv %x : tensor<3xf32> -> tensor<3xf32>
    ```
  }];
}

def CHLO_ErfcOp : CHLO_UnaryOp<"erfc", CHLO_FpTensor> {
  let summary = "Complement of the error function";
  let description = [{
    `1 - erf(x)`, accurate where erf(x) is close to 1.

    ```mlir
    %y = chlo.erfc %x : tensor<3xf32> -> tensor<3xf32>
    ```
  }];
}

def CHLO_LgammaOp : CHLO_UnaryOp<"lgamma", CHLO_FpTensor> {
  let summary = "Logarithm of the gamma function";
  let description = [{
    `log(|gamma(x)|)`.

    ```mlir
    %y = chlo.lgamma %x : tensor<3xf32> -> tensor<3xf32>
    ```
  }];
}

def CHLO_AsinAcosKernelOp
    : CHLO_UnaryOp<"_asin_acos_kernel", CHLO_ComplexTensor> {
  let summary = "Common part of the complex inverse sine and cosine";
  let description = [{
    With `w = _asin_acos_kernel(z)`, `asin(z)` is
    `complex(atan2(re(z), re(w)), sign(im(z)) * im(w))` and `acos(z)` is
    `complex(atan2(re(w), re(z)), -sign(im(z)) * im(w))`. Only decompositions
    of those ops make one.

    ```mlir
    %w = chlo._asin_acos_kernel %z
        : tensor<3xcomplex<f32>> -> tensor<3xcomplex<f32>>
    ```
  }];
}

/// The result has the shape of the operand and is boolean.
class CHLO_PredicateOp<string mnemonic>
    : CHLO_InferredOp<mnemonic, [Pure, SameOperandsAndResultShape, Elementwise],
                      "detail::inferPredicate(adaptor.getOperand())"> {
  let arguments = (ins CHLO_FpTensor:$operand);
  let results = (outs CHLO_PredTensor:$result);
  let assemblyFormat =
      "$operand attr-dict `:` type($operand) `->` type($result)";
}

def CHLO_IsInfOp : CHLO_PredicateOp<"is_inf"> {
  let summary = "Tells the infinities";
  let description = [{
    True where `operand` is -inf or inf.

    ```mlir
    %y = chlo.is_inf %x : tensor<3xf32> -> tensor<3xi1>
    ```
  }];
}

def CHLO_IsNegInfOp : CHLO_PredicateOp<"is_neg_inf"> {
  let summary = "Tells negative infinity";
  let description = [{
    True where `operand` is -inf.

    ```mlir
    %y = chlo.is_neg_inf %x : tensor<3xf32> -> tensor<3xi1>
    ```
  }];
}

def CHLO_IsPosInfOp : CHLO_PredicateOp<"is_pos_inf"> {
  let summary = "Tells positive infinity";
  let description = [{
    True where `operand` is inf.

    ```mlir
    %y = chlo.is_pos_inf %x : tensor<3xf32> -> tensor<3xi1>
    ```
  }];
}

class CHLO_BinaryOp<string mnemonic, TypeConstraint tensor>
    : CHLO_InferredOp<mnemonic, [Pure, SameOperandsAndResultElementType,
                                 SameOperandsAndResultShape, Elementwise],
                      "detail::inferSame(operands.front())"> {
  let results = (outs tensor:$result);
}

def CHLO_MulhiOp : CHLO_BinaryOp<"mulhi", CHLO_RankedIntTensor> {
  let summary = "High half of a product";
  let description = [{
    The upper N bits of the 2N-bit product of two N-bit integers.

    ```mlir
    %r = chlo.mulhi %lhs, %rhs : tensor<3xi32>, tensor<3xi32> -> tensor<3xi32>
    ```
  }];
  let arguments = (ins CHLO_RankedIntTensor:$lhs, CHLO_RankedIntTensor:$rhs);
  let assemblyFormat = [{
    $lhs `,` $rhs attr-dict `:` type($lhs) `,` type($rhs) `->` type($result)
  }];
}

def CHLO_NextAfterOp : CHLO_BinaryOp<"next_after", CHLO_FpTensor> {
  let summary = "Neighbouring float";
  let description = [{
    The float next to `x` in the direction of `y`, subnormals included.

    ```mlir
    %r = chlo.next_after %x, %y : tensor<3xf32>, tensor<3xf32> -> tensor<3xf32>
    ```
  }];
  let arguments = (ins CHLO_FpTensor:$x, CHLO_FpTensor:$y);
  let assemblyFormat = [{
    $x `,` $y attr-dict `:` type($x) `,` type($y) `->` type($result)
  }];
}

def CHLO_PolygammaOp : CHLO_BinaryOp<"polygamma", CHLO_FpTensor> {
  let summary = "Polygamma function";
  let description = [{
    The derivative of order `n` of digamma at `x`.

    ```mlir
    %r = chlo.polygamma %n, %x : tensor<3xf32>, tensor<3xf32> -> tensor<3xf32>
    ```
  }];
  let arguments = (ins CHLO_FpTensor:$n, CHLO_FpTensor:$x);
  let assemblyFormat = [{
    $n `,` $x attr-dict `:` type($n) `,` type($x) `->` type($result)
  }];
}

def CHLO_ZetaOp : CHLO_BinaryOp<"zeta", CHLO_FpTensor> {
  let summary = "Hurwitz zeta function";
  let description = [{
    The sum over n >= 0 of `(q + n) ^ -x`.

    ```mlir
    %r = chlo.zeta %x, %q : tensor<3xf32>, tensor<3xf32> -> tensor<3xf32>
    ```
  }];
  let arguments = (ins CHLO_FpTensor:$x, CHLO_FpTensor:$q);
  let assemblyFormat = [{
    $x `,` $q attr-dict `:` type($x) `,` type($q) `->` type($result)
  }];
}

def CHLO_ConstantOp
    : CHLO_Op<"constant", [ConstantLike, Pure,
                           AllTypesMatch<["value", "output"]>]> {
  let summary = "Constant tensor";
  let description = [{
    The tensor `value`.

    ```mlir
    %c = chlo.constant dense<[1.0, 2.0]> : tensor<2xf32>
    ```
  }];
  let arguments = (ins ElementsAttr:$value);
  let results = (outs RankedTensorOf<[AnyType]>:$output);
  let assemblyFormat = "attr-dict $value";
  let hasFolder = 1;
}

def CHLO_ConstantLikeOp
    : CHLO_InferredOp<"constant_like", [Pure, SameOperandsAndResultShape],
                      "detail::inferConstantLike(adaptor.getOperand(), "
                      "adaptor.getValue())"> {
  let summary = "Constant of the shape of an operand";
  let description = [{
    Every element of the result is `value`. The operand gives the shape, which
    need not be static, and nothing else.

    ```mlir
    %c = "chlo.constant_like"(%x) <{value = 1.0 : f32}>
        : (tensor<?xi32>) -> tensor<?xf32>
    ```
  }];
  let arguments = (ins TypedAttrInterface:$value, CHLO_AnyTensor:$operand);
  let results = (outs CHLO_AnyTensor:$result);
}

def CHLO_TopKOp
    : CHLO_InferredOp<"top_k", [Pure],
                      "detail::inferTopK(location, adaptor.getOperand(), "
                      "adaptor.getK())"> {
  let summary = "Largest elements along the last dimension";
  let description = [{
    `values[..., j]` is the j-th largest element of `operand[..., :]` and
    `indices[..., j]` its position. Of equal elements the first comes first, or if
    not `is_stable` any.

    ```mlir
    %values, %indices = chlo.top_k(%x, k = 2)
        : tensor<4x3xf32> -> (tensor<4x2xf32>, tensor<4x2xi32>)
    ```
  }];
  let arguments = (ins CHLO_AnyTensor:$operand, I64Attr:$k,
                       DefaultValuedOptionalAttr<BoolAttr, "true">:$is_stable);
  let results = (outs CHLO_AnyTensor:$values, CHLO_AnyTensor:$indices);
  let assemblyFormat = [{
    `(` $operand `,` `k` `=` $k (`,` `is_stable` `=` $is_stable^)? `)` attr-dict
    `:` type($operand) `->` `(` type($values) `,` type($indices) `)`
  }];
}

def CHLO_RaggedDotOp : CHLO_Op<"ragged_dot", [Pure]> {
  let summary = "Matrix product over groups of different sizes";
  let description = [{
    A dot product whose left ragged dimension is cut into consecutive groups of
    `group_sizes` elements. Which kind of dimension is ragged decides the form:

    - free: `[b,m,k], [g,b,k,n], [b,g] -> [b,m,n]`, each group of rows has its
      own right side;
    - contracting: `[b,m,k], [b,k,n], [b,g] -> [g,b,m,n]`, one result a group;
    - batching: `[b,m,k], [b,k,n], [g] -> [b,m,n]`.

    ```mlir
    %r = "chlo.ragged_dot"(%lhs, %rhs, %group_sizes) <{
      ragged_dot_dimension_numbers = #chlo.ragged_dot<
        lhs_contracting_dimensions = [1], rhs_contracting_dimensions = [1],
        lhs_ragged_dimensions = [0], rhs_group_dimensions = [0]>
    }> : (tensor<11x5xf32>, tensor<3x5x7xf32>, tensor<3xi64>)
        -> tensor<11x7xf32>
    ```
  }];
  let arguments = (ins
    CHLO_AnyTensor:$lhs,
    CHLO_AnyTensor:$rhs,
    CHLO_RankedIntTensor:$group_sizes,
    CHLO_RaggedDotDimensionNumbers:$ragged_dot_dimension_numbers,
    OptionalAttr<CHLO_PrecisionConfigAttr>:$precision_config
  );
  let results = (outs CHLO_AnyTensor:$result);
  let hasVerifier = 1;
}

def CHLO_ScanOp
    : CHLO_Op<"scan", [RecursiveMemoryEffects, AttrSizedOperandSegments,
                       AttrSizedResultSegments,
                       DeclareOpInterfaceMethods<OpAsmOpInterface,
                                                 ["getAsmBlockArgumentNames"]>,
                       SingleBlock]> {
  let summary = "Loop over the slices of a dimension";
  let description = [{
    Calls `body` with one slice of every input and the carried values, from the
    first index of `dimension` to the last, or the other way with `is_reverse`.
    The body returns slices of the outputs, then the next carried values.
    `scan_dim_size` gives the number of steps where no operand does.

    ```mlir
    %0:2 = chlo.scan(%x) inits (%init) dimension=0  {
    ^bb0(%input: tensor<3xf32>, %carry: tensor<3xf32>):
      %1 = stablehlo.add %input, %carry : tensor<3xf32>
      stablehlo.return %1, %1 : tensor<3xf32>, tensor<3xf32>
    } : (tensor<4x3xf32>, tensor<3xf32>) -> (tensor<4x3xf32>, tensor<3xf32>)
    ```
  }];
  let arguments = (ins
    Variadic<CHLO_AnyTensor>:$inputs,
    Variadic<CHLO_AnyTensor>:$inits,
    I64Attr:$dimension,
    OptionalAttr<I64Attr>:$scan_dim_size,
    OptionalAttr<BoolAttr>:$is_reverse,
    OptionalAttr<BoolAttr>:$is_associative
  );
  let results = (outs Variadic<CHLO_AnyTensor>:$outputs,
                      Variadic<CHLO_AnyTensor>:$carries);
  let regions = (region SizedRegion<1>:$body);
  let hasCustomAssemblyFormat = 1;
  let hasVerifier = 1;
}

#endif // INVHLO_CHLO_CHLOOPS_TD
