// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef INVHLO_STABLEHLO_DYNAMIC_TD
#define INVHLO_STABLEHLO_DYNAMIC_TD

include "invhlo/StableHLO/Base.td"

def StableHLO_GetDimensionSizeOp : StableHLO_Op<"get_dimension_size",
    [Pure, StableHLO_InferTypes]> {
  let summary = "Size of a dimension";
  let description = [{
    The size at run time of dimension `dimension`.

    ```mlir
    %r = stablehlo.get_dimension_size %x, dim = 1 : (tensor<2x?xi64>) -> tensor<i32>
    ```
  }];
  let arguments = (ins StableHLO_Tensor:$operand, I64Attr:$dimension);
  let results = (outs RankedTensorOf<[I32]>:$result);
  let assemblyFormat = [{
    $operand `,` `dim` `=` $dimension attr-dict `:`
    functional-type(operands, results)
  }];
}

def StableHLO_SetDimensionSizeOp : StableHLO_Op<"set_dimension_size",
    [Pure, StableHLO_InferTypes]> {
  let summary = "Changes the size of a dimension";
  let description = [{
    The operand with dimension `dimension` cut to `size` elements, its old
    size now being the bound.

    ```mlir
    %r = stablehlo.set_dimension_size %x, %n, dim = 1 : (tensor<4x2xf32>, tensor<i32>) -> tensor<4x?xf32, #stablehlo.bounds<?, 2>>
    ```
  }];
  let arguments = (ins StableHLO_Tensor:$operand,
                       RankedTensorOf<[I32]>:$size, I64Attr:$dimension);
  let results = (outs StableHLO_Tensor:$result);
  let assemblyFormat = [{
    $operand `,` $size `,` `dim` `=` $dimension attr-dict `:`
    functional-type(operands, results)
  }];
}

def StableHLO_DynamicIotaOp : StableHLO_Op<"dynamic_iota", [Pure]> {
  let summary = "An iota whose shape is known at run time";
  let description = [{
    As `iota`, of shape `output_shape`.

    ```mlir
    %r = stablehlo.dynamic_iota %shape, dim = 0 : (tensor<2xi64>) -> tensor<?x?xi64>
    ```
  }];
  let arguments = (ins StableHLO_DimensionTensor:$output_shape,
                       I64Attr:$iota_dimension);
  let results = (outs StableHLO_Tensor:$result);
  let hasVerifier = 1;
  let assemblyFormat = [{
    $output_shape `,` `dim` `=` $iota_dimension attr-dict `:`
    functional-type(operands, results)
  }];
}

def StableHLO_DynamicReshapeOp : StableHLO_Op<"dynamic_reshape", [Pure]> {
  let summary = "A reshape whose shape is known at run time";
  let description = [{
    As `reshape`, to shape `output_shape`.

    ```mlir
    %r = stablehlo.dynamic_reshape %x, %shape : (tensor<?xi64>, tensor<2xi64>) -> tensor<?x2xi64>
    ```
  }];
  let arguments = (ins StableHLO_Tensor:$operand,
                       StableHLO_DimensionTensor:$output_shape);
  let results = (outs StableHLO_Tensor:$result);
  let assemblyFormat = "operands attr-dict `:` functional-type(operands, results)";
  let hasVerifier = 1;
}

def StableHLO_DynamicBroadcastInDimOp
    : StableHLO_Op<"dynamic_broadcast_in_dim", [Pure]> {
  let summary = "A broadcast whose shape is known at run time";
  let description = [{
    As `broadcast_in_dim`, to shape `output_dimensions`. The operand's
    dimensions that are known to be repeated, or not to be, can be listed.

    ```mlir
    %r = stablehlo.dynamic_broadcast_in_dim %x, %shape, dims = [1] : (tensor<?xi64>, tensor<2xi64>) -> tensor<?x?xi64>
    ```
  }];
  let arguments = (ins
    StableHLO_Tensor:$operand, StableHLO_DimensionTensor:$output_dimensions,
    DenseI64ArrayAttr:$broadcast_dimensions,
    OptionalAttr<DenseI64ArrayAttr>:$known_expanding_dimensions,
    OptionalAttr<DenseI64ArrayAttr>:$known_nonexpanding_dimensions);
  let results = (outs StableHLO_Tensor:$result);
  let hasVerifier = 1;
  let assemblyFormat = [{
    $operand `,` $output_dimensions `,` `dims` `=` $broadcast_dimensions
    attr-dict `:` functional-type(operands, results)
  }];
}

def StableHLO_DynamicPadOp : StableHLO_Op<"dynamic_pad", [Pure]> {
  let summary = "A pad whose amounts are known at run time";
  let description = [{
    As `pad`, its amounts being operands.

    ```mlir
    %r = stablehlo.dynamic_pad %x, %v, %lo, %hi, %in
      : (tensor<?xi64>, tensor<i64>, tensor<1xi64>, tensor<1xi64>, tensor<1xi64>) -> tensor<?xi64>
    ```
  }];
  let arguments = (ins
    StableHLO_Tensor:$operand, StableHLO_Tensor:$padding_value,
    StableHLO_DimensionTensor:$edge_padding_low,
    StableHLO_DimensionTensor:$edge_padding_high,
    StableHLO_DimensionTensor:$interior_padding);
  let results = (outs StableHLO_Tensor:$result);
  let assemblyFormat = "operands attr-dict `:` functional-type(operands, results)";
  let hasVerifier = 1;
}

def StableHLO_RealDynamicSliceOp : StableHLO_Op<"real_dynamic_slice", [Pure]> {
  let summary = "A slice whose ranges are known at run time";
  let description = [{
    As `slice`, its starts, limits and strides being operands.

    ```mlir
    %r = stablehlo.real_dynamic_slice %x, %lo, %hi, %step
      : (tensor<?xf32>, tensor<1xindex>, tensor<1xindex>, tensor<1xindex>) -> tensor<?xf32>
    ```
  }];
  let arguments = (ins
    StableHLO_Tensor:$operand, StableHLO_DimensionTensor:$start_indices,
    StableHLO_DimensionTensor:$limit_indices,
    StableHLO_DimensionTensor:$strides);
  let results = (outs StableHLO_Tensor:$result);
  let assemblyFormat = "operands attr-dict `:` functional-type(operands, results)";
  let hasVerifier = 1;
}

def StableHLO_DynamicConvOp : StableHLO_Op<"dynamic_conv", [Pure]> {
  let summary = "A convolution whose padding is known at run time";
  let description = [{
    As `convolution`, with `padding` an operand.

    ```mlir
    %r = "stablehlo.dynamic_conv"(%x, %k, %pad) <{batch_group_count = 1 : i64,
        dimension_numbers = #stablehlo.conv<[b, 0, f]x[0, i, o]->[b, 0, f]>,
        feature_group_count = 1 : i64}>
      : (tensor<1x4x1xf32>, tensor<3x1x1xf32>, tensor<1x2xi32>) -> tensor<1x?x1xf32>
    ```
  }];
  let arguments = (ins
    StableHLO_Tensor:$lhs, StableHLO_Tensor:$rhs, StableHLO_IntTensor:$padding,
    OptionalAttr<DenseI64ArrayAttr>:$window_strides,
    OptionalAttr<DenseI64ArrayAttr>:$lhs_dilation,
    OptionalAttr<DenseI64ArrayAttr>:$rhs_dilation,
    OptionalAttr<DenseBoolArrayAttr>:$window_reversal,
    StableHLO_ConvDimensionNumbers:$dimension_numbers,
    ConfinedAttr<I64Attr, [IntPositive]>:$feature_group_count,
    ConfinedAttr<I64Attr, [IntPositive]>:$batch_group_count,
    OptionalAttr<StableHLO_PrecisionConfigAttr>:$precision_config);
  let results = (outs StableHLO_Tensor:$result);
}

#endif // INVHLO_STABLEHLO_DYNAMIC_TD
