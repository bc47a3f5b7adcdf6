// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The ops of sdy.

#ifndef INVHLO_SDY_SDYOPS_TD
#define INVHLO_SDY_SDYOPS_TD

include "invhlo/Sdy/SdyAttrs.td"
include "invhlo/Sdy/SdyBase.td"
include "mlir/IR/BuiltinAttributeInterfaces.td"
include "mlir/IR/SymbolInterfaces.td"
include "mlir/Interfaces/InferTypeOpInterface.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

class Sdy_Op<string mnemonic, list<Trait> traits = []>
    : Op<Sdy_Dialect, mnemonic, traits>;

def Sdy_MeshOp : Sdy_Op<"mesh", [Symbol, HasParent<"::mlir::ModuleOp">]> {
  let summary = "Named mesh";
  let description = [{
    Gives a mesh a name by which shardings of the module refer to it.

    ```mlir
    sdy.mesh @mesh = <["x"=2, "y"=4]>
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, Sdy_Mesh:$mesh);
  let assemblyFormat = "$sym_name `=` $mesh attr-dict";
}

def Sdy_ConstantOp
    : Sdy_Op<"constant", [Pure, AllTypesMatch<["value", "output"]>]> {
  let summary = "Constant tensor that is not merged";
  let description = [{
    The tensor `value`. Unlike other constants it is never folded into an equal
    one, so that each may be split in its own way.

    ```mlir
    %c = sdy.constant dense<0.0> : tensor<8xf32>
    ```
  }];
  let arguments = (ins ElementsAttr:$value);
  let results = (outs AnyTensor:$output);
  let assemblyFormat = "attr-dict $value";
}

def Sdy_ShardingConstraintOp
    : Sdy_Op<"sharding_constraint", [Elementwise, SameOperandsAndResultType]> {
  let summary = "Asks for a sharding";
  let description = [{
    The operand, to be split as `sharding` says. Without uses it speaks of the
    operand itself, so it is not dead then.

    ```mlir
    %1 = sdy.sharding_constraint %0 <@mesh, [{"x"}, {?} ]> : tensor<8x8xf32>
    ```
  }];
  let arguments = (ins AnyTensor:$input, Sdy_TensorSharding:$sharding);
  let results = (outs AnyTensor:$result);
  let assemblyFormat = "$input $sharding attr-dict `:` type($result)";
  let hasVerifier = 1;
}

def Sdy_ReshardOp
    : Sdy_Op<"reshard", [Pure, Elementwise, SameOperandsAndResultType]> {
  let summary = "Changes the sharding";
  let description = [{
    The operand, split as `sharding` says from here on.

    ```mlir
    %1 = sdy.reshard %0 <@mesh, [{}, {"x"} ]> : tensor<8x8xf32>
    ```
  }];
  let arguments = (ins AnyTensor:$input, Sdy_TensorSharding:$sharding);
  let results = (outs AnyTensor:$result);
  let assemblyFormat = "$input $sharding attr-dict `:` type($result)";
  let hasVerifier = 1;
}

def Sdy_ShardingGroupOp : Sdy_Op<"sharding_group"> {
  let summary = "Puts a value into a group that is split alike";
  let description = [{
    All values of one `group_id` get the same sharding.

    ```mlir
    sdy.sharding_group %0 group_id=1 : tensor<8x8xf32>
    ```
  }];
  let arguments = (ins AnyRankedTensor:$input, I64Attr:$group_id);
  let assemblyFormat = [{
    $input `group_id` `` `=` `` $group_id attr-dict `:` type($input)
  }];
}

def Sdy_PropagationBarrierOp
    : Sdy_Op<"propagation_barrier",
             [Pure, Elementwise, SameOperandsAndResultType]> {
  let summary = "Stops the propagation of shardings";
  let description = [{
    The operand. Shardings pass in `allowed_direction` only.

    ```mlir
    %1 = sdy.propagation_barrier %0 allowed_direction=NONE : tensor<8x8xf32>
    ```
  }];
  let arguments = (ins AnyRankedTensor:$input,
                       Sdy_PropagationDirection:$allowed_direction);
  let results = (outs AnyRankedTensor:$result);
  let assemblyFormat = [{
    $input `allowed_direction` `` `=` `` $allowed_direction attr-dict `:`
    type($input)
  }];
  let hasVerifier = 1;
}

def Sdy_DataFlowEdgeOp
    : Sdy_Op<"data_flow_edge", [SameOperandsAndResultType]> {
  let summary = "Ties the values a region op passes on";
  let description = [{
    The operand, a result of an op with regions. It stands for the operand, the
    block arguments and the returned values that are split like it.

    ```mlir
    %1 = sdy.data_flow_edge %0 sharding=<@mesh, [{"x"}, {} ]> : tensor<8x8xf32>
    ```
  }];
  let arguments = (ins AnyShaped:$input,
                       OptionalAttr<Sdy_TensorSharding>:$sharding);
  let results = (outs AnyShaped:$result);
  let assemblyFormat = [{
    $input (`sharding` `` `=` `` $sharding^)? attr-dict `:` type($result)
  }];
  let hasVerifier = 1;
}

def Sdy_FuncDataFlowEdgeOp
    : Sdy_Op<"func_data_flow_edge", [SameOperandsAndResultType]> {
  let summary = "Ties a function to its calls";
  let description = [{
    The operand, a function argument or the result of a call, to be split as on
    the other side of the call.

    ```mlir
    %1 = sdy.func_data_flow_edge %arg0 : tensor<8x8xf32>
    ```
  }];
  let arguments = (ins AnyShaped:$operand);
  let results = (outs AnyShaped:$result);
  let assemblyFormat = "$operand attr-dict `:` type($result)";
}

def Sdy_ReturnOp : Sdy_Op<"return", [Pure, Terminator]> {
  let summary = "Returns from a region of sdy";
  let arguments = (ins Variadic<AnyType>:$values);
  let assemblyFormat = "attr-dict ($values^ `:` type($values))?";
}

def Sdy_ManualComputationOp
    : Sdy_Op<"manual_computation",
             [IsolatedFromAbove, RecursiveMemoryEffects,
              SingleBlockImplicitTerminator<"ReturnOp">]> {
  let summary = "Computation written for one device";
  let description = [{
    Along `manual_axes` the body sees the part of each operand that
    `in_shardings` gives to one device, and its results are the parts of the
    op's results by `out_shardings`. What devices exchange, the body exchanges
    by collectives. Along other axes the body is written as a whole.

    ```mlir
    %0 = sdy.manual_computation(%a) in_shardings=[<@mesh, [{"x"}, {} ]>]
        out_shardings=[<@mesh, [{"x"}, {} ]>] manual_axes={"x"}
        (%arg1: tensor<4x8xf32>) {
      sdy.return %arg1 : tensor<4x8xf32>
    } : (tensor<8x8xf32>) -> tensor<8x8xf32>
    ```
  }];
  let arguments = (ins
    Variadic<AnyType>:$tensors,
    Sdy_TensorShardingPerValue:$in_shardings,
    Sdy_TensorShardingPerValue:$out_shardings,
    Sdy_ManualAxes:$manual_axes
  );
  let results = (outs Variadic<AnyType>:$outputs);
  let regions = (region SizedRegion<1>:$body);
  let extraClassDeclaration = [{
    /// The mesh of the shardings; null where there are none.
    MeshAttr getMesh();
  }];
  let assemblyFormat = [{
    `(` $tensors `)`
    `in_shardings` `` `=` `` custom<ShardingList>($in_shardings)
    `out_shardings` `` `=` `` custom<ShardingList>($out_shardings)
    `manual_axes` `` `=` `` $manual_axes
    custom<BodyRegion>($body) attr-dict `:`
    functional-type($tensors, $outputs)
  }];
  let hasVerifier = 1;
}

def Sdy_NamedComputationOp
    : Sdy_Op<"named_computation",
             [IsolatedFromAbove, RecursiveMemoryEffects,
              RecursivelySpeculatable,
              SingleBlockImplicitTerminator<"ReturnOp">]> {
  let summary = "Computation with a name";
  let description = [{
    What the body returns for the operands; the name groups the ops.

    ```mlir
    %0 = sdy.named_computation<"f">(%a) (%arg1: tensor<8x8xf32>) {
      sdy.return %arg1 : tensor<8x8xf32>
    } : (tensor<8x8xf32>) -> tensor<8x8xf32>
    ```
  }];
  let arguments = (ins
    StrAttr:$name,
    Variadic<AnyType>:$inputs,
    OptionalAttr<Sdy_TensorShardingPerValue>:$in_shardings,
    OptionalAttr<Sdy_TensorShardingPerValue>:$out_shardings
  );
  let results = (outs Variadic<AnyType>:$outputs);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = [{
    `<` $name `>` `` `(` $inputs `)`
    (`in_shardings` `` `=` `` custom<ShardingList>($in_shardings)^)?
    (`out_shardings` `` `=` `` custom<ShardingList>($out_shardings)^)?
    custom<BodyRegion>($body) attr-dict `:`
    functional-type($inputs, $outputs)
  }];
  let hasVerifier = 1;
}

/// Left out of a sum, since older versions of jaxlib do not know it.
def Sdy_DefaultSum
    : DefaultValuedOptionalAttr<Sdy_ReductionOp,
                                "::invhlo::sdy::ReductionOp::SUM">;

/// The value of the operand; only its sharding changes, to `out_sharding`.
class Sdy_CollectiveOp<string mnemonic>
    : Sdy_Op<mnemonic, [Pure, Elementwise, SameOperandsAndResultType]> {
  let results = (outs AnyTensor:$result);
  let hasVerifier = 1;
}

def Sdy_AllGatherOp : Sdy_CollectiveOp<"all_gather"> {
  let summary = "Gathers the parts along axes";
  let description = [{
    `gathering_axes` no longer split the dimensions they are listed for.

    ```mlir
    %1 = sdy.all_gather [{"y"}, {} ] %0 out_sharding=<@mesh, [{"x"}, {} ]>
        : tensor<8x8xf32>
    ```
  }];
  let arguments = (ins AnyTensor:$tensor,
                       Sdy_ListOfAxisRefLists:$gathering_axes,
                       Sdy_TensorSharding:$out_sharding);
  let assemblyFormat = [{
    $gathering_axes $tensor `out_sharding` `` `=` `` $out_sharding attr-dict
    `:` type($result)
  }];
}

def Sdy_AllSliceOp : Sdy_CollectiveOp<"all_slice"> {
  let summary = "Keeps one part along axes";
  let description = [{
    `slicing_axes` split the dimensions they are listed for as well.

    ```mlir
    %1 = sdy.all_slice [{"y"}, {} ] %0 out_sharding=<@mesh, [{"x", "y"}, {} ]>
        : tensor<8x8xf32>
    ```
  }];
  let arguments = (ins AnyTensor:$tensor, Sdy_ListOfAxisRefLists:$slicing_axes,
                       Sdy_TensorSharding:$out_sharding);
  let assemblyFormat = [{
    $slicing_axes $tensor `out_sharding` `` `=` `` $out_sharding attr-dict
    `:` type($result)
  }];
}

def Sdy_AllToAllOp : Sdy_CollectiveOp<"all_to_all"> {
  let summary = "Moves axes between dimensions";
  let description = [{
    For each of `params`, its axes leave the one dimension for the other.

    ```mlir
    %1 = sdy.all_to_all [{"y"}: 0->1] %0 out_sharding=<@mesh, [{"x"}, {"y"} ]>
        : tensor<8x8xf32>
    ```
  }];
  let arguments = (ins AnyTensor:$tensor, Sdy_AllToAllParamList:$params,
                       Sdy_TensorSharding:$out_sharding);
  let assemblyFormat = [{
    $params $tensor `out_sharding` `` `=` `` $out_sharding attr-dict
    `:` type($result)
  }];
}

def Sdy_CollectivePermuteOp : Sdy_CollectiveOp<"collective_permute"> {
  let summary = "Exchanges parts one to one";
  let description = [{
    Other axes, of the same product, split each dimension.

    ```mlir
    %1 = sdy.collective_permute %0 out_sharding=<@mesh, [{"y"}, {} ]>
        : tensor<8x8xf32>
    ```
  }];
  let arguments = (ins AnyTensor:$tensor, Sdy_TensorSharding:$out_sharding);
  let assemblyFormat = [{
    $tensor `out_sharding` `` `=` `` $out_sharding attr-dict `:` type($result)
  }];
}

def Sdy_AllReduceOp : Sdy_CollectiveOp<"all_reduce"> {
  let summary = "Combines the parts along axes";
  let description = [{
    The parts along `reduction_axes` are summed, or combined by `reduction_op`.

    ```mlir
    %1 = sdy.all_reduce {"y"} %0 out_sharding=<@mesh, [{"x"}, {} ]>
        : tensor<8x8xf32>
    ```
  }];
  let arguments = (ins AnyTensor:$tensor, Sdy_AxisRefList:$reduction_axes,
                       Sdy_DefaultSum:$reduction_op,
                       Sdy_TensorSharding:$out_sharding);
  let assemblyFormat = [{
    (custom<Reduction>($reduction_op)^)? $reduction_axes $tensor
    `out_sharding` `` `=` `` $out_sharding attr-dict `:` type($result)
  }];
}

def Sdy_ReduceScatterOp : Sdy_CollectiveOp<"reduce_scatter"> {
  let summary = "Combines the parts and keeps one of the result";
  let description = [{
    An all_reduce over `reduce_scatter_axes`, then an all_slice by them.

    ```mlir
    %1 = sdy.reduce_scatter [{}, {"y"} ] %0
        out_sharding=<@mesh, [{"x"}, {"y"} ]> : tensor<8x8xf32>
    ```
  }];
  let arguments = (ins AnyTensor:$tensor,
                       Sdy_ListOfAxisRefLists:$reduce_scatter_axes,
                       Sdy_DefaultSum:$reduction_op,
                       Sdy_TensorSharding:$out_sharding);
  let assemblyFormat = [{
    (custom<Reduction>($reduction_op)^)? $reduce_scatter_axes $tensor
    `out_sharding` `` `=` `` $out_sharding attr-dict `:` type($result)
  }];
}

def Sdy_ReplicatedToUnreducedOp : Sdy_CollectiveOp<"replicated_to_unreduced"> {
  let summary = "Takes copies for summands";
  let description = [{
    Summing the result along `axes` gives the operand back.

    ```mlir
    %1 = sdy.replicated_to_unreduced {"y"} %0
        out_sharding=<@mesh, [{"x"}, {} ], unreduced={"y"}> : tensor<8x8xf32>
    ```
  }];
  let arguments = (ins AnyTensor:$tensor, Sdy_AxisRefList:$axes,
                       Sdy_TensorSharding:$out_sharding);
  let assemblyFormat = [{
    $axes $tensor `out_sharding` `` `=` `` $out_sharding attr-dict
    `:` type($result)
  }];
}

def Sdy_ShardedToUnreducedOp : Sdy_CollectiveOp<"sharded_to_unreduced"> {
  let summary = "Takes parts for summands";
  let description = [{
    Summing the result along `axes` gathers the operand along them.

    ```mlir
    %1 = sdy.sharded_to_unreduced [{"y"}, {} ] %0
        out_sharding=<@mesh, [{"x"}, {} ], unreduced={"y"}> : tensor<8x8xf32>
    ```
  }];
  let arguments = (ins AnyTensor:$tensor, Sdy_ListOfAxisRefLists:$axes,
                       Sdy_TensorSharding:$out_sharding);
  let assemblyFormat = [{
    $axes $tensor `out_sharding` `` `=` `` $out_sharding attr-dict
    `:` type($result)
  }];
}

#endif // INVHLO_SDY_SDYOPS_TD
