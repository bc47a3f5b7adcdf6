// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef INVHLO_IDIOMS_PASSES_TD
#define INVHLO_IDIOMS_PASSES_TD

include "mlir/Pass/PassBase.td"

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

    The expansions are functions of StableHLO in `lib/Idioms/Expansions`, which
    `scripts/write_idioms.py` takes from JAX. Literals are to be folded before,
    and equal values to be one value.
  }];
  let dependentDialects = ["::invhlo::chlo::CHLODialect",
                           "::invhlo::InvhloDialect",
                           "::invhlo::stablehlo::StableHLODialect",
                           "::mlir::func::FuncDialect"];
}

def RaiseSearchesPass : Pass<"invhlo-raise-searches", "::mlir::ModuleOp"> {
  let summary = "Recognises functions with table entries that x tells";
  let description = [{
    Splines and interpolation compare x with knots, take the entries of tables for
    the bin that it is in, and compute with these and x. Integers that depend on x
    change only where x passes what it is compared with, and so do the entries.
    Says beside the value how the entries are looked up, what it is of them and x,
    and between which edges they stay the same.

    x may be limited and moved before it is compared, and compared by a loop or a
    function: all floats that this takes count as edges. Where all are knots of one
    tensor, it says instead of which tables the entries are, and what the value is
    at the knots.
  }];
  let dependentDialects = ["::invhlo::InvhloDialect",
                           "::invhlo::stablehlo::StableHLODialect"];
}

def RaiseTriangularPass : Pass<"invhlo-raise-triangular", "::mlir::ModuleOp"> {
  let summary = "Recognises values whose elements tell those of x in an order";
  let description = [{
    `x * exp(s(x)) + t(x)` uses x more than once, so that none of its ops can be
    inverted. Where the masks, slices and shifts of s and t let each of their
    elements depend on earlier elements of x alone, in the order of one or two of
    its dimensions, the elements tell those of x one after another. Says beside
    the value what is earlier, and what it is of that and x.

    The inversion runs this by itself where it leaves something unknown.
  }];
  let dependentDialects = ["::invhlo::InvhloDialect",
                           "::invhlo::stablehlo::StableHLODialect"];
}

def RaiseFractionsPass : Pass<"invhlo-raise-fractions", "::mlir::ModuleOp"> {
  let summary = "Recognises quotients of affine and of quadratic functions";
  let description = [{
    `x * w + x` and `x / (2 + x)` use the unknown more than once, so that none of
    their sums, products and quotients can be inverted. Says beside the value which
    affine or quadratic function, or quotient of two, it is of the value that is
    used; what computes it stays as it is.

    ```mlir
    %0 = stablehlo.multiply %x, %w : tensor<3xf32>
    %1 = stablehlo.add %0, %x : tensor<3xf32>
    return %1 : tensor<3xf32>
    ```

    becomes

    ```mlir
    ...
    %1 = stablehlo.add %0, %x : tensor<3xf32>
    %a = stablehlo.add %w, %one : tensor<3xf32>
    %2 = invhlo.fraction(%x) of %a, %zero over %zero, %one = %1 : tensor<3xf32>
    return %2 : tensor<3xf32>
    ```

    Functions that are made of them are to be recognised before, literals to be
    folded, and equal values to be one value.
  }];
  let dependentDialects = ["::invhlo::InvhloDialect",
                           "::invhlo::stablehlo::StableHLODialect"];
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
  let dependentDialects = ["::invhlo::InvhloDialect",
                           "::invhlo::stablehlo::StableHLODialect"];
}

def RaiseBranchesPass : Pass<"invhlo-raise-branches", "::mlir::ModuleOp"> {
  let summary = "Recognises branches that are chosen by what they use";
  let description = [{
    A branch can be inverted if it is known which one is run. Where that follows
    from the values that the branches use, it is only known once these are found.
    Says beside the results what they are in each branch, and when that one is run,
    computed from the same values; the op stays as it is.

    ```mlir
    %p = stablehlo.compare GT, %x, %one ...
    %i = stablehlo.convert %p : (tensor<i1>) -> tensor<i32>
    %0 = "stablehlo.case"(%i) ({ return %x }, { return %cube }) ...
    return %0 : tensor<f32>
    ```

    becomes

    ```mlir
    ...
    %1 = invhlo.alternatives(%0) : (tensor<f32>) -> tensor<f32> {
      %q = stablehlo.compare LE, %x, %one ...
      invhlo.yield %x, %q : tensor<f32>, tensor<i1>
    }, {
      %q = stablehlo.compare GT, %x, %one ...
      invhlo.yield %cube, %q : tensor<f32>, tensor<i1>
    }
    return %1 : tensor<f32>
    ```
  }];
  let dependentDialects = ["::invhlo::InvhloDialect",
                           "::invhlo::stablehlo::StableHLODialect"];
}

def RaisePiecewisePass : Pass<"invhlo-raise-piecewise", "::mlir::ModuleOp"> {
  let summary = "Recognises functions that are made of pieces";
  let description = [{
    A value that is chosen element by element, by a predicate of the unknown or as
    a maximum, cannot be inverted op by op: the unknown is used more than once. Of
    what is computed, element by element, from one value, takes apart the cases
    that the choices tell, and says beside the value what it is in each; what
    computes it stays as it is.

    ```mlir
    %0 = stablehlo.multiply %x, %tenth : tensor<3xf32>
    %1 = stablehlo.maximum %x, %0 : tensor<3xf32>
    return %1 : tensor<3xf32>
    ```

    becomes

    ```mlir
    ...
    %1 = stablehlo.maximum %x, %0 : tensor<3xf32>
    %2 = invhlo.piecewise %1 : tensor<3xf32> {
      %p = stablehlo.compare GE, %x, %zero ...
      invhlo.yield %x, %p : tensor<3xf32>, tensor<3xi1>
    }, {
      %3 = stablehlo.multiply %x, %tenth : tensor<3xf32>
      %p = stablehlo.compare LT, %x, %zero ...
      invhlo.yield %3, %p : tensor<3xf32>, tensor<3xi1>
    }
    return %2 : tensor<3xf32>
    ```

    The cases are intervals of that value where the choices compare what is affine
    in it with literals, and the predicates themselves elsewhere. Functions that
    are known by name are to be recognised before, literals to be folded, and equal
    values to be one value.
  }];
  let dependentDialects = ["::invhlo::InvhloDialect",
                           "::invhlo::stablehlo::StableHLODialect"];
}

def TakePreimagePass : Pass<"invhlo-take-preimage", "::mlir::ModuleOp"> {
  let summary = "Says which of the values with the same result is meant";
  let description = [{
    What is computed of an unknown argument, element by element, up to the one value
    that all others use, is taken apart into pieces that map each number to another.
    Says beside that value what it is in the piece of number `number`, or in the
    last one. Through others nothing is found. The attribute `invhlo.preimages` of the
    module has the number of pieces for each unknown argument, which is zero where
    nothing is said.

    ```mlir
    %0 = stablehlo.abs %x : tensor<3xf32>
    return %0 : tensor<3xf32>
    ```

    becomes, for number 1,

    ```mlir
    %0 = stablehlo.abs %x : tensor<3xf32>
    %1 = invhlo.piecewise partial %0 : tensor<3xf32> {
      %2 = stablehlo.negate %x : tensor<3xf32>
      %p = stablehlo.compare LT, %x, %zero ...
      invhlo.yield %2, %p : tensor<3xf32>, tensor<3xi1>
    }
    return %1 : tensor<3xf32>
    ```
  }];
  let options = [
    Option<"number", "number", "unsigned", /*default=*/"0",
           "The number of the piece">,
  ];
  let dependentDialects = ["::invhlo::InvhloDialect",
                           "::invhlo::stablehlo::StableHLODialect"];
}

def RaiseBitsPass : Pass<"invhlo-raise-bits", "::mlir::ModuleOp"> {
  let summary = "Recognises integers whose bits are sums of the bits of others";
  let description = [{
    Rotations, `x ^ (x << 13)`, packed fields, Gray codes and shift registers are
    made of ops that lose bits, or take the unknown twice. Each bit of the result
    is a sum modulo 2 of bits of the operands: what shifts by literals, `xor`, and
    `and` and `or` with literals compute, sums of which nothing is carried,
    conversions, comparisons of one bit, and choices by one bit. Says so:

    ```mlir
    %0 = stablehlo.shift_left %x, %seven : tensor<3xui32>
    %1 = stablehlo.shift_right_logical %x, %twenty_five : tensor<3xui32>
    %2 = stablehlo.or %0, %1 : tensor<3xui32>
    invhlo.bits(%2) = (%x) by [0, 0, 7, -128, 0, 0, -25, 127] flipping [0]
        : (tensor<3xui32>) = (tensor<3xui32>)
    ```

    A value that tells one of the words that it is computed from, and through which
    all of that word goes on, is a word in all that follows, so that rounds of
    ciphers are said one by one. What else shares words is said together.
  }];
  let dependentDialects = ["::invhlo::InvhloDialect",
                           "::invhlo::stablehlo::StableHLODialect"];
}

def RaiseDivisionsPass : Pass<"invhlo-raise-divisions", "::mlir::ModuleOp"> {
  let summary = "Recognises quotients of integers that have a remainder";
  let description = [{
    `x // n` and `x % n` tell x together, and so do the digits `x // 100`,
    `x // 10 % 10` and `x % 10`. Says so of a quotient and a remainder by literals,
    rounded down or towards zero:

    ```mlir
    %q = stablehlo.divide %x, %ten : tensor<3xui32>
    %r = stablehlo.remainder %x, %ten : tensor<3xui32>
    invhlo.division %x = %q * 10 + %r : tensor<3xui32>
    ```
  }];
  let dependentDialects = ["::invhlo::InvhloDialect",
                           "::invhlo::stablehlo::StableHLODialect"];
}

def LowerIdiomsPass : Pass<"invhlo-lower-idioms", "::mlir::ModuleOp"> {
  let summary = "Replaces recognised functions by the values that they stand for";
  let description = [{
    `invhlo.idiom "softplus"(%x) = %value` becomes `%value`, and so do a monomial,
    a fraction, a function of pieces, a search and alternatives: what was evaluated
    forward needs no inverse.
  }];
}

#endif // INVHLO_IDIOMS_PASSES_TD
