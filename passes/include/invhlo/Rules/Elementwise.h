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

/// One op, to be solved for one operand. The values are the inverse program's,
/// all of one shape; floats narrower than 32 bits come widened to f32.
struct Equation {
  mlir::Operation *op;
  unsigned unknown;
  mlir::Value result;
  /// Null at `unknown`.
  llvm::SmallVector<mlir::Value, 2> operands;
  /// The type to solve in.
  mlir::RankedTensorType type;

  /// The known operand of a binary op.
  mlir::Value getOther() const { return operands[1 - unknown]; }
};

/// The formulas of an elementwise op.
class ElementwiseRule {
public:
  virtual ~ElementwiseRule() = default;

  /// What the op is a function of.
  virtual mlir::OperandRange getOperands(mlir::Operation *op) const {
    return op->getOperands();
  }
  /// Why operand `unknown` cannot be found, from what the op itself tells
  /// (attributes, types, integer literals); empty if it can.
  virtual llvm::StringRef refuse(mlir::Operation *op, unsigned unknown) const {
    return {};
  }
  virtual Solvability getSolvability(mlir::Operation *op,
                                     unsigned unknown) const {
    return Solvability::Always;
  }
  /// How the result depends on an operand. A real function that has one
  /// inverse is monotone on an interval, as are the domains of most.
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
  /// Where an equation that is solved conditionally can be; null if everywhere.
  virtual mlir::Value getCondition(Emitter &e, const Equation &eq) const {
    return {};
  }
  /// The unknown operand.
  virtual mlir::Value invert(Emitter &e, const Equation &eq) const = 0;
  /// log|d operand / d result|, real; null where it is zero. The derivative
  /// of a complex op is the complex one: its double weight is applied outside.
  virtual mlir::Value logDet(Emitter &e, const Equation &eq,
                             mlir::Value x) const {
    return {};
  }
  /// Where the op and its derivatives are finite, whatever it is given.
  enum class Smoothness { Nowhere, Forward, BothWays };
  virtual Smoothness getSmoothness() const { return Smoothness::Nowhere; }
  /// A number for which they are, forward and back, if all operands are it.
  virtual double getRegularPoint() const { return 0.5; }
  /// A result of operands that are all that, for an op that is not evaluated
  /// from its operands alone.
  virtual std::optional<double> getRegularResult() const {
    return std::nullopt;
  }
  /// Learns result elements that a literal operand determines alone.
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

/// Solves `op`, which says something about `value`, and forward is it.
void solveBesideValue(mlir::Operation *op, mlir::Value value,
                      Knowledge &knowledge, const ElementwiseRule &rule);

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

template <typename Op, typename Rule>
void attachElementwise(mlir::MLIRContext *context) {
  Op::template attachInterface<ElementwiseModel<Op, Rule>>(*context);
}

/// Evaluates an elementwise op on the parts where all operands are known.
/// Scalar operands count for every element. `rule` is that of the op, if it has
/// one.
void evaluateParts(mlir::Operation *op, Knowledge &knowledge,
                   const ElementwiseRule *rule = nullptr);

/// An op that determines none of its operands, with the reason.
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
