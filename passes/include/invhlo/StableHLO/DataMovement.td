// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef INVHLO_STABLEHLO_DATAMOVEMENT_TD
#define INVHLO_STABLEHLO_DATAMOVEMENT_TD

include "invhlo/StableHLO/Base.td"

def StableHLO_ConstantOp : StableHLO_Op<"constant",
    [Pure, ConstantLike, StableHLO_InferTypes,
     DeclareOpInterfaceMethods<OpAsmOpInterface, ["getAsmResultNames"]>]> {
  let summary = "A constant tensor";
  let description = [{
    Printed with the value alone; when the result type is not the value's
    (quantized tensors) as `stablehlo.constant() <{value = ...}> : ...`.

    ```mlir
    %c = stablehlo.constant dense<[[0, 1], [2, 3]]> : tensor<2x2xi32>
    ```
  }];
  let arguments = (ins ElementsAttr:$value);
  let results = (outs StableHLO_Tensor:$output);
  let builders = [OpBuilder<(ins "::mlir::Attribute":$value)>];
  let hasCustomAssemblyFormat = 1;
  let hasFolder = 1;
}

def StableHLO_IotaOp : StableHLO_Op<"iota", [Pure]> {
  let summary = "Counts along a dimension";
  let description = [{
    `result[..., i, ...] = i` where `i` is the index in `iota_dimension`.

    ```mlir
    %r = stablehlo.iota dim = 0 : tensor<4x5xi32>
    ```
  }];
  let arguments = (ins I64Attr:$iota_dimension);
  let results = (outs StableHLO_Tensor:$output);
  let hasVerifier = 1;
  let assemblyFormat = "`dim` `=` $iota_dimension attr-dict `:` type($output)";
}

def StableHLO_ReshapeOp : StableHLO_Op<"reshape", [Pure]> {
  let summary = "The same elements in another shape";
  let description = [{
    Row-major order of the elements is kept.

    ```mlir
    %r = stablehlo.reshape %x : (tensor<2x3xf32>) -> tensor<6xf32>
    ```
  }];
  let arguments = (ins StableHLO_Tensor:$operand);
  let results = (outs StableHLO_Tensor:$result);
  let hasVerifier = 1;
  let assemblyFormat = "operands attr-dict `:` functional-type(operands, results)";
}

def StableHLO_BitcastConvertOp : StableHLO_Op<"bitcast_convert", [Pure]> {
  let summary = "The same bits as another element type";
  let description = [{
    When the widths differ a minor-most dimension of their ratio appears or
    goes away.

    ```mlir
    %r = stablehlo.bitcast_convert %x : (tensor<f64>) -> tensor<4xf16>
    ```
  }];
  let arguments = (ins StableHLO_Tensor:$operand);
  let results = (outs StableHLO_Tensor:$result);
  let hasVerifier = 1;
  let assemblyFormat = "operands attr-dict `:` functional-type(operands, results)";
}

def StableHLO_BroadcastInDimOp : StableHLO_Op<"broadcast_in_dim", [Pure]> {
  let summary = "Repeats a tensor along new or unit dimensions";
  let description = [{
    Dimension `d` of the operand becomes dimension `broadcast_dimensions[d]` of
    the result, repeated if its size is 1.

    ```mlir
    %r = stablehlo.broadcast_in_dim %x, dims = [2, 1] : (tensor<1x3xi32>) -> tensor<2x3x2xi32>
    ```
  }];
  let arguments = (ins StableHLO_Tensor:$operand,
                       DenseI64ArrayAttr:$broadcast_dimensions);
  let results = (outs StableHLO_Tensor:$result);
  let hasVerifier = 1;
  let assemblyFormat = [{
    $operand `,` `dims` `=` $broadcast_dimensions attr-dict `:`
    functional-type(operands, results)
  }];
}

def StableHLO_BroadcastOp : StableHLO_Op<"broadcast",
    [Pure, StableHLO_InferTypes]> {
  let summary = "Repeats a tensor along new leading dimensions";
  let description = [{
    The result's shape is `broadcast_sizes` followed by the operand's.

    ```mlir
    %r = stablehlo.broadcast %x, sizes = [1, 2] : (tensor<3xi32>) -> tensor<1x2x3xi32>
    ```
  }];
  let arguments = (ins StableHLO_Tensor:$operand,
                       DenseI64ArrayAttr:$broadcast_sizes);
  let results = (outs StableHLO_Tensor:$result);
  let assemblyFormat = [{
    $operand `,` `sizes` `=` $broadcast_sizes attr-dict `:`
    functional-type(operands, results)
  }];
}

def StableHLO_TransposeOp : StableHLO_Op<"transpose",
    [Pure, StableHLO_InferTypes]> {
  let summary = "Permutes the dimensions";
  let description = [{
    Dimension `d` of the result is dimension `permutation[d]` of the operand.

    ```mlir
    %r = stablehlo.transpose %x, dims = [2, 1, 0] : (tensor<1x2x3xi32>) -> tensor<3x2x1xi32>
    ```
  }];
  let arguments = (ins StableHLO_Tensor:$operand,
                       DenseI64ArrayAttr:$permutation);
  let results = (outs StableHLO_Tensor:$result);
  let assemblyFormat = [{
    $operand `,` `dims` `=` $permutation attr-dict `:`
    functional-type(operands, results)
  }];
}

def StableHLO_ReverseOp : StableHLO_Op<"reverse", [Pure, StableHLO_SameType]> {
  let summary = "Reverses the order of elements along dimensions";
  let description = [{
    `result[..., i, ...] = operand[..., n - 1 - i, ...]` along every one of
    `dimensions`.

    ```mlir
    %r = stablehlo.reverse %x, dims = [1] : tensor<3x2xi32>
    ```
  }];
  let arguments = (ins StableHLO_Tensor:$operand,
                       DenseI64ArrayAttr:$dimensions);
  let results = (outs StableHLO_Tensor:$result);
  let hasVerifier = 1;
  let assemblyFormat = [{
    $operand `,` `dims` `=` $dimensions attr-dict `:`
    custom<SameOperandsAndResultType>(type($operand), type($result))
  }];
}

def StableHLO_ConcatenateOp : StableHLO_Op<"concatenate",
    [Pure, StableHLO_InferTypes]> {
  let summary = "Joins tensors along a dimension";
  let description = [{
    The operands agree in every other dimension.

    ```mlir
    %r = stablehlo.concatenate %a, %b, dim = 0 : (tensor<3x2xi64>, tensor<1x2xi64>) -> tensor<4x2xi64>
    ```
  }];
  let arguments = (ins Variadic<StableHLO_Tensor>:$inputs, I64Attr:$dimension);
  let results = (outs StableHLO_Tensor:$result);
  let assemblyFormat = [{
    custom<OperandsThenComma>($inputs) `dim` `=` $dimension attr-dict `:`
    functional-type(operands, results)
  }];
}

def StableHLO_PadOp : StableHLO_Op<"pad", [Pure, StableHLO_InferTypes]> {
  let summary = "Pads the edges of a tensor and between its elements";
  let description = [{
    Puts `edge_padding_low` and `edge_padding_high` copies of the padding value
    around each dimension (negative ones cut off elements) and
    `interior_padding` between any two elements.

    ```mlir
    %r = stablehlo.pad %x, %v, low = [0, 1], high = [2, 1], interior = [1, 2]
      : (tensor<2x3xi32>, tensor<i32>) -> tensor<5x9xi32>
    ```
  }];
  let arguments = (ins StableHLO_Tensor:$operand,
                       StableHLO_Tensor:$padding_value,
                       DenseI64ArrayAttr:$edge_padding_low,
                       DenseI64ArrayAttr:$edge_padding_high,
                       DenseI64ArrayAttr:$interior_padding);
  let results = (outs StableHLO_Tensor:$result);
  let assemblyFormat = [{
    $operand `,` $padding_value `,` `low` `=` $edge_padding_low
    `,` `high` `=` $edge_padding_high `,` `interior` `=` $interior_padding
    attr-dict `:` functional-type(operands, results)
  }];
}

def StableHLO_SliceOp : StableHLO_Op<"slice", [Pure, StableHLO_InferTypes]> {
  let summary = "A strided box of a tensor";
  let description = [{
    `result[i] = operand[start_indices + i * strides]`, up to and without
    `limit_indices`. Printed as `start:limit:stride`, without a stride of 1.

    ```mlir
    %r = stablehlo.slice %x [1:3, 4:8:2] : (tensor<3x8xi64>) -> tensor<2x2xi64>
    ```
  }];
  let arguments = (ins StableHLO_Tensor:$operand,
                       DenseI64ArrayAttr:$start_indices,
                       DenseI64ArrayAttr:$limit_indices,
                       DenseI64ArrayAttr:$strides);
  let results = (outs StableHLO_Tensor:$result);
  let assemblyFormat = [{
    $operand custom<SliceRanges>($start_indices, $limit_indices, $strides)
    attr-dict `:` functional-type(operands, results)
  }];
}

def StableHLO_DynamicSliceOp : StableHLO_Op<"dynamic_slice",
    [Pure, StableHLO_InferTypes]> {
  let summary = "A box at a position known at run time";
  let description = [{
    The box of `slice_sizes` at `start_indices`, which are clamped so that it
    lies inside the operand.

    ```mlir
    %r = stablehlo.dynamic_slice %x, %i, %j, sizes = [2, 2]
      : (tensor<4x4xi32>, tensor<i64>, tensor<i64>) -> tensor<2x2xi32>
    ```
  }];
  let arguments = (ins StableHLO_Tensor:$operand,
                       Variadic<StableHLO_ScalarIntTensor>:$start_indices,
                       DenseI64ArrayAttr:$slice_sizes);
  let results = (outs StableHLO_Tensor:$result);
  let assemblyFormat = [{
    $operand `,` custom<OperandsThenComma>($start_indices)
    `sizes` `=` $slice_sizes attr-dict `:` functional-type(operands, results)
  }];
}

def StableHLO_DynamicUpdateSliceOp : StableHLO_Op<"dynamic_update_slice",
    [Pure, StableHLO_InferTypes]> {
  let summary = "Overwrites a box at a position known at run time";
  let description = [{
    The operand with `update` written at `start_indices`, which are clamped so
    that it lies inside.

    ```mlir
    %r = stablehlo.dynamic_update_slice %x, %u, %i, %j
      : (tensor<4x4xi32>, tensor<2x2xi32>, tensor<i64>, tensor<i64>) -> tensor<4x4xi32>
    ```
  }];
  let arguments = (ins StableHLO_Tensor:$operand, StableHLO_Tensor:$update,
                       Variadic<StableHLO_ScalarIntTensor>:$start_indices);
  let results = (outs StableHLO_Tensor:$result);
  let hasVerifier = 1;
  let assemblyFormat = "operands attr-dict `:` functional-type(operands, results)";
}

#endif // INVHLO_STABLEHLO_DATAMOVEMENT_TD
