// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef INVHLO_TRANSFORMS_PASSES_TD
#define INVHLO_TRANSFORMS_PASSES_TD

include "mlir/Pass/PassBase.td"

def InvertPass : Pass<"invhlo-invert", "::mlir::ModuleOp"> {
  let summary = "Replaces public functions by their inverses";
  let description = [{
    Inverts every public function in its unknown arguments. The inverse takes
    the known arguments, then the results; it returns the unknown arguments,
    then what `log-det` asks for. The inverse of `@main` is `@main` again; that
    of any other `@f` is `@f.inverse`.

    The unknown arguments are those that `unknown` lists, else those with the
    attribute `invhlo.unknown`, else all.

    ```mlir
    func.func @scale(%k: tensor<3xf32>, %x: tensor<3xf32> {invhlo.unknown})
        -> tensor<3xf32> {
      %y = stablehlo.multiply %k, %x : tensor<3xf32>
      return %y : tensor<3xf32>
    }
    ```

    becomes

    ```mlir
    func.func @scale.inverse(%k: tensor<3xf32>, %y: tensor<3xf32>)
        -> tensor<3xf32> {
      %x = stablehlo.divide %y, %k : tensor<3xf32>
      return %x : tensor<3xf32>
    }
    ```
  }];
  let options = [
    ListOption<"unknown", "unknown", "unsigned",
               "Positions of the unknown arguments">,
    Option<"logDet", "log-det", "::invhlo::LogDet",
           /*default=*/"::invhlo::LogDet::None",
           "What to return of the inverse log-det-Jacobian",
           [{::llvm::cl::values(
             clEnumValN(::invhlo::LogDet::None, "none", "nothing"),
             clEnumValN(::invhlo::LogDet::Shares, "shares",
                        "one tensor for each recovered argument"),
             clEnumValN(::invhlo::LogDet::Total, "total", "the sum"))}]>,
    Option<"allowOverdetermined", "allow-overdetermined", "bool",
           /*default=*/"false",
           "Give log-dets of functions with more output than input elements">,
  ];
  let dependentDialects = ["::invhlo::stablehlo::StableHLODialect",
                           "::invhlo::chlo::CHLODialect",
                           "::invhlo::sdy::SdyDialect",
                           "::mlir::func::FuncDialect"];
}

def FoldConstantsPass : Pass<"invhlo-fold-constants", "::mlir::ModuleOp"> {
  let summary = "Evaluates what literals determine";
  let description = [{
    Evaluates ops on small literals: index arithmetic, masks, bounds checks,
    branches taken on a literal, accesses at literal positions. JAX leaves all
    of these to the compiler, and the inversion rules want to see the outcome.
    Each op is looked at once. What repeats along a dimension costs the same
    for any size of it, and becomes a constant that is broadcast if it has more
    than `max-elements` elements. Where more than these differ they stay an
    expression, unless they come from integers that the program has as many of.
  }];
  let options = [
    Option<"maxElements", "max-elements", "int64_t", /*default=*/"65536",
           "The most elements to compute of a literal">,
  ];
  let dependentDialects = ["::invhlo::stablehlo::StableHLODialect"];
}

def RaiseIdiomsPass : Pass<"invhlo-raise-idioms", "::mlir::ModuleOp"> {
  let summary = "Recognises functions by the ops that front ends make of them";
  let description = [{
    Finds the expansions of functions that have an inverse of their own, which
    is more precise than that of the expansion's ops or which these do not give
    at all, because they use the unknown more than once. Says so beside the
    value; what computes it stays as it is.

    ```mlir
    %0 = stablehlo.negate %x : tensor<3xf32>
    %1 = stablehlo.exponential %0 : tensor<3xf32>
    %2 = stablehlo.add %1, %one : tensor<3xf32>
    %3 = stablehlo.divide %one, %2 : tensor<3xf32>
    return %3 : tensor<3xf32>
    ```

    becomes

    ```mlir
    ...
    %3 = stablehlo.divide %one, %2 : tensor<3xf32>
    %4 = invhlo.idiom "sigmoid"(%x) = %3 : tensor<3xf32>
    return %4 : tensor<3xf32>
    ```

    The expansions are functions of StableHLO in `lib/Transforms/Idioms`, which
    `scripts/write_idioms.py` takes from JAX. Literals are to be folded before,
    and equal values to be one value.
  }];
  let dependentDialects = ["::invhlo::chlo::CHLODialect",
                           "::invhlo::idioms::IdiomsDialect",
                           "::invhlo::stablehlo::StableHLODialect",
                           "::mlir::func::FuncDialect"];
}

def RaiseMonomialsPass : Pass<"invhlo-raise-monomials", "::mlir::ModuleOp"> {
  let summary = "Recognises products that use a factor more than once";
  let description = [{
    `x**5` is lowered to products of products, of which none can be inverted: each
    has the unknown on both sides. Counts how often each factor is in a product or
    quotient, through the products that it is made of, and says so beside the
    value; what computes it stays as it is.

    ```mlir
    %0 = stablehlo.multiply %x, %x : tensor<3xf32>
    %1 = stablehlo.multiply %0, %0 : tensor<3xf32>
    %2 = stablehlo.multiply %x, %1 : tensor<3xf32>
    return %2 : tensor<3xf32>
    ```

    becomes

    ```mlir
    ...
    %2 = stablehlo.multiply %x, %1 : tensor<3xf32>
    %3 = invhlo.monomial(%x) to [5] = %2 : tensor<3xf32>
    return %3 : tensor<3xf32>
    ```

    Functions that are made of products are to be recognised before, literals to be
    folded, and equal values to be one value.
  }];
  let dependentDialects = ["::invhlo::idioms::IdiomsDialect",
                           "::invhlo::stablehlo::StableHLODialect"];
}

def LowerIdiomsPass : Pass<"invhlo-lower-idioms", "::mlir::ModuleOp"> {
  let summary = "Replaces recognised functions by the values that they stand for";
  let description = [{
    `invhlo.idiom "softplus"(%x) = %value` becomes `%value`, and so does a monomial:
    what was evaluated forward needs no inverse.
  }];
}

def InlineCallsPass : Pass<"invhlo-inline-calls", "::mlir::ModuleOp"> {
  let summary = "Inlines small functions and those called once";
  let description = [{
    JAX lowers its helpers (`jnp.where`, `jnp.clip`, `jnp.roll`, ...) to small
    private functions. Inlined, they let partly known values and literals
    through. Larger functions that are called more than once stay calls, since
    the inverse shares their code as well, unless a call passes an integer or
    boolean literal, on which the way of inversion may depend, or a table of
    coefficients. Literals make the module larger by a factor at most; beyond
    that, calls stay calls.
  }];
  let options = [
    Option<"maxOps", "max-ops", "unsigned", /*default=*/"16",
           "The most ops of a function that is inlined at every call">,
    Option<"followLiterals", "follow-literals", "bool", /*default=*/"true",
           "Inline calls for the sake of literals that they pass">,
  ];
}

def LowerAnnotationsPass : Pass<"invhlo-lower-annotations", "::mlir::ModuleOp"> {
  let summary = "Turns annotated ops into annotated calls";
  let description = [{
    Checks the annotations (docs/annotations.md) of the module. What carries
    them, a custom call of `@invhlo.custom_inverse` or a composite, becomes a
    `func.call` of its body with the same annotation, which `invhlo-invert`
    honours. Without a rule it becomes a plain call.

    ```mlir
    %y = stablehlo.custom_call @invhlo.custom_inverse(%x) {
      called_computations = [@f], invhlo.name = "f",
      invhlo.rules = [{inverse = @f_inv} ]} : (tensor<f32>) -> tensor<f32>
    ```

    becomes

    ```mlir
    %y = call @f(%x) {invhlo.name = "f", invhlo.rules = [{inverse = @f_inv} ]}
         : (tensor<f32>) -> tensor<f32>
    ```
  }];
  let dependentDialects = ["::mlir::func::FuncDialect"];
}

def LowerPrimitivesPass : Pass<"invhlo-lower-primitives", "::mlir::ModuleOp"> {
  let summary = "Replaces operations of the host program by their lowerings";
  let description = [{
    The Python side puts a custom call of `@invhlo.primitive` beside the lowering
    of a JAX primitive that could not be recovered from it. Its last operands are
    the lowered results. They take the place of the call, which nobody else could
    execute.

    ```mlir
    %z = stablehlo.custom_call @invhlo.primitive(%x, %y) {invhlo.host = 0 : i64}
         : (tensor<f32>, tensor<f32>) -> tensor<f32>
    ```

    is `%y`.
  }];
}

def HostPrimitivesPass : Pass<"invhlo-host-primitives", "::mlir::ModuleOp"> {
  let summary = "Leaves operations of the host program to the host";
  let description = [{
    The other way to be rid of the calls of `@invhlo.primitive`: the host binds
    its own operation, and nothing needs the lowering, which goes.

    ```mlir
    %y = stablehlo.exponential %x : tensor<f32>
    %z = stablehlo.custom_call @invhlo.primitive(%x, %y) {invhlo.host = 0 : i64}
         : (tensor<f32>, tensor<f32>) -> tensor<f32>
    ```

    is

    ```mlir
    %z = stablehlo.custom_call @invhlo.bind(%x) {invhlo.host = 0 : i64}
         : (tensor<f32>) -> tensor<f32>
    ```
  }];
}

def HostSplitsPass : Pass<"invhlo-host-splits", "::mlir::ModuleOp"> {
  let summary = "Turns slices that tile a tensor into a split by the host";
  let description = [{
    The host's split has a derivative without padding, and StableHLO has none.

    ```mlir
    %a = stablehlo.slice %x [0:2] : (tensor<5xf32>) -> tensor<2xf32>
    %b = stablehlo.slice %x [2:5] : (tensor<5xf32>) -> tensor<3xf32>
    ```

    is

    ```mlir
    %parts:2 = stablehlo.custom_call @invhlo.split(%x) {invhlo.dim = 0 : i64}
        : (tensor<5xf32>) -> (tensor<2xf32>, tensor<3xf32>)
    ```
  }];
}

def NumberKindsPass : Pass<"invhlo-number-kinds", "::mlir::ModuleOp"> {
  let summary = "Numbers the kinds of operations that are alike";
  let description = [{
    Operations that differ in their operands and locations alone get the same
    `invhlo.kind`, by which the host reads one and repeats it for the others.
    Those with regions, and those that are like no other, get none.
  }];
}

def InlineCustomPass : Pass<"invhlo-inline-custom", "::mlir::ModuleOp"> {
  let summary = "Replaces annotated calls by their bodies";
  let description = [{
    Drops every annotation and puts the body where the annotated call was, as
    though nothing had been declared. Functions that are not used any more are
    removed.
  }];
  let dependentDialects = ["::mlir::func::FuncDialect"];
}

#endif // INVHLO_TRANSFORMS_PASSES_TD
