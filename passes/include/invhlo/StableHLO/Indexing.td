// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef INVHLO_STABLEHLO_INDEXING_TD
#define INVHLO_STABLEHLO_INDEXING_TD

include "invhlo/StableHLO/Base.td"

def StableHLO_GatherOp : StableHLO_Op<"gather", [Pure, StableHLO_InferTypes]> {
  let summary = "Collects slices at positions given by a tensor";
  let description = [{
    Every vector along `index_vector_dim` of `start_indices` names a slice of
    `slice_sizes` elements; out of range starts are clamped.

    ```mlir
    %r = "stablehlo.gather"(%x, %i) <{
      dimension_numbers = #stablehlo.gather<offset_dims = [1],
        collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1>,
      slice_sizes = array<i64: 1, 4>
    }> : (tensor<3x4xf32>, tensor<2x1xi32>) -> tensor<2x4xf32>
    ```
  }];
  let arguments = (ins
    StableHLO_Tensor:$operand, StableHLO_IntTensor:$start_indices,
    StableHLO_GatherDimensionNumbers:$dimension_numbers,
    DenseI64ArrayAttr:$slice_sizes,
    DefaultValuedOptionalAttr<BoolAttr, "false">:$indices_are_sorted);
  let results = (outs StableHLO_Tensor:$result);
}

def StableHLO_DynamicGatherOp : StableHLO_Op<"dynamic_gather",
    [Pure, StableHLO_InferTypes]> {
  let summary = "A gather whose slice sizes are known at run time";
  let description = [{
    As `gather`, with `slice_sizes` an operand.

    ```mlir
    %r = "stablehlo.dynamic_gather"(%x, %i, %sizes) <{
      dimension_numbers = #stablehlo.gather<offset_dims = [1],
        collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1>
    }> : (tensor<3x4xf32>, tensor<2x1xi32>, tensor<2xi32>) -> tensor<2x?xf32>
    ```
  }];
  let arguments = (ins
    StableHLO_Tensor:$operand, StableHLO_IntTensor:$start_indices,
    StableHLO_DimensionTensor:$slice_sizes,
    StableHLO_GatherDimensionNumbers:$dimension_numbers,
    DefaultValuedOptionalAttr<BoolAttr, "false">:$indices_are_sorted);
  let results = (outs StableHLO_Tensor:$result);
}

def StableHLO_ScatterOp : StableHLO_Op<"scatter",
    [SameVariadicOperandSize, RecursiveMemoryEffects,
     SingleBlockImplicitTerminator<"ReturnOp">]> {
  let summary = "Combines updates into positions given by a tensor";
  let description = [{
    Every vector along `index_vector_dim` of `scatter_indices` names a window
    of the inputs; the region combines what is there with the updates. Updates
    out of range are dropped.

    ```mlir
    %r = "stablehlo.scatter"(%x, %i, %u) <{
      scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [1],
        inserted_window_dims = [0], scatter_dims_to_operand_dims = [0],
        index_vector_dim = 1>
    }> ({
    ^bb0(%a: tensor<f32>, %b: tensor<f32>):
      stablehlo.return %b : tensor<f32>
    }) : (tensor<3x4xf32>, tensor<2x1xi32>, tensor<2x4xf32>) -> tensor<3x4xf32>
    ```
  }];
  let arguments = (ins
    Variadic<StableHLO_Tensor>:$inputs, StableHLO_IntTensor:$scatter_indices,
    Variadic<StableHLO_Tensor>:$updates,
    StableHLO_ScatterDimensionNumbers:$scatter_dimension_numbers,
    DefaultValuedOptionalAttr<BoolAttr, "false">:$indices_are_sorted,
    DefaultValuedOptionalAttr<BoolAttr, "false">:$unique_indices);
  let regions = (region SizedRegion<1>:$update_computation);
  let results = (outs Variadic<StableHLO_Tensor>:$results);
  let hasVerifier = 1;
  let hasRegionVerifier = 1;
}

def StableHLO_TorchIndexSelectOp : StableHLO_Op<"torch_index_select", [Pure]> {
  let summary = "Rows at given indices, as torch.index_select";
  let description = [{
    `result[b, i, ...] = operand[b, index[b, i], ...]` along `dim`, the first
    `batch_dims` dimensions being batches.

    ```mlir
    %r = "stablehlo.torch_index_select"(%x, %i) <{batch_dims = 0 : i64, dim = 0 : i64}>
      : (tensor<5x4xf32>, tensor<2xi32>) -> tensor<2x4xf32>
    ```
  }];
  let arguments = (ins StableHLO_Tensor:$operand, StableHLO_Tensor:$index,
                       I64Attr:$dim, I64Attr:$batch_dims);
  let results = (outs StableHLO_Tensor:$result);
}

#endif // INVHLO_STABLEHLO_INDEXING_TD
