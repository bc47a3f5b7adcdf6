// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What a rule may ask of the engine and tell it.

#ifndef INVHLO_INTERFACES_KNOWLEDGE_H
#define INVHLO_INTERFACES_KNOWLEDGE_H

#include "invhlo/Interfaces/IndexSet.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Value.h"
#include <memory>

namespace invhlo {

/// Data that the inverse program has computed, with its *share*: its part of
/// the inverse log-det-Jacobian, a real tensor of the data's shape. A null
/// share is zero, as that of everything found by forward evaluation.
struct Known {
  mlir::Value value;
  mlir::Value share;
};

/// A part of a value of the forward program that is known.
struct Piece {
  IndexSet where;
  Known data;
  /// The op of the forward program that it was found from; null for what the
  /// inverse is given.
  mlir::Operation *author = nullptr;
  /// Whether it is one of several values that the author has the same result
  /// for.
  bool isChosen = false;
  /// Whether its share is a part of one that belongs to all that the author
  /// found at once.
  bool isJoint = false;
  /// Whether it is NaN where some factor of the run is zero, though another
  /// equation may tell it there.
  bool isConditional = false;
  /// Counts what was learned before.
  unsigned number = 0;
};

/// When the equations of an op can be solved for an operand.
enum class Solvability {
  /// Whenever the operand has a result at all.
  Always,
  /// Unless what is only known when the program runs says otherwise, such as a
  /// factor that is zero.
  Conditionally,
  /// By choosing one of several operands that have the same result.
  ByBranch,
};

/// The known parts of the forward program's values. Values named here are the
/// forward program's; the data handed out and taken in are the inverse's.
class Knowledge {
public:
  virtual ~Knowledge() = default;

  /// The disjoint pieces of `value` to act on now. While whole values can
  /// still be had, a partly known value shows no pieces to rules that do not
  /// prefer them, so that work is not cut up without need.
  virtual llvm::SmallVector<Piece> getPieces(mlir::Value value) = 0;
  /// The pieces as they are, however many.
  virtual llvm::ArrayRef<Piece> getAllPieces(mlir::Value value) const = 0;

  /// Whether all of `where` is known.
  virtual bool knows(mlir::Value value, const IndexSet &where) = 0;
  bool knows(mlir::Value value) { return knows(value, wholeOf(value)); }
  /// Whether some of `value` is known.
  virtual bool knowsAnyOf(mlir::Value value) = 0;

  /// Whether the rule at hand may add to what is known of `where`: some of it
  /// is not known, or is known conditionally and the rule is asked for more.
  virtual bool wants(mlir::Value value, const IndexSet &where) = 0;
  bool wants(mlir::Value value) { return wants(value, wholeOf(value)); }
  /// Whether some of `value` is known conditionally.
  virtual bool isConditional(mlir::Value value) const = 0;
  /// Whether there are more equations than unknowns, so that an equation may
  /// tell what another does not in a run.
  virtual bool isOverdetermined() const = 0;

  /// The data of `where`, all of which is known; may emit slices and
  /// concatenations.
  virtual Known get(mlir::Value value, const IndexSet &where) = 0;
  Known get(mlir::Value value) { return get(value, wholeOf(value)); }

  /// The parts of `where` that are not known: disjoint, not empty.
  virtual llvm::SmallVector<IndexSet> getUnknown(mlir::Value value,
                                                 const IndexSet &where) = 0;

  /// Records `data` for `where`, where each element has a share of its own.
  /// What was known before stays as it was, so that no equation is spent on it;
  /// what was known conditionally is taken from `data` where it is NaN.
  virtual void learn(mlir::Value value, const IndexSet &where, Known data) = 0;

  /// Whether the rule of `op` may find all of `values` at once, from equations
  /// that mix their elements. If shares are wanted, it may not where any
  /// element is known or stands twice: the shares of the others would not say
  /// what the equations give. Then `op` is refused.
  bool mayFind(mlir::Operation *op, mlir::ValueRange values);
  /// Records what `mayFind` allows, and nothing else.
  void find(mlir::Operation *op, mlir::ValueRange values,
            llvm::ArrayRef<Known> data);

  /// Records why the op at hand cannot be inverted; the engine reports it if
  /// nothing else finds the unknown.
  virtual void refuse(mlir::Operation *op, const llvm::Twine &reason) = 0;
  /// Whether `op` was refused.
  virtual bool isRefused(mlir::Operation *op) const = 0;

  /// Whether to evaluate an op forward on parts of its result: only when
  /// nothing more is found backward, for the whole may still be.
  virtual bool wantsParts() const = 0;

  /// Whether to solve the ops that compute a value for what the op that stands
  /// beside it cannot be solved for: only when nothing finds more of its
  /// operands.
  virtual bool solvesValuesBeside() const = 0;

  /// Whether to choose among several operands that have the same result: only
  /// when nothing else finds the operand, for another result may say which.
  virtual bool choosesBranches() const = 0;

  /// Whether to solve equations that a run may leave without a solution: with
  /// more equations than unknowns, only when nothing else finds the operand.
  virtual bool solvesConditionally() const = 0;

  /// Says that the rule at hand also used, of another op with one result, the
  /// equations of `where`.
  virtual void spend(mlir::Operation *op, const IndexSet &where) = 0;

  /// Whether what is learned next has shares that only count together.
  virtual void setJoint(bool joint) = 0;
  /// Says that what the rule at hand learns next is known conditionally.
  virtual void setConditional() = 0;

  /// Whether shares are wanted; rules need not compute them otherwise.
  virtual bool wantsShares() const = 0;

  /// Builds at the end of the inverse program.
  virtual mlir::OpBuilder &getBuilder() = 0;

  static IndexSet wholeOf(mlir::Value value);

  /// What `compute` says about `op`, which must not depend on what is known.
  /// It is called once; a rule always asks for the same type.
  template <typename T>
  const T &remember(mlir::Operation *op, llvm::function_ref<T()> compute) {
    std::shared_ptr<void> &memory = getMemory(op);
    if (!memory)
      memory = std::make_shared<T>(compute());
    return *static_cast<const T *>(memory.get());
  }

private:
  virtual std::shared_ptr<void> &getMemory(mlir::Operation *op) = 0;
};

/// The value's contents where the forward program holds a literal, else null.
mlir::DenseElementsAttr getConstant(mlir::Value value);

/// The elements of a value that literals determine, else null. A dimension of
/// the value along which they are the same may have size 1.
mlir::DenseElementsAttr getLiteral(mlir::Value value);

/// The share of values of this element type: the type itself from 32 bits up,
/// the real part's for complex ones, f32 for everything else.
mlir::Type getShareType(mlir::Type elementType);
/// `type` with shares for elements.
mlir::RankedTensorType getShareTensorType(mlir::RankedTensorType type);

/// Whether a value of this type has a density: real or complex elements.
bool hasDensity(mlir::Type type);

inline mlir::RankedTensorType getTensorType(mlir::Value value) {
  return llvm::cast<mlir::RankedTensorType>(value.getType());
}

} // namespace invhlo

#endif // INVHLO_INTERFACES_KNOWLEDGE_H
