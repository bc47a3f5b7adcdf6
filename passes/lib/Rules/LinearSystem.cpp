// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Rules/LinearSystem.h"

#include "invhlo/Invhlo/Invhlo.h"
#include "invhlo/Rules/Elementwise.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVectorExtras.h"
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

bool invhlo::isSingularMatrix(MutableArrayRef<double> matrix, int64_t n,
                              double epsilon) {
  epsilon *= double(n);
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

LinearSystem::LinearSystem(Value a, FactorDims aDims, Value x, FactorDims xDims,
                           SmallVector<int64_t> resultOrder)
    : a(a), x(x), aDims(std::move(aDims)), xDims(std::move(xDims)),
      resultOrder(std::move(resultOrder)), aShape(getTensorType(a).getShape()),
      xShape(getTensorType(x).getShape()),
      n(getProduct(aShape, this->aDims.free)),
      m(getProduct(xShape, this->xDims.free)) {}

std::string LinearSystem::findFault() const {
  int64_t contracted = getProduct(aShape, aDims.contracting);
  if (contracted != n)
    return llvm::formatv("the known matrix is not square: it takes {0} "
                         "elements to {1}",
                         contracted, n);
  return isSingular() ? "the known matrix is singular" : "";
}

/// Whether a literal matrix is singular to working precision. One of equal
/// elements has rank one at most; one of many is not looked at.
bool LinearSystem::isSingular() const {
  constexpr int64_t maxSize = 64;
  DenseElementsAttr literal = getConstant(a);
  if (!literal || literal.getNumElements() == 0)
    return false;
  if (n > 1 && literal.isSplat())
    return true;
  if (n > maxSize || !isa<FloatType>(literal.getElementType()))
    return false;
  SmallVector<double> elements;
  for (const APFloat &element : literal.getValues<APFloat>())
    elements.push_back(element.convertToDouble());
  SmallVector<int64_t> strides(aShape.size(), 1);
  for (int64_t d = int64_t(strides.size()) - 2; d >= 0; --d)
    strides[d] = strides[d + 1] * aShape[d + 1];
  auto getOffsets = [&](ArrayRef<int64_t> dims) {
    SmallVector<int64_t> offsets{0};
    for (int64_t d : dims) {
      SmallVector<int64_t> next;
      for (int64_t offset : offsets)
        for (int64_t i = 0; i < aShape[d]; ++i)
          next.push_back(offset + i * strides[d]);
      offsets = std::move(next);
    }
    return offsets;
  };
  for (int64_t batch : getOffsets(aDims.batch)) {
    SmallVector<double> matrix;
    for (int64_t row : getOffsets(aDims.free))
      for (int64_t column : getOffsets(aDims.contracting))
        matrix.push_back(elements[batch + row + column]);
    if (isSingularMatrix(matrix, n, std::numeric_limits<double>::epsilon()))
      return true;
  }
  return false;
}

SmallVector<int64_t> LinearSystem::withBatch(ArrayRef<int64_t> rest) const {
  return join(getSizes(aShape, aDims.batch), rest, {});
}

/// The result as [batch, n, m].
Value LinearSystem::toColumns(Emitter &e, Value result) const {
  return e.reshape(e.transpose(result, resultOrder), withBatch({n, m}));
}

/// From [batch, n, m] to the shape of the unknown operand.
Value LinearSystem::toOperand(Emitter &e, Value columns) const {
  SmallVector<int64_t> order = join(xDims.batch, xDims.contracting, xDims.free);
  SmallVector<int64_t> inverse(order.size());
  for (auto [i, d] : llvm::enumerate(order))
    inverse[d] = i;
  return e.transpose(e.reshape(columns, getSizes(xShape, order)), inverse);
}

Known LinearSystem::solve(Emitter &e, Value matrix, Known result,
                          bool wantsShares) const {
  Type elementType = getTensorType(x).getElementType();
  Type type = getComputeType(getTensorType(result.value).getElementType());
  matrix = e.transpose(e.convert(matrix, type),
                       join(aDims.batch, aDims.free, aDims.contracting));
  matrix = e.reshape(matrix, withBatch({n, n}));
  Value columns = toColumns(e, e.convert(result.value, type));
  Value solution;
  if (n == 1) {
    auto dims =
        llvm::to_vector(llvm::seq<int64_t>(0, getTensorType(matrix).getRank()));
    solution = e.div(columns, e.broadcast(matrix, withBatch({1, m}), dims));
  } else {
    solution = e.create<SolveOp>(matrix, columns);
  }
  Known found{toOperand(e, e.convert(solution, elementType)), {}};
  if (wantsShares)
    found.share = toOperand(e, e.convert(getShare(e, matrix, result.share),
                                         getShareType(elementType)));
  return found;
}

Value LinearSystem::getShare(Emitter &e, Value matrix,
                             Value resultShare) const {
  RankedTensorType type = getTensorType(matrix);
  Type shareType = getShareType(type.getElementType());
  int64_t numBatch = aDims.batch.size();
  Value logDet;
  if (n == 1)
    logDet = e.reshape(e.convert(e.logAbs(matrix), shareType), withBatch({}));
  else
    logDet = e.create<LogAbsDetOp>(matrix);
  if (isa<ComplexType>(type.getElementType()))
    logDet = e.scale(2, logDet);
  // Each of the m columns is a system.
  auto dims = llvm::to_vector(llvm::seq<int64_t>(0, numBatch));
  Value share = e.spread(e.neg(logDet), withBatch({n, m}), dims, n);
  if (!resultShare)
    return share;
  return e.addLogDet(e.mix(toColumns(e, resultShare), {numBatch}), share);
}
