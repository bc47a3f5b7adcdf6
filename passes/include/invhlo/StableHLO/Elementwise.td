// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef INVHLO_STABLEHLO_ELEMENTWISE_TD
#define INVHLO_STABLEHLO_ELEMENTWISE_TD

include "invhlo/StableHLO/Base.td"

// z[i] = f(x[i], y[i]), operands and result of one type.
class StableHLO_BinaryOp<string mnemonic, Type type, list<Trait> traits = []>
    : StableHLO_Op<mnemonic,
                   traits # [Pure, Elementwise, StableHLO_SameType]> {
  let arguments = (ins type:$lhs, type:$rhs);
  let results = (outs type:$result);
  let assemblyFormat = [{
    $lhs `,` $rhs attr-dict `:`
    custom<SameOperandsAndResultType>(type($lhs), type($rhs), type($result))
  }];
}

def StableHLO_AddOp : StableHLO_BinaryOp<"add", StableHLO_Tensor, [Commutative]> {
  let summary = "Sum";
  let description = [{
    `lhs + rhs`; of predicates their disjunction.

    ```mlir
    %z = stablehlo.add %x, %y : tensor<3xf32>
    ```
  }];
}

def StableHLO_AndOp : StableHLO_BinaryOp<"and", StableHLO_IntTensor, [Commutative]> {
  let summary = "Bitwise or logical and";
  let description = [{
    `lhs & rhs`.

    ```mlir
    %z = stablehlo.and %x, %y : tensor<3xi32>
    ```
  }];
}

def StableHLO_Atan2Op : StableHLO_BinaryOp<"atan2", StableHLO_FloatOrComplexTensor> {
  let summary = "Angle of a point";
  let description = [{
    The angle of the point `(rhs, lhs)`, in `[-pi, pi]`.

    ```mlir
    %z = stablehlo.atan2 %x, %y : tensor<3xf32>
    ```
  }];
}

def StableHLO_DivOp : StableHLO_BinaryOp<"divide", StableHLO_Tensor> {
  let summary = "Quotient";
  let description = [{
    `lhs / rhs`; integers round towards zero.

    ```mlir
    %z = stablehlo.divide %x, %y : tensor<3xf32>
    ```
  }];
}

def StableHLO_MaxOp : StableHLO_BinaryOp<"maximum", StableHLO_Tensor, [Commutative]> {
  let summary = "Larger of two";
  let description = [{
    nan if either is; lexicographic on complex numbers.

    ```mlir
    %z = stablehlo.maximum %x, %y : tensor<3xf32>
    ```
  }];
}

def StableHLO_MinOp : StableHLO_BinaryOp<"minimum", StableHLO_Tensor, [Commutative]> {
  let summary = "Smaller of two";
  let description = [{
    nan if either is; lexicographic on complex numbers.

    ```mlir
    %z = stablehlo.minimum %x, %y : tensor<3xf32>
    ```
  }];
}

def StableHLO_MulOp : StableHLO_BinaryOp<"multiply", StableHLO_Tensor, [Commutative]> {
  let summary = "Product";
  let description = [{
    `lhs * rhs`; of predicates their conjunction.

    ```mlir
    %z = stablehlo.multiply %x, %y : tensor<3xf32>
    ```
  }];
}

def StableHLO_OrOp : StableHLO_BinaryOp<"or", StableHLO_IntTensor, [Commutative]> {
  let summary = "Bitwise or logical or";
  let description = [{
    `lhs | rhs`.

    ```mlir
    %z = stablehlo.or %x, %y : tensor<3xi32>
    ```
  }];
}

def StableHLO_PowOp : StableHLO_BinaryOp<"power", StableHLO_Tensor> {
  let summary = "Power";
  let description = [{
    `lhs` to the power of `rhs`.

    ```mlir
    %z = stablehlo.power %x, %y : tensor<3xf32>
    ```
  }];
}

def StableHLO_RemOp : StableHLO_BinaryOp<"remainder", StableHLO_Tensor> {
  let summary = "Remainder";
  let description = [{
    The rest of dividing `lhs` by `rhs`, with the sign of `lhs`.

    ```mlir
    %z = stablehlo.remainder %x, %y : tensor<3xf32>
    ```
  }];
}

def StableHLO_ShiftLeftOp : StableHLO_BinaryOp<"shift_left", StableHLO_IntTensor> {
  let summary = "Shift left";
  let description = [{
    `lhs << rhs`; zero when the shift is too wide.

    ```mlir
    %z = stablehlo.shift_left %x, %y : tensor<3xi32>
    ```
  }];
}

def StableHLO_ShiftRightArithmeticOp : StableHLO_BinaryOp<"shift_right_arithmetic", StableHLO_IntTensor> {
  let summary = "Shift right, keeping the sign";
  let description = [{
    `lhs >> rhs`, filled with the sign bit.

    ```mlir
    %z = stablehlo.shift_right_arithmetic %x, %y : tensor<3xi32>
    ```
  }];
}

def StableHLO_ShiftRightLogicalOp : StableHLO_BinaryOp<"shift_right_logical", StableHLO_IntTensor> {
  let summary = "Shift right, filling zeros";
  let description = [{
    `lhs >> rhs`, filled with zeros.

    ```mlir
    %z = stablehlo.shift_right_logical %x, %y : tensor<3xi32>
    ```
  }];
}

def StableHLO_SubtractOp : StableHLO_BinaryOp<"subtract", StableHLO_Tensor> {
  let summary = "Difference";
  let description = [{
    `lhs - rhs`; integers wrap.

    ```mlir
    %z = stablehlo.subtract %x, %y : tensor<3xf32>
    ```
  }];
}

def StableHLO_XorOp : StableHLO_BinaryOp<"xor", StableHLO_IntTensor, [Commutative]> {
  let summary = "Bitwise or logical exclusive or";
  let description = [{
    `lhs ^ rhs`.

    ```mlir
    %z = stablehlo.xor %x, %y : tensor<3xi32>
    ```
  }];
}

def StableHLO_ComplexOp : StableHLO_Op<"complex",
    [Pure, Elementwise, StableHLO_SameShape, StableHLO_InferTypes]> {
  let summary = "Complex number from its two parts";
  let description = [{
    `lhs + i * rhs`.

    ```mlir
    %z = stablehlo.complex %re, %im : tensor<2xcomplex<f64>>
    ```
  }];
  let arguments = (ins StableHLO_FloatTensor:$lhs, StableHLO_FloatTensor:$rhs);
  let results = (outs StableHLO_ComplexTensor:$result);
  let hasVerifier = 1;
  let assemblyFormat = [{
    operands attr-dict `:`
    custom<ComplexOpType>(type($lhs), type($rhs), type($result))
  }];
}

def StableHLO_CompareOp : StableHLO_Op<"compare",
    [Pure, Elementwise, StableHLO_SameShape, StableHLO_InferTypes]> {
  let summary = "Compares elements";
  let description = [{
    Whether `lhs[i] <direction> rhs[i]`. With TOTALORDER floats compare as
    `-nan < -inf < ... < -0 < +0 < ... < inf < nan`; otherwise nan is unordered.

    ```mlir
    %p = stablehlo.compare LT, %x, %y, FLOAT : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xi1>
    ```
  }];
  let arguments = (ins
    StableHLO_Tensor:$lhs, StableHLO_Tensor:$rhs,
    StableHLO_ComparisonDirectionAttr:$comparison_direction,
    OptionalAttr<StableHLO_ComparisonTypeAttr>:$compare_type);
  let results = (outs StableHLO_PredTensor:$result);
  let builders = [
    OpBuilder<(ins "::mlir::Value":$lhs, "::mlir::Value":$rhs,
                   "::invhlo::stablehlo::ComparisonDirection":$direction)>];
  let hasVerifier = 1;
  let assemblyFormat = [{
    custom<EnumValue>($comparison_direction) `,` $lhs `,` $rhs ``
    custom<CommaThenEnumValue>($compare_type) attr-dict `:`
    functional-type(operands, results)
  }];
}

def StableHLO_ClampOp : StableHLO_Op<"clamp", [Pure, StableHLO_InferTypes]> {
  let summary = "Limits elements to an interval";
  let description = [{
    `minimum(maximum(operand, min), max)`. A bound is a scalar or of the
    operand's shape.

    ```mlir
    %y = stablehlo.clamp %lo, %x, %hi : tensor<3xi32>
    ```
  }];
  let arguments = (ins StableHLO_Tensor:$min, StableHLO_Tensor:$operand,
                       StableHLO_Tensor:$max);
  let results = (outs StableHLO_Tensor:$result);
  let hasVerifier = 1;
  let assemblyFormat = [{
    $min `,` $operand `,` $max attr-dict `:`
    custom<SameOperandsAndResultType>(type($min), type($operand), type($max),
                                      type($result))
  }];
}

def StableHLO_SelectOp : StableHLO_Op<"select", [Pure, StableHLO_InferTypes]> {
  let summary = "Chooses between two tensors";
  let description = [{
    `on_true[i]` where `pred` holds and `on_false[i]` elsewhere. `pred` is a
    scalar or of the operands' shape.

    ```mlir
    %y = stablehlo.select %p, %a, %b : tensor<2x2xi1>, tensor<2x2xi32>
    ```
  }];
  let arguments = (ins StableHLO_PredTensor:$pred, StableHLO_Tensor:$on_true,
                       StableHLO_Tensor:$on_false);
  let results = (outs StableHLO_Tensor:$result);
  let hasVerifier = 1;
  let assemblyFormat = [{
    operands attr-dict `:`
    custom<SelectOpType>(type($pred), type($on_true), type($on_false),
                         type($result))
  }];
}

#endif // INVHLO_STABLEHLO_ELEMENTWISE_TD
