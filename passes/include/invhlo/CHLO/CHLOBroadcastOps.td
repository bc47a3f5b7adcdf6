// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The op classes of CHLO and the elementwise ops that broadcast.

#ifndef INVHLO_CHLO_CHLOBROADCASTOPS_TD
#define INVHLO_CHLO_CHLOBROADCASTOPS_TD

include "invhlo/CHLO/CHLOAttrs.td"
include "invhlo/CHLO/CHLOBase.td"
include "mlir/Interfaces/InferTypeOpInterface.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

class CHLO_Op<string mnemonic, list<Trait> traits>
    : Op<CHLO_Dialect, mnemonic, traits>;

/// An op whose result types follow from its operands and attributes: `infer`
/// is an expression over `location` and `adaptor` of type
/// FailureOr<SmallVector<Type>>. Where a type is not static the op may say more
/// or less than what is inferred.
class CHLO_InferredOp<string mnemonic, list<Trait> traits, string infer>
    : CHLO_Op<mnemonic, traits # [InferTypeOpInterface]> {
  code inferDeclaration = [{
    static ::llvm::LogicalResult inferReturnTypes(
        ::mlir::MLIRContext *context,
        ::std::optional<::mlir::Location> location,
        ::mlir::ValueRange operands, ::mlir::DictionaryAttr attributes,
        ::mlir::OpaqueProperties properties, ::mlir::RegionRange regions,
        ::llvm::SmallVectorImpl<::mlir::Type> &types) {
      Adaptor adaptor(operands, attributes, properties, regions);
      ::llvm::FailureOr<::llvm::SmallVector<::mlir::Type>> inferred =
          }] # infer # [{;
      if (::llvm::failed(inferred))
        return ::llvm::failure();
      types.append(inferred->begin(), inferred->end());
      return ::llvm::success();
    }
    static bool isCompatibleReturnTypes(::mlir::TypeRange l,
                                        ::mlir::TypeRange r) {
      return detail::areCompatible(l, r);
    }
  }];
  let extraClassDeclaration = inferDeclaration;
}

/// `broadcast_dimensions[i]` is the dimension of the operand of higher rank
/// that dimension i of the other one goes to; without it the last dimensions
/// are aligned. A dimension of size 1 is repeated.
class CHLO_BroadcastOp<string mnemonic, TypeConstraint tensor,
                       list<Trait> traits = [SameOperandsAndResultElementType],
                       string element = "elementType">
    : CHLO_InferredOp<"broadcast_" # mnemonic, traits # [Pure],
                      "detail::inferBroadcast(location, adaptor.getLhs(), "
                      "adaptor.getRhs(), "
                      "adaptor.getBroadcastDimensionsAttr(), "
                      "[&](::mlir::Type elementType) -> ::mlir::Type { "
                      "return " # element # "; })"> {
  let arguments = (ins tensor:$lhs, tensor:$rhs,
                       OptionalAttr<DenseI64ArrayAttr>:$broadcast_dimensions);
  let results = (outs tensor:$result);
  let assemblyFormat = [{
    $lhs `,` $rhs attr-dict `:`
    `(` type($lhs) `,` type($rhs) `)` `->` type($result)
  }];
}

def CHLO_BroadcastAddOp : CHLO_BroadcastOp<"add", CHLO_AnyTensor> {
  let summary = "Sum, broadcasting";
  let description = [{
    `lhs + rhs`; the logical or of booleans.

    ```mlir
    %r = chlo.broadcast_add %a, %b
        : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xf32>
    ```
  }];
}

def CHLO_BroadcastAndOp : CHLO_BroadcastOp<"and", CHLO_PredOrIntTensor> {
  let summary = "Bitwise and, broadcasting";
  let description = [{
    `lhs & rhs`.

    ```mlir
    %r = chlo.broadcast_and %a, %b
        : (tensor<2x3xi32>, tensor<3xi32>) -> tensor<2x3xi32>
    ```
  }];
}

def CHLO_BroadcastAtan2Op : CHLO_BroadcastOp<"atan2", CHLO_AnyTensor> {
  let summary = "Angle of the point (rhs, lhs), broadcasting";
  let description = [{
    The angle in (-pi, pi] of the point with x = rhs and y = lhs.

    ```mlir
    %r = chlo.broadcast_atan2 %a, %b
        : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xf32>
    ```
  }];
}

def CHLO_BroadcastDivOp : CHLO_BroadcastOp<"divide", CHLO_AnyTensor> {
  let summary = "Quotient, broadcasting";
  let description = [{
    `lhs / rhs`; integers round towards zero.

    ```mlir
    %r = chlo.broadcast_divide %a, %b
        : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xf32>
    ```
  }];
}

def CHLO_BroadcastMaxOp : CHLO_BroadcastOp<"maximum", CHLO_AnyTensor> {
  let summary = "Larger operand, broadcasting";
  let description = [{
    `max(lhs, rhs)`.

    ```mlir
    %r = chlo.broadcast_maximum %a, %b
        : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xf32>
    ```
  }];
}

def CHLO_BroadcastMinOp : CHLO_BroadcastOp<"minimum", CHLO_AnyTensor> {
  let summary = "Smaller operand, broadcasting";
  let description = [{
    `min(lhs, rhs)`.

    ```mlir
    %r = chlo.broadcast_minimum %a, %b
        : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xf32>
    ```
  }];
}

def CHLO_BroadcastMulOp : CHLO_BroadcastOp<"multiply", CHLO_AnyTensor> {
  let summary = "Product, broadcasting";
  let description = [{
    `lhs * rhs`; the logical and of booleans.

    ```mlir
    %r = chlo.broadcast_multiply %a, %b
        : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xf32>
    ```
  }];
}

def CHLO_BroadcastNextAfterOp : CHLO_BroadcastOp<"next_after", CHLO_AnyTensor> {
  let summary = "Neighbouring float, broadcasting";
  let description = [{
    The float next to `lhs` in the direction of `rhs`.

    ```mlir
    %r = chlo.broadcast_next_after %a, %b
        : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xf32>
    ```
  }];
}

def CHLO_BroadcastOrOp : CHLO_BroadcastOp<"or", CHLO_PredOrIntTensor> {
  let summary = "Bitwise or, broadcasting";
  let description = [{
    `lhs | rhs`.

    ```mlir
    %r = chlo.broadcast_or %a, %b
        : (tensor<2x3xi32>, tensor<3xi32>) -> tensor<2x3xi32>
    ```
  }];
}

def CHLO_BroadcastPolygammaOp : CHLO_BroadcastOp<"polygamma", CHLO_AnyTensor> {
  let summary = "Polygamma function, broadcasting";
  let description = [{
    The derivative of order `lhs` of digamma at `rhs`.

    ```mlir
    %r = chlo.broadcast_polygamma %a, %b
        : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xf32>
    ```
  }];
}

def CHLO_BroadcastPowOp : CHLO_BroadcastOp<"power", CHLO_AnyTensor> {
  let summary = "Power, broadcasting";
  let description = [{
    `lhs ^ rhs`.

    ```mlir
    %r = chlo.broadcast_power %a, %b
        : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xf32>
    ```
  }];
}

def CHLO_BroadcastRemOp : CHLO_BroadcastOp<"remainder", CHLO_AnyTensor> {
  let summary = "Remainder, broadcasting";
  let description = [{
    What is left of `lhs / rhs`, with the sign of `lhs`.

    ```mlir
    %r = chlo.broadcast_remainder %a, %b
        : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xf32>
    ```
  }];
}

def CHLO_BroadcastShiftLeftOp : CHLO_BroadcastOp<"shift_left", CHLO_AnyTensor> {
  let summary = "Left shift, broadcasting";
  let description = [{
    `lhs << rhs`.

    ```mlir
    %r = chlo.broadcast_shift_left %a, %b
        : (tensor<2x3xi32>, tensor<3xi32>) -> tensor<2x3xi32>
    ```
  }];
}

def CHLO_BroadcastShiftRightArithmeticOp : CHLO_BroadcastOp<"shift_right_arithmetic", CHLO_AnyTensor> {
  let summary = "Right shift that keeps the sign, broadcasting";
  let description = [{
    `lhs >> rhs`, filled with the sign bit.

    ```mlir
    %r = chlo.broadcast_shift_right_arithmetic %a, %b
        : (tensor<2x3xi32>, tensor<3xi32>) -> tensor<2x3xi32>
    ```
  }];
}

def CHLO_BroadcastShiftRightLogicalOp : CHLO_BroadcastOp<"shift_right_logical", CHLO_AnyTensor> {
  let summary = "Right shift that fills with zeros, broadcasting";
  let description = [{
    `lhs >> rhs`, filled with zeros.

    ```mlir
    %r = chlo.broadcast_shift_right_logical %a, %b
        : (tensor<2x3xi32>, tensor<3xi32>) -> tensor<2x3xi32>
    ```
  }];
}

def CHLO_BroadcastSubOp : CHLO_BroadcastOp<"subtract", CHLO_AnyTensor> {
  let summary = "Difference, broadcasting";
  let description = [{
    `lhs - rhs`.

    ```mlir
    %r = chlo.broadcast_subtract %a, %b
        : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xf32>
    ```
  }];
}

def CHLO_BroadcastXorOp : CHLO_BroadcastOp<"xor", CHLO_PredOrIntTensor> {
  let summary = "Bitwise exclusive or, broadcasting";
  let description = [{
    `lhs ^ rhs`.

    ```mlir
    %r = chlo.broadcast_xor %a, %b
        : (tensor<2x3xi32>, tensor<3xi32>) -> tensor<2x3xi32>
    ```
  }];
}

def CHLO_BroadcastZetaOp : CHLO_BroadcastOp<"zeta", CHLO_FpTensor> {
  let summary = "Hurwitz zeta function, broadcasting";
  let description = [{
    The sum over n >= 0 of `(rhs + n) ^ -lhs`.

    ```mlir
    %r = chlo.broadcast_zeta %a, %b
        : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xf32>
    ```
  }];
}

def CHLO_BroadcastComplexOp
    : CHLO_BroadcastOp<"complex", CHLO_FpTensor,
                       [SameOperandsElementType],
                       "::mlir::ComplexType::get(elementType)"> {
  let summary = "Complex number of two parts, broadcasting";
  let description = [{
    `lhs + i * rhs`.

    ```mlir
    %r = chlo.broadcast_complex %a, %b
        : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xcomplex<f32>>
    ```
  }];
  let results = (outs CHLO_ComplexTensor:$result);
}

def CHLO_BroadcastCompareOp
    : CHLO_BroadcastOp<"compare", CHLO_AnyTensor,
                       [SameOperandsElementType],
                       "::mlir::IntegerType::get(context, 1)"> {
  let summary = "Comparison, broadcasting";
  let description = [{
    `lhs <comparison_direction> rhs`. `compare_type` tells the total order of
    floats, where -nan < -inf and inf < nan, from the usual partial one.

    ```mlir
    %r = chlo.broadcast_compare %a, %b
        {comparison_direction = #chlo<comparison_direction LT>}
        : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xi1>
    ```
  }];
  let arguments = (ins
    CHLO_AnyTensor:$lhs,
    CHLO_AnyTensor:$rhs,
    OptionalAttr<DenseI64ArrayAttr>:$broadcast_dimensions,
    CHLO_ComparisonDirectionAttr:$comparison_direction,
    OptionalAttr<CHLO_ComparisonTypeAttr>:$compare_type
  );
  let results = (outs CHLO_PredTensor:$result);
}

def CHLO_BroadcastSelectOp
    : CHLO_InferredOp<"broadcast_select", [Pure],
                      "detail::inferSelect(location, adaptor.getPred(), "
                      "adaptor.getOnTrue(), adaptor.getOnFalse())"> {
  let summary = "Choice between two operands, broadcasting";
  let description = [{
    `on_true` where `pred` holds and `on_false` elsewhere. The last dimensions
    of all three are aligned.

    ```mlir
    %r = chlo.broadcast_select %p, %a, %b
        : (tensor<i1>, tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xf32>
    ```
  }];
  let arguments = (ins
    CHLO_RankedPredTensor:$pred,
    CHLO_AnyTensor:$on_true,
    CHLO_AnyTensor:$on_false
  );
  let results = (outs CHLO_AnyTensor:$result);
  let assemblyFormat = [{
    $pred `,` $on_true `,` $on_false attr-dict `:`
    `(` type($pred) `,` type($on_true) `,` type($on_false) `)` `->`
    type($result)
  }];
}

#endif // INVHLO_CHLO_CHLOBROADCASTOPS_TD
