// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Products with known matrices.

#include "invhlo/Rules/Elementwise.h"
#include "invhlo/Rules/Rules.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include <cmath>
#include <limits>

using namespace mlir;
using namespace invhlo;

static int64_t getProduct(ArrayRef<int64_t> shape, ArrayRef<int64_t> dims) {
  int64_t product = 1;
  for (int64_t d : dims)
    product *= shape[d];
  return product;
}

static SmallVector<int64_t> getSizes(ArrayRef<int64_t> shape,
                                     ArrayRef<int64_t> dims) {
  return llvm::map_to_vector(dims, [&](int64_t d) { return shape[d]; });
}

static SmallVector<int64_t> join(ArrayRef<int64_t> a, ArrayRef<int64_t> b,
                                 ArrayRef<int64_t> c) {
  SmallVector<int64_t> joined(a);
  llvm::append_range(joined, b);
  llvm::append_range(joined, c);
  return joined;
}

/// Work that StableHLO has no op for; whoever compiles the inverse provides
/// it for the platform at hand.
static Value createSupportCall(Emitter &e, StringRef name, Type type,
                               ValueRange operands) {
  auto call = stablehlo::CustomCallOp::create(e.getBuilder(), e.getLoc(),
                                              TypeRange{type}, operands,
                                              ("invhlo." + name).str());
  return call.getResult(0);
}

/// Whether a row-major n x n matrix is singular to double precision, by
/// Gaussian elimination with full pivoting. What is left of a difference counts
/// as zero where it is not larger than its rounding error.
static bool isSingularMatrix(MutableArrayRef<double> matrix, int64_t n) {
  double epsilon = double(n) * std::numeric_limits<double>::epsilon();
  SmallVector<double> magnitude =
      llvm::map_to_vector(matrix, [](double a) { return std::fabs(a); });
  for (int64_t step = 0; step < n; ++step) {
    int64_t row = step, column = step;
    for (int64_t i = step; i < n; ++i)
      for (int64_t j = step; j < n; ++j)
        if (std::fabs(matrix[i * n + j]) > std::fabs(matrix[row * n + column]))
          row = i, column = j;
    double pivot = matrix[row * n + column];
    if (pivot == 0)
      return true;
    if (!std::isfinite(pivot))
      return false;
    for (MutableArrayRef<double> data : {matrix, MutableArrayRef(magnitude)}) {
      for (int64_t j = 0; j < n; ++j)
        std::swap(data[step * n + j], data[row * n + j]);
      for (int64_t i = 0; i < n; ++i)
        std::swap(data[i * n + step], data[i * n + column]);
    }
    for (int64_t i = step + 1; i < n; ++i) {
      double factor = matrix[i * n + step] / pivot;
      for (int64_t j = step; j < n; ++j) {
        double &element = matrix[i * n + j], &size = magnitude[i * n + j];
        element -= factor * matrix[step * n + j];
        size = std::max(size, std::fabs(factor) * magnitude[step * n + j]);
        if (std::fabs(element) <= epsilon * size)
          element = 0;
      }
    }
  }
  return false;
}

namespace {

/// One side of a dot_general, its dimensions sorted by what they do.
struct Side {
  Side(Value value, ArrayRef<int64_t> batch, ArrayRef<int64_t> contracting)
      : shape(getTensorType(value).getShape()),
        elementType(getTensorType(value).getElementType()), batch(batch),
        contracting(contracting) {
    for (int64_t d = 0, rank = shape.size(); d < rank; ++d)
      if (!llvm::is_contained(batch, d) && !llvm::is_contained(contracting, d))
        free.push_back(d);
  }
  ArrayRef<int64_t> shape;
  Type elementType;
  ArrayRef<int64_t> batch, contracting;
  SmallVector<int64_t> free;
};

/// Y = A X over the contracting dimensions, A known: as matrices [batch, n, n]
/// and [batch, n, m], X = A^-1 Y and log|det dX/dY| = -m log|det A|, which each
/// of the m columns spreads evenly over its n elements.
class DotSolver {
public:
  DotSolver(stablehlo::DotGeneralOp op, unsigned unknown)
      : unknown(unknown), dims(op.getDotDimensionNumbers()),
        lhs(op.getLhs(), dims.getLhsBatchingDimensions(),
            dims.getLhsContractingDimensions()),
        rhs(op.getRhs(), dims.getRhsBatchingDimensions(),
            dims.getRhsContractingDimensions()),
        a(unknown == 0 ? rhs : lhs), x(unknown == 0 ? lhs : rhs),
        n(getProduct(a.shape, a.free)), m(getProduct(x.shape, x.free)) {}

  int64_t getContracted() const { return getProduct(a.shape, a.contracting); }
  int64_t getFree() const { return n; }

  /// Whether one of the matrices with these elements, A's in row-major order,
  /// is singular.
  bool isAnySingular(ArrayRef<double> elements) const {
    SmallVector<int64_t> strides(a.shape.size(), 1);
    for (int64_t d = int64_t(strides.size()) - 2; d >= 0; --d)
      strides[d] = strides[d + 1] * a.shape[d + 1];
    auto getOffsets = [&](ArrayRef<int64_t> dims) {
      SmallVector<int64_t> offsets{0};
      for (int64_t d : dims) {
        SmallVector<int64_t> next;
        for (int64_t offset : offsets)
          for (int64_t i = 0; i < a.shape[d]; ++i)
            next.push_back(offset + i * strides[d]);
        offsets = std::move(next);
      }
      return offsets;
    };
    for (int64_t batch : getOffsets(a.batch)) {
      SmallVector<double> matrix;
      for (int64_t row : getOffsets(a.free))
        for (int64_t column : getOffsets(a.contracting))
          matrix.push_back(elements[batch + row + column]);
      if (isSingularMatrix(matrix, n))
        return true;
    }
    return false;
  }

  Known solve(Emitter &e, Value known, Known result, bool wantsShares) const {
    Type type = getComputeType(getTensorType(result.value).getElementType());
    Value matrix = e.transpose(e.convert(known, type),
                               join(a.batch, a.free, a.contracting));
    matrix = e.reshape(matrix, withBatch({n, n}));
    Value columns =
        e.transpose(e.convert(result.value, type), getResultOrder());
    columns = e.reshape(columns, withBatch({n, m}));
    Value solution = n == 1 ? e.div(columns, spread(e, matrix, {n, m}))
                            : createSupportCall(e, "solve", columns.getType(),
                                                {matrix, columns});
    Known found{toOperand(e, e.convert(solution, x.elementType)), {}};
    if (wantsShares)
      found.share = toOperand(e, e.convert(getShare(e, matrix, result.share),
                                           getShareType(x.elementType)));
    return found;
  }

private:
  SmallVector<int64_t> withBatch(ArrayRef<int64_t> rest) const {
    return join(getSizes(a.shape, a.batch), rest, {});
  }
  /// [batch, n, 1] or [batch, 1, 1] as [batch, n, m].
  Value spread(Emitter &e, Value value, ArrayRef<int64_t> sizes) const {
    auto dims =
        llvm::to_vector(llvm::seq<int64_t>(0, getTensorType(value).getRank()));
    return e.broadcast(value, withBatch(sizes), dims);
  }
  /// The result's dimensions as [batch, free of A, free of X].
  SmallVector<int64_t> getResultOrder() const {
    int64_t numBatch = a.batch.size();
    auto range = [](int64_t from, int64_t size) {
      return llvm::to_vector(llvm::seq<int64_t>(from, from + size));
    };
    auto batch = range(0, numBatch);
    auto left = range(numBatch, lhs.free.size());
    auto right = range(numBatch + lhs.free.size(), rhs.free.size());
    return unknown == 0 ? join(batch, right, left) : join(batch, left, right);
  }
  /// From [batch, n, m] to the shape of the unknown operand.
  Value toOperand(Emitter &e, Value value) const {
    SmallVector<int64_t> order = join(x.batch, x.contracting, x.free);
    SmallVector<int64_t> inverse(order.size());
    for (auto [i, d] : llvm::enumerate(order))
      inverse[d] = i;
    // The contracting sizes come in A's order, which is also X's.
    value = e.reshape(value, getSizes(x.shape, order));
    return e.transpose(value, inverse);
  }
  Value getShare(Emitter &e, Value matrix, Value resultShare) const {
    RankedTensorType type = getTensorType(matrix);
    Type shareType = getShareType(type.getElementType());
    int64_t numBatch = a.batch.size();
    auto perBatch = RankedTensorType::get(withBatch({}), shareType);
    Value logDet;
    if (n == 1)
      logDet = e.reshape(e.convert(e.logAbs(matrix), shareType), withBatch({}));
    else
      logDet = createSupportCall(e, "log_abs_det", perBatch, {matrix});
    double weight = isa<ComplexType>(type.getElementType()) ? 2. : 1.;
    Value share = e.scale(-weight / n, logDet);
    auto batchDims = llvm::to_vector(llvm::seq<int64_t>(0, numBatch));
    share = e.broadcast(share, withBatch({n, m}), batchDims);
    if (!resultShare)
      return share;
    // The columns mix their elements, and so their shares.
    Value columns = e.transpose(resultShare, getResultOrder());
    columns = e.reshape(columns, withBatch({n, m}));
    if (n > 1) {
      Value sums = e.scale(1. / n, e.sum(columns, {numBatch}));
      batchDims.push_back(numBatch + 1);
      columns = e.broadcast(sums, withBatch({n, m}), batchDims);
    }
    return e.add(share, columns);
  }

  unsigned unknown;
  stablehlo::DotDimensionNumbersAttr dims;
  Side lhs, rhs;
  const Side &a, &x;
  int64_t n, m;
};

struct DotGeneralRule
    : InvertibleOpInterface::ExternalModel<DotGeneralRule,
                                           stablehlo::DotGeneralOp> {
  void propagate(Operation *op, Knowledge &knowledge) const {
    auto dot = cast<stablehlo::DotGeneralOp>(op);
    bool knowsLhs = knowledge.knows(dot.getLhs());
    if (knowsLhs == knowledge.knows(dot.getRhs())) {
      if (!knowsLhs)
        knowledge.refuse(op, "both factors depend on the unknown");
      return;
    }
    if (!knowledge.knows(dot.getResult()))
      return;
    unsigned unknown = knowsLhs ? 1 : 0;
    if (!hasDensity(dot.getResult().getType()) ||
        !hasDensity(op->getOperand(unknown).getType()))
      return knowledge.refuse(op, "integer matrices are not inverted");
    if (isComplex(dot.getLhs()) != isComplex(dot.getRhs()))
      return knowledge.refuse(op, "only one of its factors is complex");
    DotSolver solver(dot, unknown);
    if (solver.getContracted() != solver.getFree())
      return knowledge.refuse(
          op, llvm::formatv("the known matrix is not square: it takes {0} "
                            "elements to {1}",
                            solver.getContracted(), solver.getFree()));
    // The known part would make the equations dependent.
    if (knowledge.wantsShares() &&
        knowledge.knowsAnyOf(op->getOperand(unknown)))
      return knowledge.refuse(op, "part of its operand is known already");
    Value known = op->getOperand(1 - unknown);
    if (isSingular(known, solver))
      return knowledge.refuse(op, "the known matrix is singular");
    Emitter e(knowledge.getBuilder(), op->getLoc());
    knowledge.learn(op->getOperand(unknown),
                    solver.solve(e, knowledge.get(known).value,
                                 knowledge.get(dot.getResult()),
                                 knowledge.wantsShares()));
  }

  /// A literal that is singular to working precision. One of equal elements
  /// has rank one at most; one of many is not looked at.
  static bool isSingular(Value matrix, const DotSolver &solver) {
    constexpr int64_t maxSize = 64;
    DenseElementsAttr literal = getConstant(matrix);
    int64_t n = solver.getFree();
    if (!literal || literal.getNumElements() == 0)
      return false;
    if (n > 1 && literal.isSplat())
      return true;
    if (n > maxSize || !isa<FloatType>(literal.getElementType()))
      return false;
    SmallVector<double> elements;
    for (const APFloat &element : literal.getValues<APFloat>())
      elements.push_back(element.convertToDouble());
    return solver.isAnySingular(elements);
  }
};

} // namespace

void invhlo::attachLinearAlgebraRules(MLIRContext *context) {
  stablehlo::DotGeneralOp::attachInterface<DotGeneralRule>(*context);
}
