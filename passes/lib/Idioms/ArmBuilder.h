// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Pieces of elementwise functions.

#ifndef INVHLO_LIB_IDIOMS_ARMBUILDER_H
#define INVHLO_LIB_IDIOMS_ARMBUILDER_H

#include "Cone.h"
#include "invhlo/Literals/Literal.h"
#include "invhlo/Spans/Spans.h"
#include "mlir/IR/Builders.h"
#include "llvm/ADT/MapVector.h"

namespace llvm {
struct KnownBits;
} // namespace llvm

namespace invhlo {

/// What is assumed of an element.
struct Assumptions {
  /// In which intervals leaves of the cone lie; anywhere, if not told.
  llvm::SmallMapVector<mlir::Value, Interval, 2> intervals;
  /// Whether other predicates hold: those that ops of the cone compute, and of
  /// a maximum, a minimum, an absolute value or a sign, whether the first
  /// operand is at least, or at most, the second or zero.
  llvm::SmallMapVector<mlir::Value, bool, 2> predicates;
};

/// Builds what a cone computes where assumptions hold. Ops that choose, such as
/// select and maximum, are what they choose there. If arms are to be
/// `injective`, ops that map several numbers to one, such as even powers, have
/// a case for each too.
class ArmBuilder {
public:
  ArmBuilder(const Cone &cone, const Assumptions &assumptions,
             mlir::OpBuilder &b, bool injective = false);

  /// `value` of the cone; null if the assumptions do not tell what is chosen.
  mlir::Value build(mlir::Value value);
  /// The literal that `value` of the cone is; none if the assumptions do not
  /// tell what it is computed from.
  std::optional<Literal> decideLiteral(mlir::Value value);
  /// Whether a value that was built is computed from `leaf`.
  bool dependsOn(mlir::Value value, mlir::Value leaf) const;
  /// Whether a value that was built goes one way where `leaf` does, and is
  /// inverted there.
  bool isInjective(mlir::Value value, mlir::Value leaf) const;
  /// A value that was built, which at a point is a function of the leaf too: an
  /// inverse finds the point.
  mlir::Value buildAtPoint(mlir::Value value);
  /// A predicate that says that the assumptions hold.
  mlir::Value buildPredicate(mlir::Value value);
  /// More assumptions, of which each element fulfils one, if `build` told
  /// nothing: then it goes on under each. Empty if it cannot.
  llvm::ArrayRef<Assumptions> getCases() const { return cases; }

private:
  Interval getInterval(mlir::Value leaf) const;
  /// What an op chooses by comparing `lhs` and `rhs`.
  struct Choice {
    mlir::Value lhs, rhs;
    stablehlo::ComparisonDirection direction;
  };
  /// `factor * leaf + offset`; without a leaf, the offset.
  struct Affine {
    mlir::Value leaf;
    double factor, offset;
  };

  /// A leaf; where it is never positive, the negation of what is positive, so
  /// that roots of even powers, which are positive, are the right ones.
  mlir::Value buildLeaf(mlir::Value leaf);
  mlir::Value buildNew(mlir::Operation *op);
  /// A periodic function of what lies in one of its branches, as one of the
  /// branch around zero, which is what an inverse finds; nothing if it is that
  /// already, or anything else.
  std::optional<mlir::Value> buildPeriodic(mlir::Operation *op);
  mlir::Value clone(mlir::Operation *op, mlir::ValueRange operands);
  /// `value`, computed as the program does.
  mlir::Value copy(mlir::Value value);
  mlir::Value createNumber(double number, mlir::Value like);
  mlir::Value createNegation(mlir::Value operand);
  /// The comparison by which `op` chooses, between values that are built.
  std::optional<Choice> getChoice(mlir::Operation *op);

  std::optional<bool> decide(mlir::Value predicate);
  std::optional<Literal> decideResult(mlir::Operation *op, unsigned number);
  /// What is known of the bits of an integer: of those of a float, the sign.
  std::optional<llvm::KnownBits> decideBits(mlir::Operation *op);
  std::optional<bool> decideChoice(mlir::Operation *op);
  /// What holds for all numbers that a leaf may be.
  std::optional<bool> decideBySpans(const Choice &choice);
  /// What is of the sign of the difference of both sides, if that goes one way
  /// from one sign to the other while a leaf goes through its interval.
  std::optional<Affine> findThreshold(const Choice &choice) const;
  std::optional<bool> decideByNumber(mlir::Value key, const Affine &difference,
                                     stablehlo::ComparisonDirection direction);
  /// What is assumed of `key`; else makes that a question.
  std::optional<bool> lookUp(mlir::Value key);
  std::optional<Affine> getAffine(mlir::Value value);
  /// Whether a value that was built is computed from others, and may be no
  /// number.
  bool isComputed(mlir::Value value);
  /// Whether a value that was built is never positive where the assumptions
  /// hold.
  bool isNegative(mlir::Value value);

  const Cone &cone;
  const Assumptions &assumptions;
  bool injective, hasPowers;
  mlir::OpBuilder &b;
  llvm::DenseMap<mlir::Value, mlir::Value> built, copied;
  llvm::DenseMap<mlir::Value, Literal> decided;
  llvm::SmallVector<Assumptions, 2> cases;
};

/// Whether `op` chooses between its operands, an operand and its negation, or
/// numbers.
bool choosesByElement(mlir::Operation *op);

/// Whether `op` maps a number and its negation to one.
bool isEvenFunction(mlir::Operation *op);

/// The pieces of what a cone computes: a block each, that yields the value and
/// where it is that; none where it is not a number. None at all if there are
/// many.
std::vector<std::unique_ptr<mlir::Region>>
buildArms(const Cone &cone, mlir::OpBuilder &b,
          llvm::function_ref<bool(const ArmBuilder &, mlir::Value)> isNeeded,
          bool injective = false);

} // namespace invhlo

#endif // INVHLO_LIB_IDIOMS_ARMBUILDER_H
