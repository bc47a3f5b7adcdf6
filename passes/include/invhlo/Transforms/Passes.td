// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef INVHLO_TRANSFORMS_PASSES_TD
#define INVHLO_TRANSFORMS_PASSES_TD

include "mlir/Pass/PassBase.td"

def MarkUnknownPass : Pass<"invhlo-mark-unknown", "::mlir::ModuleOp"> {
  let summary = "Marks the unknown arguments of public functions";
  let description = [{
    The arguments that `unknown` lists get the attribute `invhlo.unknown`, and the
    others lose it. Without a list, nothing is done.
  }];
  let options = [
    ListOption<"unknown", "unknown", "unsigned",
               "Positions of the unknown arguments">,
  ];
}

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
    Option<"choosesBranches", "choose-branches", "bool", /*default=*/"true",
           "Choose where several values have the same result">,
  ];
  let dependentDialects = ["::invhlo::stablehlo::StableHLODialect",
                           "::invhlo::chlo::CHLODialect",
                           "::invhlo::InvhloDialect",
                           "::invhlo::sdy::SdyDialect",
                           "::mlir::func::FuncDialect"];
}

def UnrollLoopsPass : Pass<"invhlo-unroll-loops", "::mlir::ModuleOp"> {
  let summary = "Unrolls loops whose steps choose elements by rows of literals";
  let description = [{
    What a row of a literal chooses is told by the literal, but not inside of the
    loop, where it is another one in each step: masks of layers, permutations,
    the order in which elements are visited. Such a loop is put in a row of its
    steps, if these have no more than `max-ops` operations together, and what
    that makes literals is folded.

    ```mlir
    %0:2 = stablehlo.while(%i = %zero, %c = %x) : tensor<i32>, tensor<3xf32>
    cond {
      %1 = stablehlo.compare LT, %i, %two : (tensor<i32>, tensor<i32>) -> tensor<i1>
      stablehlo.return %1 : tensor<i1>
    } do {
      %1 = stablehlo.dynamic_slice %masks, %i, %zero, sizes = [1, 3]
          : (tensor<2x3xi1>, tensor<i32>, tensor<i32>) -> tensor<1x3xi1>
      %mask = stablehlo.reshape %1 : (tensor<1x3xi1>) -> tensor<3xi1>
      %d = stablehlo.select %mask, %c, %k : tensor<3xi1>, tensor<3xf32>
      %j = stablehlo.add %i, %one : tensor<i32>
      stablehlo.return %j, %d : tensor<i32>, tensor<3xf32>
    }
    ```

    becomes

    ```mlir
    %0 = stablehlo.select %mask_0, %x, %k : tensor<3xi1>, tensor<3xf32>
    %1 = stablehlo.select %mask_1, %0, %k : tensor<3xi1>, tensor<3xf32>
    ```
  }];
  let options = [
    Option<"maxOps", "max-ops", "int64_t", "2048",
           "How many operations the steps of a loop may have">,
  ];
  let dependentDialects = ["::invhlo::InvhloDialect"];
}

def RaiseLoopsPass : Pass<"invhlo-raise-loops", "::mlir::ModuleOp"> {
  let summary = "Makes scans of loops that are counted";
  let description = [{
    A loop whose counter is compared with a literal becomes an `invhlo.scan`: what
    it reads at the counter of arrays that do not change are the rows of these,
    arrays of which each step writes a row are results, counters follow from the
    number of the step, and what does not change is captured. What is left is
    carried.

    ```mlir
    %0:3 = stablehlo.while(%i = %zero, %c = %c0, %ys = %empty)
        : tensor<i32>, tensor<f32>, tensor<5xf32>
    cond {
      %1 = stablehlo.compare LT, %i, %five : (tensor<i32>, tensor<i32>) -> tensor<i1>
      stablehlo.return %1 : tensor<i1>
    } do {
      %1 = stablehlo.dynamic_slice %xs, %i, sizes = [1]
          : (tensor<5xf32>, tensor<i32>) -> tensor<1xf32>
      %x = stablehlo.reshape %1 : (tensor<1xf32>) -> tensor<f32>
      %d = stablehlo.add %c, %x : tensor<f32>
      %2 = stablehlo.reshape %c : (tensor<f32>) -> tensor<1xf32>
      %3 = stablehlo.dynamic_update_slice %ys, %2, %i
          : (tensor<5xf32>, tensor<1xf32>, tensor<i32>) -> tensor<5xf32>
      %j = stablehlo.add %i, %one : tensor<i32>
      stablehlo.return %j, %d, %3 : tensor<i32>, tensor<f32>, tensor<5xf32>
    }
    ```

    becomes

    ```mlir
    %last, %ys = invhlo.scan 5 (%c0) over (%xs)
        : (tensor<f32>, tensor<5xf32>) -> (tensor<f32>, tensor<5xf32>) {
    ^bb0(%t: tensor<i32>, %c: tensor<f32>, %x: tensor<f32>):
      %d = stablehlo.add %c, %x : tensor<f32>
      invhlo.yield %d, %c : tensor<f32>, tensor<f32>
    }
    ```
  }];
  let dependentDialects = ["::invhlo::InvhloDialect"];
}

def BatchLoopsPass : Pass<"invhlo-batch-loops", "::mlir::ModuleOp"> {
  let summary = "Takes the steps of loops at once where none needs another";
  let description = [{
    A scan that carries nothing, and computes each element of its rows from those
    beside it, acts on the arrays as they are.

    ```mlir
    %ys = invhlo.scan 5 () over (%xs) : (tensor<5x3xf32>) -> tensor<5x3xf32> {
    ^bb0(%t: tensor<i32>, %x: tensor<3xf32>):
      %y = stablehlo.log %x : tensor<3xf32>
      invhlo.yield %y : tensor<3xf32>
    }
    ```

    becomes

    ```mlir
    %ys = stablehlo.log %xs : tensor<5x3xf32>
    ```
  }];
}

def LowerLoopsPass : Pass<"invhlo-lower-loops", "::mlir::ModuleOp"> {
  let summary = "Makes StableHLO's loops of scans";
  let description = [{
    Undoes `invhlo-raise-loops`, for whoever reads the module as StableHLO.
  }];
  let dependentDialects = ["::invhlo::stablehlo::StableHLODialect"];
}

def LowerSharesPass : Pass<"invhlo-lower-shares", "::mlir::ModuleOp"> {
  let summary = "Computes what log-dets are made of";
  let description = [{
    The total of shares becomes the sum of the totals of their terms: elements
    are reduced where they are, and what is only moved, copied or spread over
    other elements on its way to the total is not. Other shares become sums and
    broadcasts.

    ```mlir
    %each = invhlo.spread_share %d along [0] among 3
        : tensor<2xf32> -> tensor<2x3xf32>
    %share = invhlo.sum_shares %a, %each : tensor<2x3xf32>
    %total = invhlo.total_shares %share : (tensor<2x3xf32>) -> tensor<f32>
    ```

    is the sum of all elements of `%a` and of those of `%d`.
  }];
  let dependentDialects = ["::invhlo::stablehlo::StableHLODialect"];
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

def RaiseCustomCallsPass : Pass<"invhlo-raise-custom-calls", "::mlir::ModuleOp"> {
  let summary = "Makes ops of the custom calls that are invhlo's own";
  let description = [{
    A module comes in as StableHLO, in which the ops of the dialect that are work
    for the host are custom calls. One that is not what the op is, or calls
    something else of invhlo, is an error.

    ```mlir
    %z = stablehlo.custom_call @invhlo.primitive(%x, %y) {invhlo.host = 0 : i64}
        : (tensor<f32>, tensor<f32>) -> tensor<f32>
    ```

    becomes

    ```mlir
    %z = invhlo.primitive 0(%x) = %y : (tensor<f32>) -> tensor<f32>
    ```

    The other passes know the ops only. A call of `@invhlo.custom_inverse` is an
    annotation, which `invhlo-lower-annotations` reads.
  }];
  let dependentDialects = ["::invhlo::InvhloDialect"];
}

def LowerToCustomCallsPass
    : Pass<"invhlo-lower-to-custom-calls", "::mlir::ModuleOp"> {
  let summary = "Makes custom calls of invhlo's own ops";
  let description = [{
    Undoes `invhlo-raise-custom-calls`, for whoever reads the module as StableHLO.

    ```mlir
    %d = invhlo.log_abs_det %a : tensor<3x3xf32>
    ```

    becomes

    ```mlir
    %d = stablehlo.custom_call @invhlo.log_abs_det(%a)
        : (tensor<3x3xf32>) -> tensor<f32>
    ```
  }];
  let dependentDialects = ["::invhlo::stablehlo::StableHLODialect"];
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
    The Python side puts an `invhlo.primitive` beside the lowering of a JAX
    primitive that could not be recovered from it. The lowered values take its
    place, since nobody else could execute it.

    ```mlir
    %z = invhlo.primitive 0(%x) = %y : (tensor<f32>) -> tensor<f32>
    ```

    is `%y`.
  }];
}

def HostPrimitivesPass : Pass<"invhlo-host-primitives", "::mlir::ModuleOp"> {
  let summary = "Leaves operations of the host program to the host";
  let description = [{
    The other way to be rid of `invhlo.primitive`: the host binds its own
    operation, and nothing needs the lowering, which goes.

    ```mlir
    %y = stablehlo.exponential %x : tensor<f32>
    %z = invhlo.primitive 0(%x) = %y : (tensor<f32>) -> tensor<f32>
    ```

    is

    ```mlir
    %z = invhlo.bind 0(%x) : (tensor<f32>) -> tensor<f32>
    ```
  }];
}

def HostLoopsPass : Pass<"invhlo-host-loops", "::mlir::ModuleOp"> {
  let summary = "Leaves scans to the host";
  let description = [{
    The host's scan has a derivative in reverse, and StableHLO's loop has none. The
    body becomes a function of what it takes, then of what it captures.

    ```mlir
    %last = invhlo.scan 5 (%c0) over (%xs)
        : (tensor<f32>, tensor<5xf32>) -> tensor<f32> {
    ^bb0(%t: tensor<i32>, %c: tensor<f32>, %x: tensor<f32>):
      %0 = stablehlo.multiply %c, %k : tensor<f32>
      %1 = stablehlo.add %0, %x : tensor<f32>
      invhlo.yield %1 : tensor<f32>
    }
    ```

    is

    ```mlir
    %last = stablehlo.custom_call @invhlo.scan(%c0, %xs, %k) {
      called_computations = [@scan], invhlo.carried = 1 : i64,
      invhlo.count = 5 : i64, invhlo.reverse = false,
      invhlo.stacked = 1 : i64}
      : (tensor<f32>, tensor<5xf32>, tensor<f32>) -> tensor<f32>
    ```
  }];
  let dependentDialects = ["::invhlo::stablehlo::StableHLODialect",
                           "::mlir::func::FuncDialect"];
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
    %parts:2 = invhlo.split %x, dim = 0
        : (tensor<5xf32>) -> (tensor<2xf32>, tensor<3xf32>)
    ```
  }];
  let dependentDialects = ["::invhlo::InvhloDialect"];
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
