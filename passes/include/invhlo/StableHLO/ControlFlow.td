// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef INVHLO_STABLEHLO_CONTROLFLOW_TD
#define INVHLO_STABLEHLO_CONTROLFLOW_TD

include "mlir/Interfaces/ControlFlowInterfaces.td"
include "mlir/IR/SymbolInterfaces.td"
include "invhlo/StableHLO/Base.td"

def StableHLO_ReturnOp : StableHLO_Op<"return",
    [Pure, ReturnLike, Terminator]> {
  let summary = "Ends a region and hands out its results";
  let description = [{
    The terminator of every region in this dialect.

    ```mlir
    stablehlo.return %x, %y : tensor<f32>, tensor<i1>
    ```
  }];
  let arguments = (ins Variadic<AnyType>:$results);
  // What an implicit terminator is built by.
  let builders = [OpBuilder<(ins)>];
  let assemblyFormat = "$results attr-dict (`:` type($results)^)?";
}

def StableHLO_WhileOp : StableHLO_Op<"while",
    [RecursiveMemoryEffects, SingleBlockImplicitTerminator<"ReturnOp">,
     OpAsmOpInterface]> {
  let summary = "Repeats a body while a condition holds";
  let description = [{
    Starts from the operands; as long as `cond` of the carried values returns
    true they become what `body` returns. The results are the last ones.

    ```mlir
    %r:2 = stablehlo.while(%i = %zero, %x = %init) : tensor<i64>, tensor<f32>
    cond {
      %0 = stablehlo.compare LT, %i, %n : (tensor<i64>, tensor<i64>) -> tensor<i1>
      stablehlo.return %0 : tensor<i1>
    } do {
      %0 = stablehlo.add %i, %one : tensor<i64>
      stablehlo.return %0, %x : tensor<i64>, tensor<f32>
    }
    ```
  }];
  let arguments = (ins Variadic<AnyType>:$operand);
  let regions = (region SizedRegion<1>:$cond, SizedRegion<1>:$body);
  let results = (outs Variadic<AnyType>:$results);
  let extraClassDeclaration = [{
    void getAsmBlockArgumentNames(::mlir::Region &region,
                                  ::mlir::OpAsmSetValueNameFn setName);
  }];
  let hasCustomAssemblyFormat = 1;
  let hasVerifier = 1;
  let hasRegionVerifier = 1;
}

def StableHLO_IfOp : StableHLO_Op<"if",
    [RecursiveMemoryEffects, RecursivelySpeculatable,
     SingleBlockImplicitTerminator<"ReturnOp">]> {
  let summary = "Runs one of two branches";
  let description = [{
    The results of `true_branch` if the predicate holds, else of
    `false_branch`.

    ```mlir
    %r = "stablehlo.if"(%p) ({
      stablehlo.return %x : tensor<f32>
    }, {
      stablehlo.return %y : tensor<f32>
    }) : (tensor<i1>) -> tensor<f32>
    ```
  }];
  let arguments = (ins StableHLO_PredTensor:$pred);
  let regions = (region SizedRegion<1>:$true_branch,
                        SizedRegion<1>:$false_branch);
  let results = (outs Variadic<AnyType>:$results);
  let hasVerifier = 1;
  let hasRegionVerifier = 1;
}

def StableHLO_CaseOp : StableHLO_Op<"case",
    [RecursiveMemoryEffects, RecursivelySpeculatable,
     SingleBlockImplicitTerminator<"ReturnOp">]> {
  let summary = "Runs the branch with a given number";
  let description = [{
    The results of branch `index`, or of the last one when out of range.

    ```mlir
    %r = "stablehlo.case"(%i) ({
      stablehlo.return %x : tensor<f32>
    }, {
      stablehlo.return %y : tensor<f32>
    }) : (tensor<i32>) -> tensor<f32>
    ```
  }];
  let arguments = (ins RankedTensorOf<[I32]>:$index);
  let regions = (region VariadicRegion<SizedRegion<1>>:$branches);
  let results = (outs Variadic<AnyType>:$results);
  let hasVerifier = 1;
  let hasRegionVerifier = 1;
}

def StableHLO_OptimizationBarrierOp : StableHLO_Op<"optimization_barrier",
    [Pure, StableHLO_InferTypes]> {
  let summary = "Keeps the compiler from moving work across";
  let description = [{
    Hands its operands on once all of them are computed.

    ```mlir
    %r:2 = stablehlo.optimization_barrier %x, %y : tensor<f32>, tensor<f32>
    ```
  }];
  let arguments = (ins Variadic<AnyType>:$operand);
  let results = (outs Variadic<AnyType>:$result);
  let assemblyFormat = [{
    attr-dict ($operand^ `:` custom<PairwiseTypes>(type($operand), type($result))):(`(` `)`)?
  }];
}

def StableHLO_CustomCallOp : StableHLO_Op<"custom_call",
    [DeclareOpInterfaceMethods<MemoryEffectsOpInterface>]> {
  let summary = "A call of something the platform provides";
  let description = [{
    Calls `call_target_name`. Without `has_side_effect` equal calls may be
    merged and unused ones removed.

    ```mlir
    %r = stablehlo.custom_call @foo(%x) {
      api_version = 4 : i32, backend_config = {bar = 42 : i32},
      called_computations = [@foo]} : (tensor<f64>) -> tensor<f64>
    ```
  }];
  let arguments = (ins
    Variadic<AnyType>:$inputs, StrAttr:$call_target_name,
    DefaultValuedOptionalAttr<BoolAttr, "false">:$has_side_effect,
    OptionalAttr<StableHLO_BackendConfigAttr>:$backend_config,
    DefaultValuedOptionalAttr<StableHLO_CustomCallApiVersionAttr,
        "::invhlo::stablehlo::CustomCallApiVersion::API_VERSION_ORIGINAL">:$api_version,
    DefaultValuedOptionalAttr<StableHLO_FlatSymbolRefArrayAttr,
                              "{}">:$called_computations,
    OptionalAttr<StableHLO_ArrayOfLayoutAttr>:$operand_layouts,
    OptionalAttr<StableHLO_ArrayOfLayoutAttr>:$result_layouts,
    DefaultValuedOptionalAttr<StableHLO_OutputOperandAliasArrayAttr,
                              "{}">:$output_operand_aliases,
    OptionalAttr<StableHLO_ArrayOfTilingAttr>:$result_tilings);
  let results = (outs Variadic<AnyType>:$results);
  let builders = [
    OpBuilder<(ins "::mlir::TypeRange":$results, "::mlir::ValueRange":$inputs,
                   "::llvm::StringRef":$target)>];
  let hasVerifier = 1;
  let assemblyFormat = [{
    custom<CallTarget>($call_target_name) `(` $inputs `)` attr-dict `:`
    functional-type(operands, results)
  }];
}

def StableHLO_CompositeOp : StableHLO_Op<"composite",
    [DeclareOpInterfaceMethods<SymbolUserOpInterface>,
     DeclareOpInterfaceMethods<MemoryEffectsOpInterface>]> {
  let summary = "A named op with a function that says what it computes";
  let description = [{
    A backend may know `name`; any other computes the `decomposition`.

    ```mlir
    %r = stablehlo.composite "my.op" %x {
      composite_attributes = {a = 1 : i32}, decomposition = @my_op,
      version = 1 : i32} : (tensor<f32>) -> tensor<f32>
    ```
  }];
  let arguments = (ins
    Variadic<AnyType>:$inputs, StrAttr:$name,
    DefaultValuedOptionalAttr<DictionaryAttr, "{}">:$composite_attributes,
    FlatSymbolRefAttr:$decomposition,
    DefaultValuedOptionalAttr<I32Attr, "0">:$version);
  let regions = (region VariadicRegion<AnyRegion>:$composite_regions);
  let results = (outs Variadic<AnyType>:$results);
  let hasVerifier = 1;
  let assemblyFormat = [{
    $name $inputs (` ` `(` $composite_regions^ `)`)? attr-dict `:`
    functional-type(operands, results)
  }];
}

#endif // INVHLO_STABLEHLO_CONTROLFLOW_TD
