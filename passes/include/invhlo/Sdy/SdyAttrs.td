// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The enums and attributes of sdy. lib/Sdy/SdySyntax.cpp has their syntax.

#ifndef INVHLO_SDY_SDYATTRS_TD
#define INVHLO_SDY_SDYATTRS_TD

include "invhlo/Sdy/SdyBase.td"
include "mlir/IR/AttrTypeBase.td"
include "mlir/IR/EnumAttr.td"

/// `syntax` is what stands after the mnemonic, and alone inside other
/// attributes.
class Sdy_Attr<string name, string attrMnemonic, string attrSummary,
               string syntax, dag attrParameters, string details = "">
    : AttrDef<Sdy_Dialect, name> {
  let mnemonic = attrMnemonic;
  let summary = attrSummary;
  let description = "Written `" # syntax # "`." # details;
  let parameters = attrParameters;
  let hasCustomAssemblyFormat = 1;
}

class Sdy_List<string element> : ArrayRefParameter<element>;

def Sdy_MeshAxis
    : Sdy_Attr<"MeshAxis", "mesh_axis", "A named axis of a mesh and its size",
               "\"x\"=2",
               (ins StringRefParameter<>:$name, "int64_t":$size)> {
  let genVerifyDecl = 1;
}

def Sdy_Mesh
    : Sdy_Attr<"Mesh", "mesh", "Devices arranged along named axes",
               "<[\"x\"=2, \"y\"=4], device_ids=[7, 6, 5, 4, 3, 2, 1, 0]>",
               (ins Sdy_List<"MeshAxisAttr">:$axes,
                    Sdy_List<"int64_t">:$deviceIds), [{
    Device ids are in row-major order; without them they count up. A mesh of no
    axes is one device, `device_ids` names which.
  }]> {
  let extraClassDeclaration = [{
    /// The size of the axis called `name`, or nothing.
    std::optional<int64_t> getAxisSize(::llvm::StringRef name) const;
  }];
  let genVerifyDecl = 1;
}

def Sdy_SubAxisInfo
    : Sdy_Attr<"SubAxisInfo", "sub_axis_info", "Which part of an axis is meant",
               "(2)4",
               (ins "int64_t":$preSize, "int64_t":$size), [{
    An axis is split into major parts of product `preSize`, the sub-axis of
    `size`, and minor ones. Written `(preSize)size`.
  }]> {
  let genVerifyDecl = 1;
}

def Sdy_AxisRef
    : Sdy_Attr<"AxisRef", "axis_ref", "An axis, or a sub-axis of it",
               "\"x\"` or `\"x\":(1)2",
               (ins StringRefParameter<>:$name,
                    "SubAxisInfoAttr":$subAxisInfo), [{
    A null `subAxisInfo` means the whole axis.
  }]> {
  let builders = [
    AttrBuilder<(ins "::llvm::StringRef":$name,
                     CArg<"SubAxisInfoAttr", "{}">:$subAxisInfo), [{
      return $_get($_ctxt, name, subAxisInfo);
    }]>
  ];
  let skipDefaultBuilders = 1;
  let extraClassDeclaration = [{
    /// Into how many parts it splits a dimension; 1 for an unknown axis.
    int64_t getSize(MeshAttr mesh) const;
  }];
}

def Sdy_AxisRefList
    : Sdy_Attr<"AxisRefList", "axis_ref_list", "Axes, major to minor",
               "{\"x\", \"y\"}", (ins Sdy_List<"AxisRefAttr">:$value)>;

def Sdy_ListOfAxisRefLists
    : Sdy_Attr<"ListOfAxisRefLists", "list_of_axis_ref_lists",
               "Axes for each dimension", "[{\"x\"}, {}]",
               (ins Sdy_List<"AxisRefListAttr">:$value)>;

def Sdy_ManualAxes
    : Sdy_Attr<"ManualAxes", "manual_axes",
               "Axes over which a computation is written per device",
               "{\"x\", \"y\"}",
               (ins Sdy_List<"::mlir::StringAttr">:$value)> {
  let extraClassDeclaration = [{
    bool contains(::llvm::StringRef axis) const;
  }];
}

def Sdy_DimensionSharding
    : Sdy_Attr<"DimensionSharding", "dimension_sharding",
               "The axes that split one dimension",
               "{\"x\", ?}p1",
               (ins Sdy_List<"AxisRefAttr">:$axes, "bool":$isClosed,
                    OptionalParameter<"std::optional<int64_t>">:$priority), [{
    Axes from major to minor. `?` marks an open dimension, which propagation
    may split further. `p1` is the priority with which it propagates.
  }]> {
  let builders = [
    AttrBuilder<(ins "::llvm::ArrayRef<AxisRefAttr>":$axes, "bool":$isClosed,
                     CArg<"std::optional<int64_t>", "{}">:$priority), [{
      return $_get($_ctxt, axes, isClosed, priority);
    }]>
  ];
  let skipDefaultBuilders = 1;
  let extraClassDeclaration = [{
    /// Into how many parts the dimension is split.
    int64_t getShardedSize(MeshAttr mesh) const;
  }];
}

def Sdy_ReductionOp
    : I32EnumAttr<"ReductionOp", "how parts are combined", [
        I32EnumAttrCase<"SUM", 0, "sum">, I32EnumAttrCase<"MAX", 1, "max">,
        I32EnumAttrCase<"MIN", 2, "min">]> {
  let cppNamespace = "::invhlo::sdy";
}

def Sdy_TensorSharding
    : Sdy_Attr<"TensorSharding", "sharding", "How a tensor is split over a mesh",
               "<@mesh, [{\"x\"}, {?}], replicated={\"y\"}, unreduced={\"z\"}>",
               (ins "::mlir::Attribute":$meshOrRef,
                    Sdy_List<"DimensionShardingAttr">:$dimShardings,
                    Sdy_List<"AxisRefAttr">:$replicatedAxes,
                    Sdy_List<"AxisRefAttr">:$unreducedAxes,
                    EnumParameter<Sdy_ReductionOp>:$reductionOp), [{
    One entry a dimension, then the axes over which copies are kept for sure and
    the axes whose parts are still to be summed, or combined as in
    `unreduced=max{"z"}`. The mesh is a symbol or is written in place,
    `mesh<["x"=2]>`.
  }]> {
  let extraClassDeclaration = [{
    int64_t getRank() const { return getDimShardings().size(); }

    /// The mesh, looked up from `from` if it is a symbol; null if there is no
    /// such mesh.
    MeshAttr getMesh(::mlir::Operation *from) const;
  }];
}

def Sdy_TensorShardingPerValue
    : Sdy_Attr<"TensorShardingPerValue", "sharding_per_value",
               "One sharding a value", "<[<@mesh, [{\"x\"}]>, <@mesh, []>]>",
               (ins Sdy_List<"TensorShardingAttr">:$shardings)> {
  let extraClassDeclaration = [{
    size_t size() const { return getShardings().size(); }
  }];
}

def Sdy_DimMapping
    : Sdy_Attr<"DimMapping", "dim_mapping",
               "The factors of one dimension, major to minor", "ij",
               (ins Sdy_List<"int64_t">:$factorIndices), [{
    Factor 0 is `i`, 17 is `z`, and from 18 on they are `z_1`, `z_2` and so on.
  }]>;

def Sdy_TensorMapping
    : Sdy_Attr<"TensorMapping", "tensor_mapping",
               "The factors of each dimension", "[i, jk]",
               (ins Sdy_List<"DimMappingAttr">:$dimMappings)> {
  let extraClassDeclaration = [{
    int64_t getRank() const { return getDimMappings().size(); }
  }];
}

def Sdy_OpShardingRule
    : Sdy_Attr<"OpShardingRule", "op_sharding_rule",
               "How shardings go through an op",
               "<([i, k], [k, j])->([i, j]) {i=8, j=4, k=2} reduction={k}>",
               (ins Sdy_List<"int64_t">:$factorSizes,
                    Sdy_List<"TensorMappingAttr">:$operandMappings,
                    Sdy_List<"TensorMappingAttr">:$resultMappings,
                    Sdy_List<"int64_t">:$reductionFactors,
                    Sdy_List<"int64_t">:$needReplicationFactors,
                    Sdy_List<"int64_t">:$permutationFactors,
                    Sdy_List<"int64_t">:$blockedPropagationFactors,
                    "bool":$isCustomRule), [{
    Dimensions with a common factor are split alike. After the sizes come the
    factors that are summed, must not be split, are permuted and do not
    propagate; then `, custom` for a rule the user gave.
  }]>;

def Sdy_PropagationDirection
    : I32EnumAttr<"PropagationDirection",
                  "where shardings may go through an op", [
        I32EnumAttrCase<"NONE", 0>, I32EnumAttrCase<"FORWARD", 1>,
        I32EnumAttrCase<"BACKWARD", 2>, I32EnumAttrCase<"BOTH", 3>]> {
  let cppNamespace = "::invhlo::sdy";
}

def Sdy_AllToAllParam
    : Sdy_Attr<"AllToAllParam", "all_to_all_param",
               "Axes that move from one dimension to another",
               "{\"x\"}: 0->2",
               (ins Sdy_List<"AxisRefAttr">:$axes, "int64_t":$srcDim,
                    "int64_t":$tgtDim)>;

def Sdy_AllToAllParamList
    : Sdy_Attr<"AllToAllParamList", "all_to_all_param_list",
               "Moves of axes", "[{\"x\"}: 0->2, {\"y\"}: 1->3]",
               (ins Sdy_List<"AllToAllParamAttr">:$value)>;

def Sdy_EdgeNodeType
    : I32EnumAttr<"EdgeNodeType", "which side of an op a value is on", [
        I32EnumAttrCase<"OPERAND", 0, "operand">,
        I32EnumAttrCase<"RESULT", 1, "result">]> {
  let genSpecializedAttr = 0;
  let cppNamespace = "::invhlo::sdy";
}

def Sdy_EdgeValueRef
    : Sdy_Attr<"EdgeValueRef", "edge_value_ref", "An operand or a result",
               "operand-0", (ins "EdgeNodeType":$type, "int64_t":$index)>;

def Sdy_AxisToPropagationDetails
    : Sdy_Attr<"AxisToPropagationDetails", "axis_to_propagation_details",
               "From where to where an axis went",
               "{\"x\" = operand-0 -> [result-0]}",
               (ins "AxisRefAttr":$axisName, "EdgeValueRefAttr":$source,
                    Sdy_List<"EdgeValueRefAttr">:$targets)>;

def Sdy_PropagationOneStep
    : Sdy_Attr<"PropagationOneStep", "propagation_one_step",
               "What one step of propagation did",
               "{step-0 = [{\"x\" = operand-0 -> [result-0]}]}",
               (ins "int64_t":$stepIndex,
                    Sdy_List<"AxisToPropagationDetailsAttr">:$axisEntries)>;

def Sdy_PropagationEdges
    : Sdy_Attr<"PropagationEdges", "propagation_edges",
               "What all steps of propagation did",
               "<[{step-0 = [{\"x\" = operand-0 -> [result-0]}]}]>",
               (ins Sdy_List<"PropagationOneStepAttr">:$value)>;

#endif // INVHLO_SDY_SDYATTRS_TD
