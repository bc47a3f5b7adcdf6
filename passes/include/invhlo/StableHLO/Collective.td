// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef INVHLO_STABLEHLO_COLLECTIVE_TD
#define INVHLO_STABLEHLO_COLLECTIVE_TD

include "invhlo/StableHLO/Base.td"

// Collectives exchange values and change nothing, and every replica runs the
// same module: equal ones may be merged and unused ones removed, but none may
// be moved to where other replicas would not follow (no `Pure`).

class StableHLO_ReducingCollectiveOp<string mnemonic>
    : StableHLO_Op<mnemonic, [RecursiveMemoryEffects,
                              SingleBlockImplicitTerminator<"ReturnOp">]>;

def StableHLO_AllReduceOp : StableHLO_ReducingCollectiveOp<"all_reduce"> {
  let summary = "Combines tensors across replicas";
  let description = [{
    Every replica of a group gets the elementwise combination of all of theirs.

    ```mlir
    %r = "stablehlo.all_reduce"(%x) <{replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>}> ({
    ^bb0(%a: tensor<f32>, %b: tensor<f32>):
      %0 = stablehlo.add %a, %b : tensor<f32>
      stablehlo.return %0 : tensor<f32>
    }) : (tensor<4xf32>) -> tensor<4xf32>
    ```
  }];
  let arguments = (ins
    Variadic<StableHLO_Tensor>:$operands, StableHLO_ReplicaGroups:$replica_groups,
    OptionalAttr<StableHLO_ChannelHandle>:$channel_handle,
    UnitAttr:$use_global_device_ids);
  let regions = (region SizedRegion<1>:$computation);
  let results = (outs Variadic<StableHLO_Tensor>:$results);
  let hasVerifier = 1;
  let hasRegionVerifier = 1;
}

def StableHLO_ReduceScatterOp
    : StableHLO_ReducingCollectiveOp<"reduce_scatter"> {
  let summary = "Combines across replicas and hands each its part";
  let description = [{
    As `all_reduce`, after which replica i of a group keeps slice i along
    `scatter_dimension`.

    ```mlir
    %r = "stablehlo.reduce_scatter"(%x) <{
      replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>, scatter_dimension = 1 : i64}> ({
    ^bb0(%a: tensor<f32>, %b: tensor<f32>):
      %0 = stablehlo.add %a, %b : tensor<f32>
      stablehlo.return %0 : tensor<f32>
    }) : (tensor<2x4xf32>) -> tensor<2x2xf32>
    ```
  }];
  let arguments = (ins
    StableHLO_Tensor:$operand, I64Attr:$scatter_dimension,
    StableHLO_ReplicaGroups:$replica_groups,
    OptionalAttr<StableHLO_ChannelHandle>:$channel_handle,
    UnitAttr:$use_global_device_ids);
  let regions = (region SizedRegion<1>:$computation);
  let results = (outs StableHLO_Tensor:$result);
  let hasVerifier = 1;
  let hasRegionVerifier = 1;
}

def StableHLO_AllGatherOp : StableHLO_Op<"all_gather", [NoMemoryEffect]> {
  let summary = "Concatenates tensors across replicas";
  let description = [{
    Every replica of a group gets the concatenation along `all_gather_dim`.

    ```mlir
    %r = "stablehlo.all_gather"(%x) <{all_gather_dim = 1 : i64,
        replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>}>
      : (tensor<2x2xf32>) -> tensor<2x4xf32>
    ```
  }];
  let arguments = (ins
    Variadic<StableHLO_Tensor>:$operands, I64Attr:$all_gather_dim,
    StableHLO_ReplicaGroups:$replica_groups,
    OptionalAttr<StableHLO_ChannelHandle>:$channel_handle,
    UnitAttr:$use_global_device_ids);
  let results = (outs Variadic<StableHLO_Tensor>:$results);
  let hasVerifier = 1;
}

def StableHLO_AllToAllOp : StableHLO_Op<"all_to_all",
    [NoMemoryEffect, StableHLO_InferTypes]> {
  let summary = "Exchanges slices between replicas";
  let description = [{
    Splits along `split_dimension`, sends part i to replica i of the group and
    concatenates what arrives along `concat_dimension`.

    ```mlir
    %r = "stablehlo.all_to_all"(%x) <{concat_dimension = 0 : i64,
        replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>,
        split_count = 2 : i64, split_dimension = 1 : i64}>
      : (tensor<2x4xf32>) -> tensor<4x2xf32>
    ```
  }];
  let arguments = (ins
    Variadic<StableHLO_Tensor>:$operands, I64Attr:$split_dimension,
    I64Attr:$concat_dimension, I64Attr:$split_count,
    StableHLO_ReplicaGroups:$replica_groups,
    OptionalAttr<StableHLO_ChannelHandle>:$channel_handle);
  let results = (outs Variadic<StableHLO_Tensor>:$results);
}

def StableHLO_CollectivePermuteOp : StableHLO_Op<"collective_permute",
    [NoMemoryEffect, StableHLO_SameType]> {
  let summary = "Sends tensors from replica to replica";
  let description = [{
    Replica t gets the operand of replica s for each pair `(s, t)`, and zeros
    when it is in none.

    ```mlir
    %r = "stablehlo.collective_permute"(%x)
      <{source_target_pairs = dense<[[0, 1], [1, 0]]> : tensor<2x2xi64>}>
      : (tensor<2xf32>) -> tensor<2xf32>
    ```
  }];
  let arguments = (ins
    StableHLO_Tensor:$operand, I64ElementsAttr:$source_target_pairs,
    OptionalAttr<StableHLO_ChannelHandle>:$channel_handle);
  let results = (outs StableHLO_Tensor:$result);
}

def StableHLO_CollectiveReduceOp
    : StableHLO_ReducingCollectiveOp<"collective_reduce"> {
  let summary = "Combines tensors across replicas for one of them";
  let description = [{
    As `all_reduce`, but of each group its root alone gets the combination. That is
    the group's first replica, or with `has_dynamic_root` the one whose position in
    the group the last operand tells, for each of the others.

    ```mlir
    %r = "stablehlo.collective_reduce"(%x) <{replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>}> ({
    ^bb0(%a: tensor<f32>, %b: tensor<f32>):
      %0 = stablehlo.add %a, %b : tensor<f32>
      stablehlo.return %0 : tensor<f32>
    }) : (tensor<4xf32>) -> tensor<4xf32>
    ```
  }];
  let arguments = (ins
    Variadic<StableHLO_Tensor>:$operands, StableHLO_ReplicaGroups:$replica_groups,
    OptionalAttr<StableHLO_ChannelHandle>:$channel_handle,
    UnitAttr:$use_global_device_ids, UnitAttr:$has_dynamic_root);
  let regions = (region SizedRegion<1>:$computation);
  let results = (outs Variadic<StableHLO_Tensor>:$results);
  let hasVerifier = 1;
  let hasRegionVerifier = 1;
}

def StableHLO_CollectiveBroadcastOp : StableHLO_Op<"collective_broadcast",
    [NoMemoryEffect, StableHLO_InferTypes]> {
  let summary = "Sends the tensors of one replica to its group";
  let description = [{
    Every replica of a group gets the operands of the group's root, which is its
    first replica, or with `has_dynamic_root` the one whose position in the group
    the last operand tells, for each of the others.

    ```mlir
    %r = "stablehlo.collective_broadcast"(%x)
      <{replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>}>
      : (tensor<2xf32>) -> tensor<2xf32>
    ```
  }];
  let arguments = (ins
    Variadic<StableHLO_Tensor>:$operands, StableHLO_ReplicaGroups:$replica_groups,
    OptionalAttr<StableHLO_ChannelHandle>:$channel_handle,
    UnitAttr:$has_dynamic_root);
  let results = (outs Variadic<StableHLO_Tensor>:$results);
  let hasVerifier = 1;
}

def StableHLO_CrossReplicaSumOp : StableHLO_Op<"cross-replica-sum",
    [NoMemoryEffect, StableHLO_SameType]> {
  let summary = "Sum across replicas";
  let description = [{
    An older form of `all_reduce` with a sum.

    ```mlir
    %r = "stablehlo.cross-replica-sum"(%x)
      <{replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>}>
      : (tensor<4xf32>) -> tensor<4xf32>
    ```
  }];
  let arguments = (ins StableHLO_Tensor:$operand,
                       I64ElementsAttr:$replica_groups);
  let results = (outs StableHLO_Tensor:$result);
}

def StableHLO_PartitionIdOp : StableHLO_Op<"partition_id",
    [Pure, StableHLO_InferTypes]> {
  let summary = "Number of the partition this runs in";
  let description = [{
    Counts from zero.

    ```mlir
    %r = stablehlo.partition_id : tensor<ui32>
    ```
  }];
  let results = (outs RankedTensorOf<[UI32]>:$result);
  let assemblyFormat = "attr-dict `:` type(results)";
}

def StableHLO_ReplicaIdOp : StableHLO_Op<"replica_id",
    [Pure, StableHLO_InferTypes]> {
  let summary = "Number of the replica this runs in";
  let description = [{
    Counts from zero.

    ```mlir
    %r = stablehlo.replica_id : tensor<ui32>
    ```
  }];
  let results = (outs RankedTensorOf<[UI32]>:$result);
  let assemblyFormat = "attr-dict `:` type(results)";
}

def StableHLO_AsyncStartOp : StableHLO_Op<"async_start",
    [IsolatedFromAbove, RecursiveMemoryEffects,
     SingleBlockImplicitTerminator<"ReturnOp">]> {
  let summary = "Starts an op and goes on";
  let description = [{
    Starts the one op in the region on the operands; `async_done` waits for what it computes.

    ```mlir
    %f = "stablehlo.async_start"(%x) ({
    ^bb0(%a: tensor<8x2xf32>):
      %0 = "stablehlo.all_gather"(%a) <{all_gather_dim = 1 : i64,
          replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>}>
        : (tensor<8x2xf32>) -> tensor<8x4xf32>
      stablehlo.return %0 : tensor<8x4xf32>
    }) : (tensor<8x2xf32>) -> !stablehlo.future<tensor<8x4xf32>>
    ```
  }];
  let arguments = (ins Variadic<StableHLO_Tensor>:$operands);
  let regions = (region SizedRegion<1>:$body);
  let results = (outs StableHLO_Future:$result);
  let hasRegionVerifier = 1;
}

def StableHLO_AsyncDoneOp : StableHLO_Op<"async_done",
    [NoMemoryEffect, StableHLO_InferTypes]> {
  let summary = "Waits for an op that was started";
  let description = [{
    The results a future stands for.

    ```mlir
    %r = "stablehlo.async_done"(%f)
      : (!stablehlo.future<tensor<8x4xf32>>) -> tensor<8x4xf32>
    ```
  }];
  let arguments = (ins StableHLO_Future:$operand);
  let results = (outs Variadic<AnyType>:$results);
}

def StableHLO_SendOp : StableHLO_Op<"send", [StableHLO_ExternalEffects]> {
  let summary = "Sends tensors into a channel";
  let description = [{
    Happens after everything that made `token`.

    ```mlir
    %t1 = "stablehlo.send"(%x, %t0)
      <{channel_handle = #stablehlo.channel_handle<handle = 0, type = 1>}>
      : (tensor<2xi64>, !stablehlo.token) -> !stablehlo.token
    ```
  }];
  let arguments = (ins
    Variadic<StableHLO_Tensor>:$inputs, StableHLO_Token:$token,
    StableHLO_ChannelHandle:$channel_handle,
    DefaultValuedOptionalAttr<BoolAttr, "false">:$is_host_transfer,
    OptionalAttr<I64ElementsAttr>:$source_target_pairs);
  let results = (outs StableHLO_Token:$result);
}

def StableHLO_RecvOp : StableHLO_Op<"recv", [StableHLO_ExternalEffects]> {
  let summary = "Receives tensors from a channel";
  let description = [{
    The tensors received, and a token for what must come after.

    ```mlir
    %x, %t1 = "stablehlo.recv"(%t0)
      <{channel_handle = #stablehlo.channel_handle<handle = 0, type = 1>}>
      : (!stablehlo.token) -> (tensor<2xi64>, !stablehlo.token)
    ```
  }];
  let arguments = (ins
    StableHLO_Token:$token, StableHLO_ChannelHandle:$channel_handle,
    DefaultValuedOptionalAttr<BoolAttr, "false">:$is_host_transfer,
    OptionalAttr<I64ElementsAttr>:$source_target_pairs);
  let results = (outs Variadic<StableHLO_TensorOrToken>:$results);
  let hasVerifier = 1;
}

def StableHLO_InfeedOp : StableHLO_Op<"infeed", [StableHLO_ExternalEffects]> {
  let summary = "Reads tensors the host feeds";
  let description = [{
    The tensors read, and a token for what must come after.

    ```mlir
    %x, %t1 = "stablehlo.infeed"(%t0)
      : (!stablehlo.token) -> (tensor<2xi64>, !stablehlo.token)
    ```
  }];
  let arguments = (ins
    StableHLO_Token:$token,
    DefaultValuedStrAttr<StrAttr, "">:$infeed_config,
    OptionalAttr<ArrayAttr>:$layout);
  let results = (outs Variadic<StableHLO_TensorOrToken>:$results);
  let hasVerifier = 1;
}

def StableHLO_OutfeedOp : StableHLO_Op<"outfeed",
    [StableHLO_ExternalEffects]> {
  let summary = "Writes tensors for the host to read";
  let description = [{
    Happens after everything that made `token`.

    ```mlir
    %t1 = "stablehlo.outfeed"(%x, %t0)
      : (tensor<2xi64>, !stablehlo.token) -> !stablehlo.token
    ```
  }];
  let arguments = (ins
    Variadic<StableHLO_Tensor>:$inputs, StableHLO_Token:$token,
    DefaultValuedStrAttr<StrAttr, "">:$outfeed_config);
  let results = (outs StableHLO_Token:$result);
}

#endif // INVHLO_STABLEHLO_COLLECTIVE_TD
