// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef INVHLO_STABLEHLO_REDUCTION_TD
#define INVHLO_STABLEHLO_REDUCTION_TD

include "invhlo/StableHLO/Base.td"

// An op that applies its region to elements.
class StableHLO_BodyOp<string mnemonic, list<Trait> traits = []>
    : StableHLO_Op<mnemonic,
                   traits # [RecursiveMemoryEffects,
                             SingleBlockImplicitTerminator<"ReturnOp">]>;

def StableHLO_ReduceOp : StableHLO_BodyOp<"reduce",
    [SameVariadicOperandSize]> {
  let summary = "Combines the elements along dimensions";
  let description = [{
    Folds each of the `inputs` along `dimensions`, starting from its initial
    value, with the region; the order is unspecified. A region that is one
    commutative op of its arguments prints as `applies`.

    ```mlir
    %r = stablehlo.reduce(%x init: %zero) applies stablehlo.add
      across dimensions = [1] : (tensor<1x6xi64>, tensor<i64>) -> tensor<1xi64>
    ```
  }];
  let arguments = (ins Variadic<StableHLO_Tensor>:$inputs,
                       Variadic<StableHLO_Tensor>:$init_values,
                       DenseI64ArrayAttr:$dimensions);
  let regions = (region SizedRegion<1>:$body);
  let results = (outs Variadic<StableHLO_Tensor>:$results);
  let builders = [
    OpBuilder<(ins "::mlir::ValueRange":$inputs,
                   "::mlir::ValueRange":$initValues,
                   "::llvm::ArrayRef<int64_t>":$dimensions,
                   "::llvm::function_ref<void(::mlir::OpBuilder &, "
                   "::mlir::Location, ::mlir::ValueRange)>":$body)>];
  let extraClassDeclaration = [{
    /// The sum of `input` over `dimensions`, with its zero and its body.
    static ReduceOp createSum(::mlir::OpBuilder &builder, ::mlir::Location loc,
                              ::mlir::Value input,
                              ::llvm::ArrayRef<int64_t> dimensions);
    /// The least integers of `input` over `dimensions`, starting from the
    /// greatest.
    static ReduceOp createMin(::mlir::OpBuilder &builder, ::mlir::Location loc,
                              ::mlir::Value input,
                              ::llvm::ArrayRef<int64_t> dimensions);
  }];
  let hasCustomAssemblyFormat = 1;
  let hasVerifier = 1;
  let hasRegionVerifier = 1;
}

def StableHLO_ReduceWindowOp : StableHLO_BodyOp<"reduce_window",
    [SameVariadicOperandSize]> {
  let summary = "Combines the elements of each window";
  let description = [{
    Folds every window of the padded and dilated inputs with the region.

    ```mlir
    %r = "stablehlo.reduce_window"(%x, %zero) <{window_dimensions = array<i64: 2, 1>}> ({
    ^bb0(%a: tensor<i64>, %b: tensor<i64>):
      %0 = stablehlo.add %a, %b : tensor<i64>
      stablehlo.return %0 : tensor<i64>
    }) : (tensor<3x2xi64>, tensor<i64>) -> tensor<2x2xi64>
    ```
  }];
  let arguments = (ins
    Variadic<StableHLO_Tensor>:$inputs, Variadic<StableHLO_Tensor>:$init_values,
    DenseI64ArrayAttr:$window_dimensions,
    OptionalAttr<DenseI64ArrayAttr>:$window_strides,
    OptionalAttr<DenseI64ArrayAttr>:$base_dilations,
    OptionalAttr<DenseI64ArrayAttr>:$window_dilations,
    OptionalAttr<I64ElementsAttr>:$padding);
  let regions = (region SizedRegion<1>:$body);
  let results = (outs Variadic<StableHLO_Tensor>:$results);
  let hasVerifier = 1;
  let hasRegionVerifier = 1;
}

def StableHLO_SelectAndScatterOp : StableHLO_BodyOp<"select_and_scatter"> {
  let summary = "Scatters values to the element each window selects";
  let description = [{
    The gradient of a windowed maximum: `select` picks one element in every
    window of the operand, `scatter` combines the matching `source` into it.

    ```mlir
    %r = "stablehlo.select_and_scatter"(%x, %s, %zero) <{
      window_dimensions = array<i64: 2>, window_strides = array<i64: 2>}> ({
    ^bb0(%a: tensor<i64>, %b: tensor<i64>):
      %0 = stablehlo.compare GE, %a, %b : (tensor<i64>, tensor<i64>) -> tensor<i1>
      stablehlo.return %0 : tensor<i1>
    }, {
    ^bb0(%a: tensor<i64>, %b: tensor<i64>):
      %0 = stablehlo.add %a, %b : tensor<i64>
      stablehlo.return %0 : tensor<i64>
    }) : (tensor<4xi64>, tensor<2xi64>, tensor<i64>) -> tensor<4xi64>
    ```
  }];
  let arguments = (ins
    StableHLO_Tensor:$operand, StableHLO_Tensor:$source,
    StableHLO_Tensor:$init_value,
    OptionalAttr<DenseI64ArrayAttr>:$window_dimensions,
    OptionalAttr<DenseI64ArrayAttr>:$window_strides,
    OptionalAttr<I64ElementsAttr>:$padding);
  let regions = (region SizedRegion<1>:$select, SizedRegion<1>:$scatter);
  let results = (outs StableHLO_Tensor:$result);
  let hasVerifier = 1;
  let hasRegionVerifier = 1;
}

def StableHLO_MapOp : StableHLO_BodyOp<"map", [StableHLO_SameShape]> {
  let summary = "Applies a scalar function to every element";
  let description = [{
    `result[i] = body(inputs[0][i], inputs[1][i], ...)`.

    ```mlir
    %r = "stablehlo.map"(%x, %y) <{dimensions = array<i64: 0>}> ({
    ^bb0(%a: tensor<i64>, %b: tensor<i64>):
      %0 = stablehlo.multiply %a, %b : tensor<i64>
      stablehlo.return %0 : tensor<i64>
    }) : (tensor<2xi64>, tensor<2xi64>) -> tensor<2xi64>
    ```
  }];
  let arguments = (ins Variadic<StableHLO_Tensor>:$inputs,
                       DenseI64ArrayAttr:$dimensions);
  let regions = (region SizedRegion<1>:$computation);
  let results = (outs StableHLO_Tensor:$result);
  let hasVerifier = 1;
  let hasRegionVerifier = 1;
}

def StableHLO_SortOp : StableHLO_BodyOp<"sort", [StableHLO_SameShape]> {
  let summary = "Sorts along a dimension";
  let description = [{
    Sorts the slices of all inputs alike by the order the comparator gives.

    ```mlir
    %r = "stablehlo.sort"(%x) <{dimension = 0 : i64, is_stable = true}> ({
    ^bb0(%a: tensor<f32>, %b: tensor<f32>):
      %0 = stablehlo.compare LT, %a, %b : (tensor<f32>, tensor<f32>) -> tensor<i1>
      stablehlo.return %0 : tensor<i1>
    }) : (tensor<8xf32>) -> tensor<8xf32>
    ```
  }];
  let arguments = (ins
    Variadic<StableHLO_Tensor>:$inputs,
    DefaultValuedOptionalAttr<I64Attr, "-1">:$dimension,
    DefaultValuedOptionalAttr<BoolAttr, "false">:$is_stable);
  let regions = (region SizedRegion<1>:$comparator);
  let results = (outs Variadic<StableHLO_Tensor>:$results);
  let hasVerifier = 1;
  let hasRegionVerifier = 1;
}

#endif // INVHLO_STABLEHLO_REDUCTION_TD
