// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef INVHLO_INVHLO_INVHLOIDIOMOPS_TD
#define INVHLO_INVHLO_INVHLOIDIOMOPS_TD

// What values are, beside the ops that compute them.

include "invhlo/Invhlo/InvhloBase.td"

def Invhlo_IdiomOp : Invhlo_Op<"idiom", [SameOperandsAndResultType]> {
  let summary = "A value, with the function that it is of other values";
  let description = [{
    The result is `value`. It is also `function` of `arguments`, element by
    element, so that it can be inverted as that function is, whatever the
    operations that computed it.

    ```mlir
    %y = invhlo.idiom "softplus"(%x) = %expansion : tensor<3xf32>
    ```
  }];
  let arguments = (ins Variadic<Invhlo_Real>:$arguments, Invhlo_Real:$value,
                       StrAttr:$function);
  let results = (outs Invhlo_Real:$result);
  let assemblyFormat = [{
    $function `(` $arguments `)` `=` $value attr-dict `:` type($result)
  }];
}

def Invhlo_MonomialOp : Invhlo_Op<"monomial", [SameOperandsAndResultType]> {
  let summary = "A value, with the product of powers that it is of other values";
  let description = [{
    The result is `value`. It is also the product of the `arguments`, each raised
    to its exponent, which is not zero.

    ```mlir
    %y = invhlo.monomial(%x, %k) to [3, -1] = %expansion : tensor<3xf32>
    ```
  }];
  let arguments = (ins Variadic<Invhlo_Number>:$arguments, Invhlo_Number:$value,
                       DenseI64ArrayAttr:$exponents);
  let results = (outs Invhlo_Number:$result);
  let assemblyFormat = [{
    `(` $arguments `)` `to` $exponents `=` $value attr-dict `:` type($result)
  }];
  let hasVerifier = 1;
}

def Invhlo_FractionOp : Invhlo_Op<"fraction",
    [SameOperandsAndResultShape, AllTypesMatch<["x", "value", "result"]>,
     AllTypesMatch<["a", "b", "c", "d"]>]> {
  let summary = "A value, with the quotient of affine functions that it is";
  let description = [{
    The result is `value`. It is also `(a x + b) / (c x + d)`. The
    coefficients may be wider than `x`.

    ```mlir
    %y = invhlo.fraction(%x) of %a, %b over %c, %d = %expansion
        : tensor<3xf32>, tensor<3xbf16>
    ```
  }];
  let arguments = (ins Invhlo_Number:$x, Invhlo_Number:$a, Invhlo_Number:$b,
                       Invhlo_Number:$c, Invhlo_Number:$d,
                       Invhlo_Number:$value);
  let results = (outs Invhlo_Number:$result);
  let assemblyFormat = [{
    `(` $x `)` `of` $a `,` $b `over` $c `,` $d `=` $value attr-dict `:`
    type($a) `,` type($result)
  }];
}

def Invhlo_QuadraticOp : Invhlo_Op<"quadratic",
    [SameOperandsAndResultShape, AllTypesMatch<["x", "value", "result"]>,
     AllTypesMatch<["a", "b", "c", "p", "q", "r"]>]> {
  let summary = "A value, with the quotient of quadratic functions that it is";
  let description = [{
    The result is `value`. It is also `(a x^2 + b x + c) / (p x^2 + q x + r)`, of
    which the branch is meant where it grows with `x` if the denominator is
    positive, or the other one if it is said to fall. The coefficients may be
    wider than `x`.

    ```mlir
    %y = invhlo.quadratic(%x) of %a, %b, %c over %p, %q, %r = %expansion
        : tensor<3xf32>, tensor<3xbf16>
    ```
  }];
  let arguments = (ins Invhlo_StaticReal:$x, Invhlo_StaticReal:$a,
                       Invhlo_StaticReal:$b, Invhlo_StaticReal:$c,
                       Invhlo_StaticReal:$p, Invhlo_StaticReal:$q,
                       Invhlo_StaticReal:$r, Invhlo_StaticReal:$value,
                       UnitAttr:$falls);
  let results = (outs Invhlo_StaticReal:$result);
  let assemblyFormat = [{
    (`falling` $falls^)? `(` $x `)` `of` $a `,` $b `,` $c `over` $p `,` $q `,` $r
    `=` $value attr-dict
    `:` type($a) `,` type($result)
  }];
}

def Invhlo_PiecewiseOp : Op<Invhlo_Dialect, "piecewise",
    [AllTypesMatch<["value", "result"]>, RecursiveMemoryEffects]> {
  let summary = "A value, with the pieces that it is of";
  let description = [{
    The result is `value`. Each element of it is also that of the arm whose
    predicate holds for it; of one arm at most, but where one operand is NaN.
    Arms compute element by element, from what they capture, the value and then
    the predicate. Where a `partial` one has no arm, the value is that of arms that
    were left out.

    ```mlir
    %y = invhlo.piecewise %value : tensor<3xf32> {
      %p = stablehlo.compare GT, %x, %zero
          : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
      invhlo.yield %x, %p : tensor<3xf32>, tensor<3xi1>
    }, {
      %0 = stablehlo.multiply %x, %slope : tensor<3xf32>
      %p = stablehlo.compare LE, %x, %zero
          : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
      invhlo.yield %0, %p : tensor<3xf32>, tensor<3xi1>
    }
    ```
  }];
  let arguments = (ins Invhlo_StaticReal:$value, UnitAttr:$partial);
  let results = (outs Invhlo_StaticReal:$result);
  let regions = (region VariadicRegion<SizedRegion<1>>:$arms);
  let builders = [OpBuilder<(ins "::mlir::Value":$value, "unsigned":$numArms)>];
  let assemblyFormat = [{
    (`partial` $partial^)? $value attr-dict `:` type($value) $arms
  }];
  let hasRegionVerifier = 1;
}

def Invhlo_SearchOp : Op<Invhlo_Dialect, "search",
    [TypesMatchWith<"x has the type of the result", "result", "x", "$_self">,
     TypesMatchWith<"the value has the type of the result", "result", "value",
                    "$_self">,
     RecursiveMemoryEffects]> {
  let summary = "A value, with the table entries that x tells by comparisons";
  let description = [{
    The result is `value`. It is also what `formula` computes of `x` and `steps`,
    element by element. The steps are what `lookup` computes of `x`, and do not
    change between neighbours of the `edges` of an element of x, which are in
    order along the last dimension. Of `guessed` edges that is to be seen: x is
    compared inside of an op. As a function of x the value is taken to be
    monotone.

    ```mlir
    %y = invhlo.search(%x) of (%slope : tensor<7xf32>) between %edges = %value
        : tensor<7x9xf32>, tensor<7xf32> {
    ^bb0(%0: tensor<7xf32>):
      %1 = func.call @bin_of(%0) : (tensor<7xf32>) -> tensor<7x1xi32>
      %2 = stablehlo.gather(%slopes, %1) ...
      invhlo.yield %2 : tensor<7xf32>
    }, {
    ^bb0(%0: tensor<7xf32>):
      %1 = stablehlo.multiply %0, %slope : tensor<7xf32>
      invhlo.yield %1 : tensor<7xf32>
    }
    ```
  }];
  let arguments = (ins Invhlo_StaticReal:$x, Variadic<Invhlo_Static>:$steps,
                       Invhlo_StaticReal:$edges, Invhlo_StaticReal:$value,
                       UnitAttr:$guessed);
  let results = (outs Invhlo_StaticReal:$result);
  let regions = (region SizedRegion<1>:$lookup, SizedRegion<1>:$formula);
  let assemblyFormat = [{
    `(` $x `)` `of` `(` $steps `:` type($steps) `)` `between`
    (`guessed` $guessed^)? $edges `=` $value
    attr-dict `:` type($edges) `,` type($result) $lookup `,` $formula
  }];
  let hasRegionVerifier = 1;
}

def Invhlo_SplineOp : Op<Invhlo_Dialect, "spline",
    [AttrSizedOperandSegments,
     TypesMatchWith<"x has the type of the result", "result", "x", "$_self">,
     TypesMatchWith<"the value has the type of the result", "result", "value",
                    "$_self">,
     RecursiveMemoryEffects]> {
  let summary = "A value, with the entries of tables for the bin that x is in";
  let description = [{
    The result is `value`. It is also what `formula` computes of `x` and `steps`,
    element by element. The steps are entries of `tables`: if as many `knots` are
    below an element of x as `rows` has numbers before this one, the entry of that
    number. Where knots are not in order, that is not so. `images` are what the
    formula is at the knots, for the bin above each, but for the last one, which
    has that below. Knots, images and entries are along the last dimension of
    their tensors, whose others are those of x, or of size one. As a function of x
    the value is taken to be monotone.

    ```mlir
    %y = invhlo.spline(%x) of (%slope : tensor<7xf32>)
        in (%slopes : tensor<1x2xf32>)
        at [array<i64: 0, 0, 1, 1>] between %knots to %images = %value
        : tensor<1x3xf32>, tensor<1x3xf32>, tensor<7xf32> {
    ^bb0(%0: tensor<7xf32>):
      %1 = stablehlo.multiply %0, %slope : tensor<7xf32>
      invhlo.yield %1 : tensor<7xf32>
    }
    ```
  }];
  let arguments = (ins Invhlo_StaticReal:$x, Variadic<Invhlo_StaticReal>:$steps,
                       Variadic<Invhlo_StaticReal>:$tables,
                       Invhlo_StaticReal:$knots, Invhlo_StaticReal:$images,
                       Invhlo_StaticReal:$value,
                       TypedArrayAttrBase<DenseI64ArrayAttr,
                                          "arrays of integers">:$rows);
  let results = (outs Invhlo_StaticReal:$result);
  let regions = (region SizedRegion<1>:$formula);
  let extraClassDeclaration = [{
    /// The number of the entry of step `i` for each number of knots below x.
    ::llvm::ArrayRef<int64_t> getRowsOf(unsigned i) {
      return ::mlir::cast<::mlir::DenseI64ArrayAttr>(getRows()[i]);
    }
  }];
  let assemblyFormat = [{
    `(` $x `)` `of` `(` $steps `:` type($steps) `)` `in` `(` $tables `:` type($tables) `)` `at` $rows
    `between` $knots `to` $images `=` $value attr-dict `:` type($knots) `,`
    type($images) `,` type($result) $formula
  }];
  let hasRegionVerifier = 1;
}

def Invhlo_TriangularOp : Op<Invhlo_Dialect, "triangular",
    [TypesMatchWith<"the value has the type of the result", "result", "value",
                    "$_self">,
     RecursiveMemoryEffects]> {
  let summary = "A value, with an order in which its elements tell those of x";
  let description = [{
    The result is `value`. It is also what `formula` computes of `x` and of values
    that are `earlier`: what `conditioner` computes of `x`. The elements of x have
    ranks from 1 to `depth`, as `ranks` has them. Each element of the value is
    told by the elements of x up to some rank, by earlier values that elements of
    lower ranks tell alone, and by what the blocks capture. So the formula's
    derivative is that of the value, but for what is below the diagonal.

    ```mlir
    %y = invhlo.triangular(%x by %0) of (%h : tensor<4xf32>) = (%value by %0) to 4
        : tensor<4xf32>, tensor<4xi32>, tensor<4xf32>, tensor<4xi32> {
    ^bb0(%0: tensor<4xf32>):
      %1 = stablehlo.dot_general %strictly_lower, %0, ...
      %2 = stablehlo.tanh %1 : tensor<4xf32>
      invhlo.yield %2 : tensor<4xf32>
    }, {
    ^bb0(%0: tensor<4xf32>):
      %1 = stablehlo.add %0, %h : tensor<4xf32>
      invhlo.yield %1 : tensor<4xf32>
    }
    ```
  }];
  let arguments = (ins Invhlo_Static:$x, Invhlo_Static:$ranksOfX,
                       Variadic<Invhlo_Static>:$earlier,
                       Invhlo_Static:$ranksOfValue, Invhlo_Static:$value,
                       Invhlo_PositiveCount:$depth);
  let results = (outs Invhlo_Static:$result);
  let regions = (region SizedRegion<1>:$conditioner, SizedRegion<1>:$formula);
  let assemblyFormat = [{
    `(` $x `by` $ranksOfX `)` `of` `(` $earlier `:` type($earlier) `)` `=`
    `(` $value `by` $ranksOfValue `)` `to` $depth attr-dict `:`
    type($x) `,` type($ranksOfX) `,` type($result) `,` type($ranksOfValue)
    $conditioner `,` $formula
  }];
  let hasRegionVerifier = 1;
}

def Invhlo_AlternativesOp
    : Op<Invhlo_Dialect, "alternatives", [RecursiveMemoryEffects]> {
  let summary = "Values, with the alternatives that they are one of";
  let description = [{
    The results are `values`. They are also those of the arm whose predicate
    holds, of which there is one. Arms compute from what they capture, the values
    and then the predicate.

    ```mlir
    %y:2 = invhlo.alternatives(%a, %b)
        : (tensor<3xf32>, tensor<i32>) -> (tensor<3xf32>, tensor<i32>) {
      %p = stablehlo.compare GT, %s, %zero : (tensor<f32>, tensor<f32>) -> tensor<i1>
      invhlo.yield %x, %n, %p : tensor<3xf32>, tensor<i32>, tensor<i1>
    }, {
      %0 = stablehlo.negate %x : tensor<3xf32>
      %p = stablehlo.compare LE, %s, %zero : (tensor<f32>, tensor<f32>) -> tensor<i1>
      invhlo.yield %0, %n, %p : tensor<3xf32>, tensor<i32>, tensor<i1>
    }
    ```
  }];
  let arguments = (ins Variadic<Invhlo_Static>:$values);
  let results = (outs Variadic<Invhlo_Static>:$results);
  let regions = (region VariadicRegion<SizedRegion<1>>:$arms);
  let assemblyFormat = [{
    `(` $values `)` attr-dict `:` functional-type($values, $results) $arms
  }];
  let hasRegionVerifier = 1;
}

def Invhlo_BitsOp
    : Op<Invhlo_Dialect, "bits", [AttrSizedOperandSegments,
                                  SameOperandsShape]> {
  let summary = "What the bits of integers are of the bits of others";
  let description = [{
    Each bit of one of the `values` is a sum modulo 2 of bits of `words`. A term of
    it is four numbers: `[v, w, shift, mask]` is the word of number w, moved up by
    `shift` or down by what that is below zero, of which the bits of `mask` are
    added to the value of number v. At last the bits of its number in `flips` are
    flipped. A word may be among the values: some of its bits are the same always,
    or copies of others.

    ```mlir
    // %y = %x << 7 | %x >> 25
    invhlo.bits(%y) = (%x) by [0, 0, 7, -128, 0, 0, -25, 127] flipping [0]
        : (tensor<3xui32>) = (tensor<3xui32>)
    ```

    The op has no results: it is an equation, which is solved for what is unknown
    of its operands.
  }];
  let arguments = (ins Variadic<Invhlo_Word>:$words,
                       Variadic<Invhlo_Word>:$values, DenseI64ArrayAttr:$terms,
                       DenseI64ArrayAttr:$flips);
  let assemblyFormat = [{
    `(` $values `)` `=` `(` $words `)` `by` $terms `flipping` $flips attr-dict
    `:` `(` type($values) `)` `=` `(` type($words) `)`
  }];
  let extraClassDeclaration = [{
    /// A part of a word that a value is a sum of.
    struct Term {
      int64_t value, word, shift;
      uint64_t mask;
    };
    Term getTerm(size_t i) {
      ::llvm::ArrayRef<int64_t> numbers = getTerms().slice(4 * i, 4);
      return {numbers[0], numbers[1], numbers[2], uint64_t(numbers[3])};
    }
    size_t getNumTerms() { return getTerms().size() / 4; }
  }];
  let hasVerifier = 1;
}

def Invhlo_DivisionOp
    : Op<Invhlo_Dialect, "division", [SameTypeOperands]> {
  let summary = "An integer, with its quotient and remainder by a number";
  let description = [{
    `x = quotient * divisor + remainder`, modulo 2^n. The op has no results: it is
    an equation, which is solved for `x`.

    ```mlir
    invhlo.division %x = %q * 10 + %r : tensor<3xui32>
    ```
  }];
  let arguments = (ins Invhlo_Word:$x, Invhlo_Word:$quotient,
                       I64Attr:$divisor, Invhlo_Word:$remainder);
  let assemblyFormat = [{
    $x `=` $quotient `*` $divisor `+` $remainder attr-dict `:` type($x)
  }];
}

#endif // INVHLO_INVHLO_INVHLOIDIOMOPS_TD
