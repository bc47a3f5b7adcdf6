// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

//
// Rules of ops that move elements and leave them as they are.

#ifndef INVHLO_RULES_REARRANGEMENT_H
#define INVHLO_RULES_REARRANGEMENT_H

#include "invhlo/Interfaces/InvertibleOpInterface.h"
#include "invhlo/Rules/Emitter.h"
#include <functional>

namespace invhlo {

/// How the elements of one box of a tensor move to a box of another tensor.
struct Route {
  /// What moves, and where it arrives.
  Box from, to;
  /// Turns data of the sizes of `from` into data of the sizes of `to`. Null
  /// where data stays as it is.
  std::function<mlir::Value(Emitter &, mlir::Value)> move;
  /// The element of `from`'s data that becomes a given element of `to`'s, in
  /// row-major numbering. Null where the numbers stay.
  std::function<int64_t(int64_t)> origin;

  static Route nothing() { return {Box(Progression{}), Box(), {}, {}}; }
  bool isNothing() const { return from.empty(); }
};

/// Where an op moves the elements of an operand to in a result, and back. The
/// methods are given a box of the one and say how it, or the part of it that
/// moves at all, gets to the other: `Route::nothing()` if none of it does, and
/// nullopt if it does not arrive as a box.
class Rearrangement {
public:
  virtual ~Rearrangement() = default;

  /// The operand and result numbers between which elements move.
  virtual llvm::SmallVector<std::pair<unsigned, unsigned>>
  getEdges(mlir::Operation *op) const {
    return {{0, 0}};
  }
  /// The way back: from a box of the result to the operand.
  virtual std::optional<Route> toOperand(mlir::Operation *op, unsigned operand,
                                         const Box &resultBox) const = 0;
  /// The way of the op: from a box of the operand to the result.
  virtual std::optional<Route> toResult(mlir::Operation *op, unsigned operand,
                                        const Box &operandBox) const = 0;
  /// The route of all that the operand may get from a part of the result that
  /// is no box: that of the whole result, unless the part has a better one.
  virtual std::optional<Route> toOperand(mlir::Operation *op, unsigned operand,
                                         const IndexSet &resultPart) const {
    return toOperand(op, operand, Box::whole(resultPart.getShape()));
  }
};

/// The numbers of a row-major tensor of `sizes` after a transposition: new
/// dimension d is old dimension `permutation[d]`.
std::function<int64_t(int64_t)>
getTransposedNumbers(llvm::ArrayRef<int64_t> sizes,
                     llvm::ArrayRef<int64_t> permutation);

/// The edges of an op that moves elements.
llvm::SmallVector<Edge> getRearrangementEdges(mlir::Operation *op,
                                              const Rearrangement &geometry);

/// Moves what is known of operands and results to where it is not.
void propagateRearrangement(mlir::Operation *op, Knowledge &knowledge,
                            const Rearrangement &geometry);

/// An op that hands its operands on, each to the result of its number.
class IdentityGeometry : public Rearrangement {
public:
  llvm::SmallVector<std::pair<unsigned, unsigned>>
  getEdges(mlir::Operation *op) const override;
  std::optional<Route> toOperand(mlir::Operation *, unsigned,
                                 const Box &box) const override {
    return Route{box, box, {}, {}};
  }
  std::optional<Route> toResult(mlir::Operation *, unsigned,
                                const Box &box) const override {
    return Route{box, box, {}, {}};
  }
};

/// The interface of `Op`, implemented by its geometry.
template <typename Op, typename Geometry, bool PrefersPieces>
struct RearrangementModel
    : InvertibleOpInterface::ExternalModel<
          RearrangementModel<Op, Geometry, PrefersPieces>, Op> {
  bool prefersPieces(mlir::Operation *) const { return PrefersPieces; }
  bool isRearrangement(mlir::Operation *) const { return true; }
  llvm::SmallVector<Edge> getEdges(mlir::Operation *op) const {
    return getRearrangementEdges(op, Geometry());
  }
  void propagate(mlir::Operation *op, Knowledge &knowledge) const {
    propagateRearrangement(op, knowledge, Geometry());
  }
};

/// Makes `Geometry` the rule of an op for which moving pieces one by one costs
/// nothing (a slice of a slice is a slice).
template <typename Op, typename Geometry>
void attachFreeRearrangement(mlir::MLIRContext *context) {
  Op::template attachInterface<RearrangementModel<Op, Geometry, true>>(
      *context);
}

/// The same of an op of which each piece that moves costs an op, so that whole
/// values come first.
template <typename Op, typename Geometry>
void attachRearrangement(mlir::MLIRContext *context) {
  Op::template attachInterface<RearrangementModel<Op, Geometry, false>>(
      *context);
}

} // namespace invhlo

#endif // INVHLO_RULES_REARRANGEMENT_H
