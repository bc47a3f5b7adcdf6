// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

//
// Rules of ops that act on each element by itself.

#ifndef INVHLO_RULES_ELEMENTWISE_H
#define INVHLO_RULES_ELEMENTWISE_H

#include "invhlo/Interfaces/InvertibleOpInterface.h"
#include "invhlo/Rules/Emitter.h"
#include <complex>

namespace invhlo {

inline bool isFinite(std::complex<double> value) {
  return std::isfinite(value.real()) && std::isfinite(value.imag());
}

/// Calls `visit` with the place and the number of each element of a float or
/// complex literal; once, with place 0, for a splat.
void forEachNumber(
    mlir::DenseElementsAttr literal,
    llvm::function_ref<void(size_t, std::complex<double>)> visit);
/// The same of an integer literal.
void forEachInteger(
    mlir::DenseElementsAttr literal,
    llvm::function_ref<void(size_t, const llvm::APInt &)> visit);

/// Whether a factor can be divided by: it is finite, and not zero.
mlir::Value isInvertible(Emitter &e, mlir::Value factor);

/// The elements of a tensor of `shape` where `value`, a scalar or of that
/// shape, is a literal that is not zero; none if it is no literal.
std::optional<IndexSet> getNonZeros(mlir::Value value,
                                    llvm::ArrayRef<int64_t> shape);

/// y = op(operands), to be solved for one of the operands. The values are the
/// inverse program's, all of one shape; floats narrower than 32 bits come
/// widened to f32.
struct Equation {
  /// The op of the forward program.
  mlir::Operation *op;
  /// The number of the operand to solve for.
  unsigned unknown;
  /// y.
  mlir::Value result;
  /// The known operands; null at `unknown`.
  llvm::SmallVector<mlir::Value, 2> operands;
  /// The type to solve in.
  mlir::RankedTensorType type;

  /// The known operand of a binary op.
  mlir::Value getOther() const { return operands[1 - unknown]; }
};

/// The formulas of an elementwise op. A rule of one operand is `invert` and
/// `logDet`; the rest says where these do not hold, and has defaults.
class ElementwiseRule {
public:
  virtual ~ElementwiseRule() = default;

  /// The operands that the formulas are about: all, unless the op takes
  /// something else too, as an idiom takes its value.
  virtual mlir::OperandRange getOperands(mlir::Operation *op) const {
    return op->getOperands();
  }
  /// Why operand `unknown` cannot be found, from what the op itself tells
  /// (attributes, types, integer literals); empty if it can.
  virtual llvm::StringRef refuse(mlir::Operation *op, unsigned unknown) const {
    return {};
  }
  /// When the op can be solved for operand `unknown`: `ByBranch` if several x
  /// have the same y and `invert` picks one.
  virtual Solvability getSolvability(mlir::Operation *op,
                                     unsigned unknown) const {
    return Solvability::Always;
  }
  /// How the result depends on an operand while the others are fixed. The
  /// default is that a real function that always has one inverse is monotone;
  /// an op that is affine in the operand says so.
  virtual Coupling getCoupling(mlir::Operation *op, unsigned operand) const;
  /// Why an element of operand `unknown` of a binary op cannot be found where
  /// the other is the number `k`; empty if it can.
  virtual llvm::StringRef refuseLiteral(mlir::Operation *op, unsigned unknown,
                                        std::complex<double> k) const {
    return {};
  }
  /// The same where the other is the integer `k`.
  virtual llvm::StringRef refuseInteger(const llvm::APInt &k) const {
    return {};
  }
  /// For an op that is solved `Conditionally`, a predicate of the elements for
  /// which it can be, such as those whose factor is not zero; null if all.
  virtual mlir::Value getCondition(Emitter &e, const Equation &eq) const {
    return {};
  }
  /// Builds the unknown operand, x: NaN where no x has this result.
  virtual mlir::Value invert(Emitter &e, const Equation &eq) const = 0;
  /// Builds log|dx/dy|, real; null if it is zero everywhere. `x` is what
  /// `invert` built. The derivative of a complex op is the complex one: its
  /// double weight is applied outside.
  virtual mlir::Value logDet(Emitter &e, const Equation &eq,
                             mlir::Value x) const {
    return {};
  }
  /// Whether the op, or also its inverse, has finite values and derivatives at
  /// any finite number. Where it does not, elements that a mask leaves out get
  /// a regular point first: what is infinite there would make derivatives NaN.
  enum class Smoothness { Nowhere, Forward, BothWays };
  virtual Smoothness getSmoothness() const { return Smoothness::Nowhere; }
  /// Whether what computes the data of an operand keeps it from being singular
  /// anywhere, whatever a mask leaves out.
  virtual bool isNeverSingular(mlir::Value operand) const { return false; }
  /// A regular point: with all operands this number, the op and its inverse
  /// have finite values and derivatives.
  virtual double getRegularPoint() const { return 0.5; }
  /// The result at the regular point, or another at which the inverse is
  /// regular, for an op that cannot be evaluated from its operands alone.
  virtual std::optional<double> getRegularResult() const {
    return std::nullopt;
  }
  /// Learns result elements that a literal operand determines alone, such as
  /// those of a product with zero.
  virtual void absorb(mlir::Operation *op, Knowledge &knowledge) const {}
};

/// Solves `op` wherever all but one of its operands are known.
void solveElementwise(mlir::Operation *op, Knowledge &knowledge,
                      const ElementwiseRule &rule);

/// The same, and evaluates `op` forward on the parts where all are known.
void propagateElementwise(mlir::Operation *op, Knowledge &knowledge,
                          const ElementwiseRule &rule);

/// What the equations of `op` couple by `rule`.
llvm::SmallVector<Edge> getElementwiseEdges(mlir::Operation *op,
                                            const ElementwiseRule &rule);

/// How well `rule` solves `op` for the operand for which it is worst.
Solvability getWorstSolvability(mlir::Operation *op,
                                const ElementwiseRule &rule);

/// Solves `op`, which stands beside a value, and forward is it.
void solveBesideValue(mlir::Operation *op, Knowledge &knowledge,
                      const ElementwiseRule &rule);

/// The interface of `Op`, implemented by the formulas of `Rule`.
template <typename Op, typename Rule>
struct ElementwiseModel
    : InvertibleOpInterface::ExternalModel<ElementwiseModel<Op, Rule>, Op> {
  Solvability getSolvability(mlir::Operation *op) const {
    return getWorstSolvability(op, Rule());
  }
  llvm::SmallVector<Edge> getEdges(mlir::Operation *op) const {
    return getElementwiseEdges(op, Rule());
  }
  void propagate(mlir::Operation *op, Knowledge &knowledge) const {
    propagateElementwise(op, knowledge, Rule());
  }
};

/// Makes `Rule` the rule of `Op`.
template <typename Op, typename Rule>
void attachElementwise(mlir::MLIRContext *context) {
  Op::template attachInterface<ElementwiseModel<Op, Rule>>(*context);
}

/// Evaluates an elementwise op on the parts where all operands are known.
/// Scalar operands count for every element. `rule` is that of the op, if it has
/// one.
void evaluateParts(mlir::Operation *op, Knowledge &knowledge,
                   const ElementwiseRule *rule = nullptr);

/// An op whose results determine none of its operands. `Reason::text` is what
/// users are told; it follows "op cannot be inverted: ".
template <typename Op, typename Reason>
struct RefusedModel
    : InvertibleOpInterface::ExternalModel<RefusedModel<Op, Reason>, Op> {
  void propagate(mlir::Operation *op, Knowledge &knowledge) const {
    knowledge.refuse(op, Reason::text);
  }
};

/// The same of an elementwise op, which goes forward part by part.
template <typename Op, typename Reason>
struct RefusedElementwiseModel
    : InvertibleOpInterface::ExternalModel<RefusedElementwiseModel<Op, Reason>,
                                           Op> {
  void propagate(mlir::Operation *op, Knowledge &knowledge) const {
    knowledge.refuse(op, Reason::text);
    evaluateParts(op, knowledge);
  }
};

template <typename Reason, typename... Ops>
void attachRefusal(mlir::MLIRContext *context) {
  (Ops::template attachInterface<RefusedModel<Ops, Reason>>(*context), ...);
}

template <typename Reason, typename... Ops>
void attachElementwiseRefusal(mlir::MLIRContext *context) {
  (Ops::template attachInterface<RefusedElementwiseModel<Ops, Reason>>(
       *context),
   ...);
}

struct ManyToOne {
  static constexpr llvm::StringLiteral text = "it maps many values to one";
};

/// The type to compute in: floats narrower than 32 bits are widened to f32.
mlir::Type getComputeType(mlir::Type elementType);

/// The sets on which all of `values` are known, within `within`.
llvm::SmallVector<IndexSet> getCommonlyKnown(Knowledge &knowledge,
                                             llvm::ArrayRef<mlir::Value> values,
                                             const IndexSet &within);

} // namespace invhlo

#endif // INVHLO_RULES_ELEMENTWISE_H
