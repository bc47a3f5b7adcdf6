// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Products, triangular solves and Fourier transforms.

#include "invhlo/CHLO/CHLO.h"
#include "invhlo/Rules/Elementwise.h"
#include "invhlo/Rules/LinearSystem.h"
#include "invhlo/Rules/Rules.h"
#include "llvm/ADT/STLExtras.h"
#include <cmath>

using namespace mlir;
using namespace invhlo;

static SmallVector<int64_t> getRange(int64_t from, int64_t size) {
  return llvm::to_vector(llvm::seq<int64_t>(from, from + size));
}

/// What is left of the dimensions of `value`.
static FactorDims getFactorDims(Value value, ArrayRef<int64_t> batch,
                                ArrayRef<int64_t> contracting) {
  FactorDims dims{
      SmallVector<int64_t>(batch), SmallVector<int64_t>(contracting), {}};
  for (int64_t d = 0, rank = getTensorType(value).getRank(); d < rank; ++d)
    if (!llvm::is_contained(batch, d) && !llvm::is_contained(contracting, d))
      dims.free.push_back(d);
  return dims;
}

/// Solves a bilinear op for one factor, if the other is known.
static void
solveForFactor(Operation *op, Knowledge &knowledge,
               llvm::function_ref<LinearSystem(unsigned unknown)> getSystem) {
  Value lhs = op->getOperand(0), rhs = op->getOperand(1);
  bool knowsLhs = knowledge.knows(lhs);
  if (knowsLhs == knowledge.knows(rhs)) {
    if (!knowsLhs)
      knowledge.refuse(op, "both factors depend on the unknown");
    return;
  }
  if (!knowledge.knows(op->getResult(0)))
    return;
  unsigned unknown = knowsLhs ? 1 : 0;
  bool isConditional = !getLiteral(op->getOperand(1 - unknown));
  if (isConditional && !knowledge.solvesConditionally())
    return;
  Value operand = op->getOperand(unknown);
  if (!hasDensity(op->getResult(0).getType()) || !hasDensity(operand.getType()))
    return knowledge.refuse(op, "integer matrices are not inverted");
  if (isComplex(lhs) != isComplex(rhs))
    return knowledge.refuse(op, "only one of its factors is complex");
  if (!knowledge.mayFind(op, operand))
    return;
  LinearSystem system = getSystem(unknown);
  if (std::string fault = system.findFault(); !fault.empty())
    return knowledge.refuse(op, fault);
  Emitter e(knowledge.getBuilder(), op->getLoc());
  Value matrix = knowledge.get(op->getOperand(1 - unknown)).value;
  if (isConditional)
    knowledge.setConditional();
  knowledge.find(op, operand,
                 system.solve(e, matrix, knowledge.get(op->getResult(0)),
                              knowledge.wantsShares()));
}

namespace {

struct DotGeneralRule
    : InvertibleOpInterface::ExternalModel<DotGeneralRule,
                                           stablehlo::DotGeneralOp> {
  SmallVector<Edge> getEdges(Operation *op) const {
    return getEdgesToResult(op, {0, 1}, Reach::All, Coupling::Affine);
  }
  Solvability getSolvability(Operation *) const {
    return Solvability::Conditionally;
  }
  void propagate(Operation *op, Knowledge &knowledge) const {
    auto dot = cast<stablehlo::DotGeneralOp>(op);
    solveForFactor(op, knowledge, [&](unsigned unknown) {
      auto numbers = dot.getDotDimensionNumbers();
      FactorDims lhs =
          getFactorDims(dot.getLhs(), numbers.getLhsBatchingDimensions(),
                        numbers.getLhsContractingDimensions());
      FactorDims rhs =
          getFactorDims(dot.getRhs(), numbers.getRhsBatchingDimensions(),
                        numbers.getRhsContractingDimensions());
      // The result has the batch, then what is free on the left, then right.
      SmallVector<int64_t> order = getRange(0, lhs.batch.size());
      auto left = getRange(order.size(), lhs.free.size());
      auto right = getRange(order.size() + left.size(), rhs.free.size());
      llvm::append_range(order, unknown == 0 ? right : left);
      llvm::append_range(order, unknown == 0 ? left : right);
      return unknown == 0
                 ? LinearSystem(dot.getRhs(), rhs, dot.getLhs(), lhs, order)
                 : LinearSystem(dot.getLhs(), lhs, dot.getRhs(), rhs, order);
    });
  }
};

/// A kernel of one point is a product over the features.
struct ConvolutionRule
    : InvertibleOpInterface::ExternalModel<ConvolutionRule,
                                           stablehlo::ConvolutionOp> {
  SmallVector<Edge> getEdges(Operation *op) const {
    return getEdgesToResult(op, {0, 1}, Reach::All, Coupling::Affine);
  }
  Solvability getSolvability(Operation *) const {
    return Solvability::Conditionally;
  }
  void propagate(Operation *op, Knowledge &knowledge) const {
    auto conv = cast<stablehlo::ConvolutionOp>(op);
    if (StringRef reason = refuse(conv); !reason.empty())
      return knowledge.refuse(op, reason);
    if (!knowledge.knows(conv.getRhs()))
      return knowledge.refuse(op, "its kernel depends on the unknown");
    solveForFactor(op, knowledge, [&](unsigned) {
      auto numbers = conv.getDimensionNumbers();
      FactorDims kernel = getFactorDims(
          conv.getRhs(), {}, {numbers.getKernelInputFeatureDimension()});
      FactorDims input{{},
                       {numbers.getInputFeatureDimension()},
                       {numbers.getInputBatchDimension()}};
      llvm::append_range(input.free, numbers.getInputSpatialDimensions());
      SmallVector<int64_t> order{numbers.getOutputFeatureDimension(),
                                 numbers.getOutputBatchDimension()};
      llvm::append_range(order, numbers.getOutputSpatialDimensions());
      return LinearSystem(conv.getRhs(), kernel, conv.getLhs(), input, order);
    });
  }

  /// Why the convolution is no product at each point; empty if it is.
  static StringRef refuse(stablehlo::ConvolutionOp conv) {
    auto isAll = [](auto &&values, int64_t value) {
      return llvm::all_of(values, [&](auto v) { return v == value; });
    };
    ArrayRef<int64_t> shape = getTensorType(conv.getRhs()).getShape();
    for (int64_t d : conv.getDimensionNumbers().getKernelSpatialDimensions())
      if (shape[d] != 1)
        return "its kernel is of more than one point";
    auto none = ArrayRef<int64_t>{};
    if (conv.getFeatureGroupCount() != 1 || conv.getBatchGroupCount() != 1)
      return "its features or its batch are in groups";
    if (!isAll(conv.getWindowStrides().value_or(none), 1))
      return "it has strides";
    if (!isAll(conv.getLhsDilation().value_or(none), 1))
      return "its input is dilated";
    if (conv.getPadding() && !isAll(conv.getPadding()->getValues<int64_t>(), 0))
      return "its input is padded";
    return "";
  }
};

/// y = op(A)^-1 b or b op(A)^-1, A triangular.
struct TriangularSystem {
  Value a, b, result;
  bool left, lower, unitDiagonal, transposed, conjugated;

  static std::optional<TriangularSystem> get(Operation *op);
  void propagate(Operation *op, Knowledge &knowledge) const;

private:
  /// Where the row number has `direction` to the column number.
  Value compareIndices(Emitter &e, RankedTensorType type,
                       stablehlo::ComparisonDirection direction) const;
  Value getTriangle(Emitter &e, Value a) const;
  Value multiply(Emitter &e, Value triangle, Value y) const;
  Value getLogDet(Emitter &e, Value a, RankedTensorType type) const;
};

std::optional<TriangularSystem> TriangularSystem::get(Operation *op) {
  if (auto solve = dyn_cast<stablehlo::TriangularSolveOp>(op)) {
    auto transpose = solve.getTransposeA();
    bool adjoint = transpose == stablehlo::Transpose::ADJOINT;
    return TriangularSystem{solve.getA(),
                            solve.getB(),
                            solve.getResult(),
                            solve.getLeftSide(),
                            solve.getLower(),
                            solve.getUnitDiagonal(),
                            adjoint ||
                                transpose == stablehlo::Transpose::TRANSPOSE,
                            adjoint};
  }
  // On CPU, JAX calls LAPACK, with LAPACK's letters for the variants.
  auto call = dyn_cast<stablehlo::CustomCallOp>(op);
  if (!call || op->getNumOperands() != 2 || op->getNumResults() != 1)
    return std::nullopt;
  StringRef target = call.getCallTargetName();
  auto config = op->getAttrOfType<DictionaryAttr>("mhlo.backend_config");
  if (!config || !target.consume_front("lapack_") ||
      target.drop_front() != "trsm_ffi")
    return std::nullopt;
  auto getLetter = [&](StringRef name) {
    auto attr = config.getAs<IntegerAttr>(name);
    return attr ? char(attr.getValue().getZExtValue()) : '?';
  };
  char transpose = getLetter("trans_x");
  return TriangularSystem{op->getOperand(0),        op->getOperand(1),
                          op->getResult(0),         getLetter("side") == 'L',
                          getLetter("uplo") == 'L', getLetter("diag") == 'U',
                          transpose != 'N',         transpose == 'C'};
}

Value TriangularSystem::compareIndices(
    Emitter &e, RankedTensorType type,
    stablehlo::ComparisonDirection direction) const {
  auto indexType = type.clone(e.getBuilder().getI32Type());
  int64_t rank = type.getRank();
  Value row = stablehlo::IotaOp::create(e.getBuilder(), e.getLoc(), indexType,
                                        rank - 2);
  Value column = stablehlo::IotaOp::create(e.getBuilder(), e.getLoc(),
                                           indexType, rank - 1);
  return e.create<stablehlo::CompareOp>(row, column, direction);
}

/// The triangle of `a` that the solve reads.
Value TriangularSystem::getTriangle(Emitter &e, Value a) const {
  using Direction = stablehlo::ComparisonDirection;
  RankedTensorType type = getTensorType(a);
  Value isRead = compareIndices(e, type, lower ? Direction::GE : Direction::LE);
  Value triangle = e.select(isRead, a, e.fill(0, type));
  if (unitDiagonal) {
    Value isDiagonal = compareIndices(e, type, Direction::EQ);
    triangle = e.select(isDiagonal, e.fill(1, type), triangle);
  }
  return conjugated && isComplex(triangle) ? e.create<chlo::ConjOp>(triangle)
                                           : triangle;
}

/// op(A) y or y op(A).
Value TriangularSystem::multiply(Emitter &e, Value triangle, Value y) const {
  int64_t rank = getTensorType(y).getRank();
  SmallVector<int64_t> batch = getRange(0, rank - 2);
  int64_t row = rank - 2, column = rank - 1;
  int64_t overTriangle = left == transposed ? row : column;
  int64_t overY = left ? row : column;
  auto dims = stablehlo::DotDimensionNumbersAttr::get(
      e.getBuilder().getContext(), batch, batch, {left ? overTriangle : overY},
      {left ? overY : overTriangle});
  auto dot = stablehlo::DotGeneralOp::create(e.getBuilder(), e.getLoc(),
                                             y.getType(), left ? triangle : y,
                                             left ? y : triangle, dims);
  auto highest = stablehlo::PrecisionAttr::get(e.getBuilder().getContext(),
                                               stablehlo::Precision::HIGHEST);
  dot.setPrecisionConfigAttr(e.getBuilder().getArrayAttr({highest, highest}));
  return dot;
}

/// log|a_ii| in row (column) i.
Value TriangularSystem::getLogDet(Emitter &e, Value a,
                                  RankedTensorType type) const {
  RankedTensorType aType = getTensorType(a);
  Value isDiagonal =
      compareIndices(e, aType, stablehlo::ComparisonDirection::EQ);
  int64_t rank = type.getRank();
  Value diagonal = e.sum(e.select(isDiagonal, a, e.fill(0, aType)), {rank - 1});
  Value logs = e.convert(e.logAbs(diagonal), type.getElementType());
  if (isComplex(a))
    logs = e.scale(2, logs);
  SmallVector<int64_t> dims = getRange(0, rank - 2);
  dims.push_back(left ? rank - 2 : rank - 1);
  return e.broadcast(logs, type.getShape(), dims);
}

/// y = op(A)^-1 b:  b = op(A) y,  log|db/dy| = sum of log|a_ii|.
void TriangularSystem::propagate(Operation *op, Knowledge &knowledge) const {
  if (!knowledge.knows(a))
    return knowledge.refuse(op, "its matrix depends on the unknown");
  if (!knowledge.knows(result) || knowledge.knows(b))
    return;
  if (!knowledge.mayFind(op, b))
    return;
  Emitter e(knowledge.getBuilder(), op->getLoc());
  Value matrix = knowledge.get(a).value;
  Known y = knowledge.get(result);
  Known found{multiply(e, getTriangle(e, matrix), y.value), y.share};
  if (knowledge.wantsShares() && !unitDiagonal) {
    Value logDet = getLogDet(e, matrix, getShareTensorType(getTensorType(b)));
    found.share = e.addLogDet(y.share, logDet);
  }
  knowledge.find(op, b, found);
}

/// StableHLO's triangular solve, or a custom call, which may be LAPACK's.
template <typename Op>
struct TriangularSolveRule
    : InvertibleOpInterface::ExternalModel<TriangularSolveRule<Op>, Op> {
  SmallVector<Edge> getEdges(Operation *op) const {
    return TriangularSystem::get(op)
               ? getEdgesToResult(op, 1, Reach::All, Coupling::Affine)
               : getOpaqueEdges(op);
  }
  void propagate(Operation *op, Knowledge &knowledge) const {
    if (std::optional<TriangularSystem> system = TriangularSystem::get(op))
      return system->propagate(op, knowledge);
    knowledge.refuse(op, "there is no inversion rule for what it calls");
  }
};

/// A complex transform of N points is sqrt(N) times a unitary map:
/// log|dx/dy| = -log(N) / 2 per complex element, and the opposite of inverse
/// transforms. The points mix their shares.
struct FftRule
    : InvertibleOpInterface::ExternalModel<FftRule, stablehlo::FftOp> {
  SmallVector<Edge> getEdges(Operation *op) const {
    return getEdgesToResult(op, 0, Reach::All, Coupling::Affine);
  }
  void propagate(Operation *op, Knowledge &knowledge) const {
    auto fft = cast<stablehlo::FftOp>(op);
    Value operand = fft.getOperand(), result = fft.getResult();
    bool isForward = fft.getFftType() == stablehlo::FftType::FFT;
    if (!isForward && fft.getFftType() != stablehlo::FftType::IFFT)
      return knowledge.refuse(
          op, "a transform of real values has dependent outputs");
    if (!knowledge.knows(result) || knowledge.knows(operand))
      return;
    if (!knowledge.mayFind(op, operand))
      return;
    Emitter e(knowledge.getBuilder(), op->getLoc());
    Known y = knowledge.get(result);
    Value x = e.create<stablehlo::FftOp>(
        y.value, isForward ? stablehlo::FftType::IFFT : stablehlo::FftType::FFT,
        fft.getFftLength());
    Known found{x, {}};
    if (knowledge.wantsShares()) {
      RankedTensorType type = getTensorType(operand);
      double points = 1;
      for (int64_t length : fft.getFftLength())
        points *= length;
      // Twice the complex logarithm, for two real dimensions.
      double logDet = isForward ? -std::log(points) : std::log(points);
      int64_t numDims = fft.getFftLength().size();
      Value mixed = e.mix(y.share, getRange(type.getRank() - numDims, numDims));
      found.share =
          e.addLogDet(mixed, e.fill(logDet, getShareTensorType(type)));
    }
    knowledge.find(op, operand, found);
  }
};

} // namespace

void invhlo::attachLinearAlgebraRules(MLIRContext *context) {
  stablehlo::DotGeneralOp::attachInterface<DotGeneralRule>(*context);
  stablehlo::ConvolutionOp::attachInterface<ConvolutionRule>(*context);
  stablehlo::TriangularSolveOp::attachInterface<
      TriangularSolveRule<stablehlo::TriangularSolveOp>>(*context);
  stablehlo::CustomCallOp::attachInterface<
      TriangularSolveRule<stablehlo::CustomCallOp>>(*context);
  stablehlo::FftOp::attachInterface<FftRule>(*context);
}
