// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef INVHLO_STABLEHLO_ATTRIBUTES_TD
#define INVHLO_STABLEHLO_ATTRIBUTES_TD

include "mlir/IR/AttrTypeBase.td"
include "mlir/IR/BuiltinAttributeInterfaces.td"
include "mlir/IR/SymbolInterfaces.td"
include "mlir/IR/TensorEncoding.td"
include "invhlo/StableHLO/Enums.td"

class StableHLO_Attr<string name, string attrMnemonic, list<Trait> traits = []>
    : AttrDef<StableHLO_Dialect, name, traits> {
  let mnemonic = attrMnemonic;
}

// A list of dimension numbers.
def StableHLO_Dims : ArrayRefParameter<"int64_t", "dimension numbers">;

def StableHLO_GatherDimensionNumbers
    : StableHLO_Attr<"GatherDimensionNumbers", "gather"> {
  let summary = "Which dimensions a gather indexes, batches, keeps and drops";
  let parameters = (ins StableHLO_Dims:$offsetDims,
                        StableHLO_Dims:$collapsedSliceDims,
                        StableHLO_Dims:$operandBatchingDims,
                        StableHLO_Dims:$startIndicesBatchingDims,
                        StableHLO_Dims:$startIndexMap,
                        "int64_t":$indexVectorDim);
  let hasCustomAssemblyFormat = 1;
  let extraClassDeclaration = [{
    /// Whether a dimension of the operand is one of the windows as well.
    bool isWindowDim(int64_t operandDim) const;
  }];
}

def StableHLO_ScatterDimensionNumbers
    : StableHLO_Attr<"ScatterDimensionNumbers", "scatter"> {
  let summary = "Which dimensions a scatter indexes, batches, keeps and inserts";
  let parameters = (ins StableHLO_Dims:$updateWindowDims,
                        StableHLO_Dims:$insertedWindowDims,
                        StableHLO_Dims:$inputBatchingDims,
                        StableHLO_Dims:$scatterIndicesBatchingDims,
                        StableHLO_Dims:$scatterDimsToOperandDims,
                        "int64_t":$indexVectorDim);
  let hasCustomAssemblyFormat = 1;
  let extraClassDeclaration = [{
    /// The dimension numbers of the gather that reads what this one writes.
    GatherDimensionNumbersAttr asGather() const;
  }];
}

def StableHLO_DotDimensionNumbers
    : StableHLO_Attr<"DotDimensionNumbers", "dot"> {
  let summary = "Which dimensions a dot_general pairs and which it sums over";
  let parameters = (ins StableHLO_Dims:$lhsBatchingDimensions,
                        StableHLO_Dims:$rhsBatchingDimensions,
                        StableHLO_Dims:$lhsContractingDimensions,
                        StableHLO_Dims:$rhsContractingDimensions);
  let hasCustomAssemblyFormat = 1;
}

def StableHLO_ConvDimensionNumbers
    : StableHLO_Attr<"ConvDimensionNumbers", "conv"> {
  let summary = "Layout of a convolution's input, kernel and output";
  let description = [{
    Printed as `[b, f, 0, 1]x[o, i, 0, 1]->[b, f, 0, 1]`: the batch (`b`) and
    feature (`f`) dimensions of input and output, the input (`i`) and output
    (`o`) features of the kernel, and the spatial dimensions by number.
  }];
  let parameters = (ins "int64_t":$inputBatchDimension,
                        "int64_t":$inputFeatureDimension,
                        StableHLO_Dims:$inputSpatialDimensions,
                        "int64_t":$kernelInputFeatureDimension,
                        "int64_t":$kernelOutputFeatureDimension,
                        StableHLO_Dims:$kernelSpatialDimensions,
                        "int64_t":$outputBatchDimension,
                        "int64_t":$outputFeatureDimension,
                        StableHLO_Dims:$outputSpatialDimensions);
  let hasCustomAssemblyFormat = 1;
}

def StableHLO_DotAlgorithm : StableHLO_Attr<"DotAlgorithm", "dot_algorithm"> {
  let summary = "The arithmetic a dot_general must be computed with";
  let parameters = (ins "::mlir::Type":$lhsPrecisionType,
                        "::mlir::Type":$rhsPrecisionType,
                        "::mlir::Type":$accumulationType,
                        "int64_t":$lhsComponentCount,
                        "int64_t":$rhsComponentCount,
                        "int64_t":$numPrimitiveOperations,
                        "bool":$allowImpreciseAccumulation);
  let assemblyFormat = [{
    `<` `lhs_precision_type` `=` $lhsPrecisionType
    `,` `rhs_precision_type` `=` $rhsPrecisionType
    `,` `accumulation_type` `=` $accumulationType
    `,` `lhs_component_count` `=` $lhsComponentCount
    `,` `rhs_component_count` `=` $rhsComponentCount
    `,` `num_primitive_operations` `=` $numPrimitiveOperations
    `,` `allow_imprecise_accumulation` `=` $allowImpreciseAccumulation `>`
  }];
}

def StableHLO_ResultAccuracyAttr
    : StableHLO_Attr<"ResultAccuracy", "result_accuracy"> {
  let summary = "How far the result of an op may be from the exact one";
  let parameters = (ins APFloatParameter<"">:$atol, APFloatParameter<"">:$rtol,
                        "int64_t":$ulps,
                        "ResultAccuracyModeAttr":$mode);
  let builders = [AttrBuilder<(ins CArg<"ResultAccuracyMode",
                                        "ResultAccuracyMode::DEFAULT">:$mode)>];
  let constBuilderCall = "::invhlo::stablehlo::ResultAccuracyAttr::get("
                         "$_builder.getContext(), $0)";
  let hasCustomAssemblyFormat = 1;
  let genVerifyDecl = 1;
}

def StableHLO_OutputOperandAlias
    : StableHLO_Attr<"OutputOperandAlias", "output_operand_alias"> {
  let summary = "A result of a custom call that shares an operand's buffer";
  let parameters = (ins StableHLO_Dims:$outputTupleIndices,
                        "int64_t":$operandIndex,
                        StableHLO_Dims:$operandTupleIndices);
  let assemblyFormat = [{
    `<` `output_tuple_indices` `=` custom<DimList>($outputTupleIndices)
    `,` `operand_index` `=` $operandIndex
    `,` `operand_tuple_indices` `=` custom<DimList>($operandTupleIndices) `>`
  }];
}

def StableHLO_ChannelHandle
    : StableHLO_Attr<"ChannelHandle", "channel_handle"> {
  let summary = "Identifies a communication channel and its kind";
  let parameters = (ins "int64_t":$handle, "int64_t":$type);
  let assemblyFormat = "`<` struct(params) `>`";
}

def StableHLO_TypeExtensions
    : StableHLO_Attr<"TypeExtensions", "bounds",
                     [DeclareAttrInterfaceMethods<VerifiableTensorEncoding>]> {
  let summary = "Upper bounds of a tensor's dynamic dimensions";
  let description = "One entry a dimension, `?` where there is no bound.";
  let parameters = (ins StableHLO_Dims:$bounds);
  let hasCustomAssemblyFormat = 1;
}

def StableHLO_MeshAxis : StableHLO_Attr<"MeshAxis", "mesh_axis"> {
  let summary = "A named axis of a device mesh";
  let parameters = (ins StringRefParameter<"axis name">:$name,
                        "int64_t":$size);
  let assemblyFormat = "`<` struct(params) `>`";
}

def StableHLO_Mesh : StableHLO_Attr<"Mesh", "mesh"> {
  let summary = "A device mesh: its axes and, optionally, the device order";
  let parameters = (ins ArrayRefParameter<"MeshAxisAttr", "axes">:$axes,
      OptionalParameter<"::mlir::DenseIntElementsAttr">:$device_ids);
  let hasCustomAssemblyFormat = 1;
}

def StableHLO_SubAxisInfo : StableHLO_Attr<"SubAxisInfo", "sub_axis_info"> {
  let summary = "The part of a mesh axis left after splitting off `pre_size`";
  let parameters = (ins "int64_t":$pre_size, "int64_t":$size);
  let assemblyFormat = "`(` $pre_size `)` `` $size";
}

def StableHLO_AxisRef : StableHLO_Attr<"AxisRef", "axis_ref"> {
  let summary = "A mesh axis, or a part of one, by name";
  let parameters = (ins StringRefParameter<"axis name">:$name,
                        OptionalParameter<"SubAxisInfoAttr">:$sub_axis_info);
  let assemblyFormat = "`<` struct(params) `>`";
}

def StableHLO_ReplicaGroupMeshAxes
    : StableHLO_Attr<"ReplicaGroupMeshAxes", "replica_group_mesh_axes"> {
  let summary = "Replica groups given by the mesh axes they span";
  let parameters = (ins "::mlir::Attribute":$mesh, "::mlir::ArrayAttr":$axes);
  let assemblyFormat = "`<` struct(params) `>`";
  let genVerifyDecl = 1;
}

def StableHLO_PrecisionConfigAttr
    : TypedArrayAttrBase<StableHLO_PrecisionAttr, "precision of each operand">;

def StableHLO_FlatSymbolRefArrayAttr
    : TypedArrayAttrBase<FlatSymbolRefAttr, "array of function names">;

def StableHLO_LayoutAttr : Attr<
    And<[CPred<"::llvm::isa<::mlir::DenseIntElementsAttr>($_self)">,
         CPred<"::llvm::cast<::mlir::DenseIntElementsAttr>($_self).getType()"
               ".getElementType().isIndex()">]>,
    "a layout: minor-to-major dimensions as an index tensor"> {
  let storageType = "::mlir::DenseIntElementsAttr";
  let returnType = "::mlir::DenseIntElementsAttr";
}

def StableHLO_ArrayOfLayoutAttr
    : TypedArrayAttrBase<StableHLO_LayoutAttr, "array of layouts">;

def StableHLO_ArrayOfTilingAttr
    : TypedArrayAttrBase<
          TypedArrayAttrBase<StableHLO_LayoutAttr, "tiles as index tensors">,
          "array of tilings">;

def StableHLO_OutputOperandAliasArrayAttr
    : TypedArrayAttrBase<StableHLO_OutputOperandAlias,
                         "result and operand pairs that share a buffer">;

// Typed custom calls carry a dictionary, the others a string.
def StableHLO_BackendConfigAttr : AnyAttrOf<[StrAttr, DictionaryAttr]>;

// Groups as a matrix of replica ids, or as axes of a mesh.
def StableHLO_ReplicaGroups
    : AnyAttrOf<[I64ElementsAttr, StableHLO_ReplicaGroupMeshAxes]>;

#endif // INVHLO_STABLEHLO_ATTRIBUTES_TD
