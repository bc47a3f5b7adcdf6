// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef INVHLO_STABLEHLO_LINEARALGEBRA_TD
#define INVHLO_STABLEHLO_LINEARALGEBRA_TD

include "invhlo/StableHLO/Base.td"

def StableHLO_DotGeneralOp : StableHLO_Op<"dot_general", [Pure]> {
  let summary = "Sum of products over chosen dimensions";
  let description = [{
    Multiplies along equal indices of the batching dimensions and sums over the
    contracting ones. The result has the batching dimensions, then what is left
    of `lhs`, then what is left of `rhs`.

    ```mlir
    %r = stablehlo.dot_general %a, %b, batching_dims = [0] x [0],
      contracting_dims = [2] x [1], precision = [DEFAULT, DEFAULT]
      : (tensor<2x3x4xf32>, tensor<2x4x5xf32>) -> tensor<2x3x5xf32>
    ```
  }];
  let arguments = (ins
    StableHLO_Tensor:$lhs, StableHLO_Tensor:$rhs,
    StableHLO_DotDimensionNumbers:$dot_dimension_numbers,
    OptionalAttr<StableHLO_PrecisionConfigAttr>:$precision_config,
    OptionalAttr<StableHLO_DotAlgorithm>:$algorithm);
  let results = (outs StableHLO_Tensor:$result);
  let builders = [
    OpBuilder<(ins "::mlir::Type":$result, "::mlir::Value":$lhs,
                   "::mlir::Value":$rhs,
                   "::invhlo::stablehlo::DotDimensionNumbersAttr":$dims)>];
  let hasVerifier = 1;
  let assemblyFormat = [{
    $lhs `,` $rhs `,` custom<DotDimensionNumbers>($dot_dimension_numbers) ``
    custom<PrecisionConfigAndAlgorithm>($precision_config, $algorithm)
    attr-dict `:` functional-type(operands, results)
  }];
}

def StableHLO_DotOp : StableHLO_Op<"dot", [Pure]> {
  let summary = "Product of vectors and matrices";
  let description = [{
    Sums over the last dimension of `lhs` and the first of `rhs`.

    ```mlir
    %r = stablehlo.dot %a, %b : (tensor<1x2xi32>, tensor<2x1xi32>) -> tensor<1x1xi32>
    ```
  }];
  let arguments = (ins
    StableHLO_Tensor:$lhs, StableHLO_Tensor:$rhs,
    OptionalAttr<StableHLO_PrecisionConfigAttr>:$precision_config);
  let results = (outs StableHLO_Tensor:$result);
  let hasVerifier = 1;
  let assemblyFormat = [{
    $lhs `,` $rhs `` custom<PrecisionConfig>($precision_config)
    attr-dict `:` functional-type(operands, results)
  }];
}

def StableHLO_EinsumOp : StableHLO_Op<"einsum", [Pure]> {
  let summary = "Einstein sum of two tensors";
  let description = [{
    The sum of products that `einsum_config` spells out.

    ```mlir
    %r = stablehlo.einsum %a, %b, config = "ab,bc->ac"
      : (tensor<4x16xf32>, tensor<16x4xf32>) -> tensor<4x4xf32>
    ```
  }];
  let arguments = (ins StableHLO_Tensor:$lhs, StableHLO_Tensor:$rhs,
                       StrAttr:$einsum_config);
  let results = (outs StableHLO_Tensor:$result);
  let assemblyFormat = [{
    $lhs `,` $rhs `,` `config` `=` $einsum_config attr-dict `:`
    functional-type(operands, results)
  }];
}

def StableHLO_UnaryEinsumOp : StableHLO_Op<"unary_einsum", [Pure]> {
  let summary = "Einstein sum of one tensor";
  let description = [{
    Transposes, takes diagonals and sums as `einsum_config` spells out.

    ```mlir
    %r = stablehlo.unary_einsum %a, config = "ab->a"
      : (tensor<4x16xf32>) -> tensor<4xf32>
    ```
  }];
  let arguments = (ins StableHLO_Tensor:$operand, StrAttr:$einsum_config);
  let results = (outs StableHLO_Tensor:$result);
  let assemblyFormat = [{
    $operand `,` `config` `=` $einsum_config attr-dict `:`
    functional-type(operands, results)
  }];
}

def StableHLO_ConvolutionOp : StableHLO_Op<"convolution", [Pure]> {
  let summary = "Convolution with any strides, padding, dilation and groups";
  let description = [{
    The dot products of the kernel with windows of the input; which dimension
    means what is in `dimension_numbers`.

    ```mlir
    %r = stablehlo.convolution(%x, %k)
      dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f],
      window = {stride = [4, 4], pad = [[0, 0], [0, 0]], lhs_dilate = [2, 2], rhs_dilate = [1, 1]}
      {batch_group_count = 1 : i64, feature_group_count = 1 : i64}
      : (tensor<1x4x4x1xf32>, tensor<3x3x1x1xf32>) -> tensor<1x2x2x1xf32>
    ```
  }];
  let arguments = (ins
    StableHLO_Tensor:$lhs, StableHLO_Tensor:$rhs,
    OptionalAttr<DenseI64ArrayAttr>:$window_strides,
    OptionalAttr<I64ElementsAttr>:$padding,
    OptionalAttr<DenseI64ArrayAttr>:$lhs_dilation,
    OptionalAttr<DenseI64ArrayAttr>:$rhs_dilation,
    OptionalAttr<DenseBoolArrayAttr>:$window_reversal,
    StableHLO_ConvDimensionNumbers:$dimension_numbers,
    ConfinedAttr<I64Attr, [IntPositive]>:$feature_group_count,
    ConfinedAttr<I64Attr, [IntPositive]>:$batch_group_count,
    OptionalAttr<StableHLO_PrecisionConfigAttr>:$precision_config);
  let results = (outs StableHLO_Tensor:$result);
  let hasVerifier = 1;
  let assemblyFormat = [{
    `(` operands `)` `dim_numbers` `=`
    custom<ConvolutionDimensions>($dimension_numbers) `,` `window` `=` `{`
    custom<WindowAttributes>($window_strides, $padding, $lhs_dilation,
                             $rhs_dilation, $window_reversal)
    `}` attr-dict `:` functional-type(operands, results)
  }];
}

def StableHLO_CholeskyOp : StableHLO_Op<"cholesky",
    [Pure, StableHLO_SameType]> {
  let summary = "Cholesky factor of a batch of matrices";
  let description = [{
    The triangular `l` with `l l^H = a` (or `l^H l = a` for the upper one);
    only the `lower` or upper half of `a` is read.

    ```mlir
    %l = stablehlo.cholesky %a, lower = true : tensor<3x3xf64>
    ```
  }];
  let arguments = (ins StableHLO_FloatOrComplexTensor:$a,
                       DefaultValuedOptionalAttr<BoolAttr, "false">:$lower);
  let results = (outs StableHLO_FloatOrComplexTensor:$result);
  let hasVerifier = 1;
  let assemblyFormat = [{
    $a (`,` `lower` `=` $lower^)? attr-dict `:`
    custom<SameOperandsAndResultType>(type($a), type($result))
  }];
}

def StableHLO_TriangularSolveOp : StableHLO_Op<"triangular_solve",
    [Pure, StableHLO_InferTypes]> {
  let summary = "Solves a batch of triangular systems";
  let description = [{
    The `x` with `op(a) x = b` (`left_side`) or `x op(a) = b`, where `a` is
    read as lower or upper triangular and `op` is `transpose_a`.

    ```mlir
    %x = "stablehlo.triangular_solve"(%a, %b) <{left_side = true, lower = true,
        transpose_a = #stablehlo<transpose NO_TRANSPOSE>, unit_diagonal = false}>
      : (tensor<3x3xf32>, tensor<3x3xf32>) -> tensor<3x3xf32>
    ```
  }];
  let arguments = (ins
    StableHLO_FloatOrComplexTensor:$a, StableHLO_FloatOrComplexTensor:$b,
    BoolAttr:$left_side, BoolAttr:$lower, BoolAttr:$unit_diagonal,
    StableHLO_TransposeAttr:$transpose_a);
  let results = (outs StableHLO_FloatOrComplexTensor:$result);
  let hasVerifier = 1;
}

def StableHLO_FftOp : StableHLO_Op<"fft", [Pure, StableHLO_InferTypes]> {
  let summary = "Fourier transform over the last dimensions";
  let description = [{
    Transforms as many of the last dimensions as `fft_length` has entries;
    RFFT and IRFFT go from and to real tensors.

    ```mlir
    %r = stablehlo.fft %x, type = FFT, length = [4]
      : (tensor<4xcomplex<f32>>) -> tensor<4xcomplex<f32>>
    ```
  }];
  let arguments = (ins StableHLO_FloatOrComplexTensor:$operand,
                       StableHLO_FftTypeAttr:$fft_type,
                       DenseI64ArrayAttr:$fft_length);
  let results = (outs StableHLO_FloatOrComplexTensor:$result);
  let assemblyFormat = [{
    $operand `,` `type` `=` custom<EnumValue>($fft_type) `,` `length` `=` $fft_length attr-dict
    `:` functional-type(operands, results)
  }];
}

def StableHLO_BatchNormInferenceOp : StableHLO_Op<"batch_norm_inference",
    [Pure, StableHLO_InferTypes]> {
  let summary = "Normalizes with given statistics";
  let description = [{
    `scale * (operand - mean) / sqrt(variance + epsilon) + offset`, everything
    but the operand broadcast along `feature_index`.

    ```mlir
    %r = "stablehlo.batch_norm_inference"(%x, %s, %o, %m, %v)
      <{epsilon = 0.001 : f32, feature_index = 1 : i64}>
      : (tensor<4x2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) -> tensor<4x2xf32>
    ```
  }];
  let arguments = (ins
    StableHLO_FloatTensor:$operand, StableHLO_FloatTensor:$scale,
    StableHLO_FloatTensor:$offset, StableHLO_FloatTensor:$mean,
    StableHLO_FloatTensor:$variance, F32Attr:$epsilon,
    I64Attr:$feature_index);
  let results = (outs StableHLO_FloatTensor:$result);
}

def StableHLO_BatchNormTrainingOp : StableHLO_Op<"batch_norm_training",
    [Pure, StableHLO_InferTypes]> {
  let summary = "Normalizes with the batch's own statistics";
  let description = [{
    The normalized operand, and the mean and variance of each feature.

    ```mlir
    %y, %m, %v = "stablehlo.batch_norm_training"(%x, %s, %o)
      <{epsilon = 0.001 : f32, feature_index = 1 : i64}>
      : (tensor<4x2xf32>, tensor<2xf32>, tensor<2xf32>) -> (tensor<4x2xf32>, tensor<2xf32>, tensor<2xf32>)
    ```
  }];
  let arguments = (ins
    StableHLO_FloatTensor:$operand, StableHLO_FloatTensor:$scale,
    StableHLO_FloatTensor:$offset, F32Attr:$epsilon, I64Attr:$feature_index);
  let results = (outs StableHLO_FloatTensor:$output,
                      StableHLO_FloatTensor:$batch_mean,
                      StableHLO_FloatTensor:$batch_var);
}

def StableHLO_BatchNormGradOp : StableHLO_Op<"batch_norm_grad",
    [Pure, StableHLO_InferTypes]> {
  let summary = "Gradients of batch_norm_training";
  let description = [{
    The gradients of operand, scale and offset for `grad_output`.

    ```mlir
    %dx, %ds, %do = "stablehlo.batch_norm_grad"(%x, %s, %m, %v, %dy)
      <{epsilon = 0.001 : f32, feature_index = 1 : i64}>
      : (tensor<4x2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<4x2xf32>) -> (tensor<4x2xf32>, tensor<2xf32>, tensor<2xf32>)
    ```
  }];
  let arguments = (ins
    StableHLO_FloatTensor:$operand, StableHLO_FloatTensor:$scale,
    StableHLO_FloatTensor:$mean, StableHLO_FloatTensor:$variance,
    StableHLO_FloatTensor:$grad_output, F32Attr:$epsilon,
    I64Attr:$feature_index);
  let results = (outs StableHLO_FloatTensor:$grad_operand,
                      StableHLO_FloatTensor:$grad_scale,
                      StableHLO_FloatTensor:$grad_offset);
}

#endif // INVHLO_STABLEHLO_LINEARALGEBRA_TD
