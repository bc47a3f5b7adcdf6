// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef INVHLO_STABLEHLO_UNARY_TD
#define INVHLO_STABLEHLO_UNARY_TD

include "invhlo/StableHLO/Base.td"

// y[i] = f(x[i]), operand and result of one type.
class StableHLO_UnaryOp<string mnemonic, Type type>
    : StableHLO_Op<mnemonic, [Pure, Elementwise, StableHLO_SameType]> {
  let arguments = (ins type:$operand);
  let results = (outs type:$result);
  let assemblyFormat = [{
    $operand attr-dict `:`
    custom<SameOperandsAndResultType>(type($operand), type($result))
  }];
}

// The same, for the transcendental ops whose accuracy can be asked for.
class StableHLO_AccurateUnaryOp<string mnemonic, Type type>
    : StableHLO_UnaryOp<mnemonic, type> {
  let arguments = (ins type:$operand,
      DefaultValuedOptionalAttr<StableHLO_ResultAccuracyAttr,
          "::invhlo::stablehlo::ResultAccuracyMode::DEFAULT">:$result_accuracy);
}

def StableHLO_CbrtOp : StableHLO_AccurateUnaryOp<"cbrt", StableHLO_FloatOrComplexTensor> {
  let summary = "Cube root";
  let description = [{
    The real cube root, negative for a negative operand.

    ```mlir
    %y = stablehlo.cbrt %x : tensor<3xf32>
    ```
  }];
}

def StableHLO_CeilOp : StableHLO_UnaryOp<"ceil", StableHLO_FloatTensor> {
  let summary = "Rounds up";
  let description = [{
    The smallest integer not below the operand.

    ```mlir
    %y = stablehlo.ceil %x : tensor<3xf32>
    ```
  }];
}

def StableHLO_ClzOp : StableHLO_UnaryOp<"count_leading_zeros", StableHLO_IntTensor> {
  let summary = "Leading zero bits";
  let description = [{
    How many of the most significant bits are zero.

    ```mlir
    %y = stablehlo.count_leading_zeros %x : tensor<3xi32>
    ```
  }];
}

def StableHLO_CosineOp : StableHLO_AccurateUnaryOp<"cosine", StableHLO_FloatOrComplexTensor> {
  let summary = "Cosine";
  let description = [{
    The cosine of an angle in radians.

    ```mlir
    %y = stablehlo.cosine %x : tensor<3xf32>
    ```
  }];
}

def StableHLO_ExpOp : StableHLO_AccurateUnaryOp<"exponential", StableHLO_FloatOrComplexTensor> {
  let summary = "Exponential";
  let description = [{
    `e^x`.

    ```mlir
    %y = stablehlo.exponential %x : tensor<3xf32>
    ```
  }];
}

def StableHLO_Expm1Op : StableHLO_AccurateUnaryOp<"exponential_minus_one", StableHLO_FloatOrComplexTensor> {
  let summary = "Exponential minus one";
  let description = [{
    `e^x - 1`, accurate near zero.

    ```mlir
    %y = stablehlo.exponential_minus_one %x : tensor<3xf32>
    ```
  }];
}

def StableHLO_FloorOp : StableHLO_UnaryOp<"floor", StableHLO_FloatTensor> {
  let summary = "Rounds down";
  let description = [{
    The largest integer not above the operand.

    ```mlir
    %y = stablehlo.floor %x : tensor<3xf32>
    ```
  }];
}

def StableHLO_LogOp : StableHLO_AccurateUnaryOp<"log", StableHLO_FloatOrComplexTensor> {
  let summary = "Natural logarithm";
  let description = [{
    `log x`; nan below zero.

    ```mlir
    %y = stablehlo.log %x : tensor<3xf32>
    ```
  }];
}

def StableHLO_Log1pOp : StableHLO_AccurateUnaryOp<"log_plus_one", StableHLO_FloatOrComplexTensor> {
  let summary = "Logarithm of one plus x";
  let description = [{
    `log(1 + x)`, accurate near zero.

    ```mlir
    %y = stablehlo.log_plus_one %x : tensor<3xf32>
    ```
  }];
}

def StableHLO_LogisticOp : StableHLO_AccurateUnaryOp<"logistic", StableHLO_FloatOrComplexTensor> {
  let summary = "Sigmoid";
  let description = [{
    `1 / (1 + e^-x)`.

    ```mlir
    %y = stablehlo.logistic %x : tensor<3xf32>
    ```
  }];
}

def StableHLO_NotOp : StableHLO_UnaryOp<"not", StableHLO_IntTensor> {
  let summary = "Bitwise or logical negation";
  let description = [{
    Flips every bit; negates a predicate.

    ```mlir
    %y = stablehlo.not %x : tensor<3xi32>
    ```
  }];
}

def StableHLO_NegOp : StableHLO_UnaryOp<"negate", StableHLO_Tensor> {
  let summary = "Negation";
  let description = [{
    `-x`; integers wrap.

    ```mlir
    %y = stablehlo.negate %x : tensor<3xf32>
    ```
  }];
}

def StableHLO_PopulationCountOp : StableHLO_UnaryOp<"popcnt", StableHLO_IntTensor> {
  let summary = "Number of one bits";
  let description = [{
    How many bits of each element are set.

    ```mlir
    %y = stablehlo.popcnt %x : tensor<3xi32>
    ```
  }];
}

def StableHLO_RoundOp : StableHLO_UnaryOp<"round_nearest_afz", StableHLO_FloatTensor> {
  let summary = "Rounds, ties away from zero";
  let description = [{
    The nearest integer; a tie goes away from zero.

    ```mlir
    %y = stablehlo.round_nearest_afz %x : tensor<3xf32>
    ```
  }];
}

def StableHLO_RoundNearestEvenOp : StableHLO_UnaryOp<"round_nearest_even", StableHLO_FloatTensor> {
  let summary = "Rounds, ties to even";
  let description = [{
    The nearest integer; a tie goes to the even one.

    ```mlir
    %y = stablehlo.round_nearest_even %x : tensor<3xf32>
    ```
  }];
}

def StableHLO_RsqrtOp : StableHLO_AccurateUnaryOp<"rsqrt", StableHLO_FloatOrComplexTensor> {
  let summary = "Reciprocal square root";
  let description = [{
    `1 / sqrt(x)`.

    ```mlir
    %y = stablehlo.rsqrt %x : tensor<3xf32>
    ```
  }];
}

def StableHLO_SignOp : StableHLO_UnaryOp<"sign", StableHLO_Tensor> {
  let summary = "Sign";
  let description = [{
    -1, 0 or 1; of a complex number `x / |x|`.

    ```mlir
    %y = stablehlo.sign %x : tensor<3xf32>
    ```
  }];
}

def StableHLO_SineOp : StableHLO_AccurateUnaryOp<"sine", StableHLO_FloatOrComplexTensor> {
  let summary = "Sine";
  let description = [{
    The sine of an angle in radians.

    ```mlir
    %y = stablehlo.sine %x : tensor<3xf32>
    ```
  }];
}

def StableHLO_SqrtOp : StableHLO_AccurateUnaryOp<"sqrt", StableHLO_FloatOrComplexTensor> {
  let summary = "Square root";
  let description = [{
    The principal square root.

    ```mlir
    %y = stablehlo.sqrt %x : tensor<3xf32>
    ```
  }];
}

def StableHLO_TanOp : StableHLO_AccurateUnaryOp<"tan", StableHLO_FloatOrComplexTensor> {
  let summary = "Tangent";
  let description = [{
    The tangent of an angle in radians.

    ```mlir
    %y = stablehlo.tan %x : tensor<3xf32>
    ```
  }];
}

def StableHLO_TanhOp : StableHLO_AccurateUnaryOp<"tanh", StableHLO_FloatOrComplexTensor> {
  let summary = "Hyperbolic tangent";
  let description = [{
    `tanh x`.

    ```mlir
    %y = stablehlo.tanh %x : tensor<3xf32>
    ```
  }];
}

def StableHLO_AbsOp : StableHLO_Op<"abs",
    [Pure, Elementwise, StableHLO_SameShape, StableHLO_InferTypes]> {
  let summary = "Absolute value";
  let description = [{
    `|x|`; of a complex number its modulus, a real tensor.

    ```mlir
    %y = stablehlo.abs %x : tensor<3xf32>
    %r = stablehlo.abs %z : (tensor<3xcomplex<f32>>) -> tensor<3xf32>
    ```
  }];
  let arguments = (ins StableHLO_Tensor:$operand);
  let results = (outs StableHLO_Tensor:$result);
  let assemblyFormat = [{
    $operand attr-dict `:`
    custom<SameOperandsAndResultType>(type($operand), type($result))
  }];
}

def StableHLO_ConvertOp : StableHLO_Op<"convert",
    [Pure, Elementwise, StableHLO_SameShape]> {
  let summary = "Changes the element type";
  let description = [{
    Each element converted to the result's element type; to a predicate it is
    whether the element differs from zero.

    ```mlir
    %y = stablehlo.convert %x : (tensor<3xi32>) -> tensor<3xf32>
    ```
  }];
  let arguments = (ins StableHLO_Tensor:$operand);
  let results = (outs StableHLO_Tensor:$result);
  let builders = [
    OpBuilder<(ins "::mlir::Value":$operand, "::mlir::Type":$elementType)>];
  let assemblyFormat = [{
    $operand attr-dict `:`
    custom<SameOperandsAndResultType>(type($operand), type($result))
  }];
}

def StableHLO_RealOp : StableHLO_Op<"real",
    [Pure, Elementwise, StableHLO_SameShape, StableHLO_InferTypes]> {
  let summary = "Real part";
  let description = [{
    The real part; of a real number the number itself.

    ```mlir
    %r = stablehlo.real %z : (tensor<3xcomplex<f32>>) -> tensor<3xf32>
    ```
  }];
  let arguments = (ins StableHLO_FloatOrComplexTensor:$operand);
  let results = (outs StableHLO_FloatTensor:$result);
  let assemblyFormat = [{
    $operand attr-dict `:`
    custom<SameOperandsAndResultType>(type($operand), type($result))
  }];
}

def StableHLO_ImagOp : StableHLO_Op<"imag",
    [Pure, Elementwise, StableHLO_SameShape, StableHLO_InferTypes]> {
  let summary = "Imaginary part";
  let description = [{
    The imaginary part; of a real number zero.

    ```mlir
    %i = stablehlo.imag %z : (tensor<3xcomplex<f32>>) -> tensor<3xf32>
    ```
  }];
  let arguments = (ins StableHLO_FloatOrComplexTensor:$operand);
  let results = (outs StableHLO_FloatTensor:$result);
  let assemblyFormat = [{
    $operand attr-dict `:`
    custom<SameOperandsAndResultType>(type($operand), type($result))
  }];
}

def StableHLO_IsFiniteOp : StableHLO_Op<"is_finite",
    [Pure, Elementwise, StableHLO_SameShape, StableHLO_InferTypes]> {
  let summary = "Neither infinite nor nan";
  let description = [{
    Whether each element is a finite number.

    ```mlir
    %p = stablehlo.is_finite %x : (tensor<3xf32>) -> tensor<3xi1>
    ```
  }];
  let arguments = (ins StableHLO_FloatTensor:$x);
  let results = (outs StableHLO_PredTensor:$y);
  let assemblyFormat = "$x attr-dict `:` functional-type(operands, results)";
}

def StableHLO_ReducePrecisionOp : StableHLO_Op<"reduce_precision",
    [Pure, Elementwise, StableHLO_SameType]> {
  let summary = "Rounds to a narrower float format";
  let description = [{
    Rounds each element to a float of the given exponent and mantissa bits and
    converts it back; the type stays.

    ```mlir
    %y = stablehlo.reduce_precision %x, format = e5m10 : tensor<6xf64>
    ```
  }];
  let arguments = (ins StableHLO_FloatTensor:$operand, I32Attr:$exponent_bits,
                       I32Attr:$mantissa_bits);
  let results = (outs StableHLO_FloatTensor:$output);
  let hasVerifier = 1;
  let assemblyFormat = [{
    $operand `,` `format` `=`
    custom<ExponentMantissa>($exponent_bits, $mantissa_bits) attr-dict `:`
    custom<SameOperandsAndResultType>(type($operand), type($output))
  }];
}

def StableHLO_UniformQuantizeOp : StableHLO_Op<"uniform_quantize",
    [Pure, Elementwise, StableHLO_SameShape]> {
  let summary = "Quantizes, or changes the quantization";
  let description = [{
    The result's quantized type says how the elements are scaled and rounded.

    ```mlir
    %q = stablehlo.uniform_quantize %x : (tensor<2xf32>) -> tensor<2x!quant.uniform<i8:f32, 0.1:-30>>
    ```
  }];
  let arguments = (ins StableHLO_FloatTensor:$operand);
  let results = (outs RankedTensorOf<[StableHLO_Quantized]>:$result);
  let assemblyFormat = [{
    $operand attr-dict `:`
    custom<SameOperandsAndResultType>(type($operand), type($result))
  }];
}

def StableHLO_UniformDequantizeOp : StableHLO_Op<"uniform_dequantize",
    [Pure, Elementwise, StableHLO_SameShape, StableHLO_InferTypes]> {
  let summary = "Back from a quantized to its expressed type";
  let description = [{
    The numbers that the quantized elements stand for.

    ```mlir
    %x = stablehlo.uniform_dequantize %q : (tensor<2x!quant.uniform<i8:f32, 0.1:-30>>) -> tensor<2xf32>
    ```
  }];
  let arguments = (ins RankedTensorOf<[StableHLO_Quantized]>:$operand);
  let results = (outs StableHLO_FloatTensor:$result);
  let assemblyFormat = [{
    $operand attr-dict `:`
    custom<SameOperandsAndResultType>(type($operand), type($result))
  }];
}

#endif // INVHLO_STABLEHLO_UNARY_TD
