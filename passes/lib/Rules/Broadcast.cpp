// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Copies of elements along new dimensions.

#include "invhlo/Rules/Rearrangement.h"
#include "invhlo/Rules/Rules.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace invhlo;

static ArrayRef<int64_t> getShape(Value value) {
  return getTensorType(value).getShape();
}

/// The element with these indices, in row-major numbering.
static int64_t getNumber(ArrayRef<int64_t> index, ArrayRef<int64_t> sizes) {
  int64_t number = 0;
  for (auto [at, size] : llvm::zip_equal(index, sizes))
    number = number * size + at;
  return number;
}

static SmallVector<int64_t> getIndex(int64_t number, ArrayRef<int64_t> sizes) {
  SmallVector<int64_t> index(sizes.size());
  for (size_t d = sizes.size(); d-- > 0; number /= sizes[d])
    index[d] = number % sizes[d];
  return index;
}

static SmallVector<int64_t> pick(ArrayRef<int64_t> values,
                                 ArrayRef<int64_t> dims) {
  return llvm::map_to_vector(dims, [&](int64_t d) { return values[d]; });
}

/// Data whose dimensions are `kept` of the result's, as the operand has them.
static Value arrange(Emitter &e, Value data, ArrayRef<int64_t> kept,
                     stablehlo::BroadcastInDimOp op) {
  SmallVector<int64_t> permutation;
  for (int64_t d : op.getBroadcastDimensions())
    if (const auto *it = llvm::find(kept, d); it != kept.end())
      permutation.push_back(it - kept.begin());
  return e.reshape(e.transpose(data, permutation), getShape(op.getOperand()));
}

namespace {

/// A known copy of each element of the operand, such as the diagonal of a
/// matrix whose rows are copies. Dimensions along which the known part is the
/// same are not numbered, so that a batch of any size costs the same.
class CopyChoice {
public:
  CopyChoice(stablehlo::BroadcastInDimOp op, const Mask &known)
      : op(op), operandShape(getShape(op.getOperand())),
        resultShape(getShape(op.getResult())),
        dims(op.getBroadcastDimensions()) {
    SmallVector<int64_t> operandDims(resultShape.size(), -1);
    for (auto [i, d] : llvm::enumerate(dims))
      if (operandShape[i] != 1)
        operandDims[d] = i;
    for (auto [d, size] : llvm::enumerate(known.shape)) {
      bool isMixed = size != 1, isCopied = operandDims[d] < 0;
      (isMixed ? mixed : plain).push_back(d);
      if (!isCopied)
        (isMixed ? mixedKept : plainKept).push_back(d);
    }
    mixedSizes = pick(resultShape, mixed);
    chooseCopies(known.bits);
  }

  Route getRoute() const {
    SmallVector<Progression> from;
    for (auto [d, size] : llvm::enumerate(resultShape))
      from.push_back(Progression::get(0, isSame(d) ? 1 : size));
    return {Box(from), Box::whole(operandShape),
            [choice = *this](Emitter &e, Value data) {
              return choice.take(e, data);
            },
            [choice = *this, sizes = Box(from).getSizes()](int64_t number) {
              return choice.getOrigin(number, sizes);
            }};
  }

private:
  /// Whether all copies along dimension `d` of the result are as good.
  bool isSame(int64_t d) const {
    return llvm::is_contained(plain, d) && !llvm::is_contained(plainKept, d);
  }

  /// The number, among the mixed dimensions, of an element's first known copy;
  /// of its first copy where none is known.
  void chooseCopies(const llvm::BitVector &known) {
    SmallVector<int64_t> keptSizes = pick(resultShape, mixedKept);
    SmallVector<int64_t> places;
    for (int64_t d : mixedKept)
      places.push_back(llvm::find(mixed, d) - mixed.begin());
    copies.assign(getNumElements(keptSizes), -1);
    for (int64_t number : known.set_bits()) {
      int64_t &copy = copies[getNumber(
          pick(getIndex(number, mixedSizes), places), keptSizes)];
      if (copy < 0)
        copy = number;
    }
    for (auto [number, copy] : llvm::enumerate(copies)) {
      if (copy >= 0)
        continue;
      SmallVector<int64_t> index(mixed.size(), 0);
      for (auto [place, at] :
           llvm::zip_equal(places, getIndex(number, keptSizes)))
        index[place] = at;
      copy = getNumber(index, mixedSizes);
    }
  }

  Value take(Emitter &e, Value data) const {
    SmallVector<int64_t> order(plain);
    llvm::append_range(order, mixed);
    SmallVector<int64_t> sizes = pick(resultShape, plainKept);
    sizes.push_back(getNumElements(mixedSizes));
    int64_t last = plainKept.size();
    data = e.takeRows(e.reshape(e.transpose(data, order), sizes), last, copies,
                      last);
    SmallVector<int64_t> kept(plainKept);
    llvm::append_range(kept, mixedKept);
    return arrange(e, e.reshape(data, pick(resultShape, kept)), kept, op);
  }

  /// The element, of a result with these sizes, that the operand's is taken
  /// from.
  int64_t getOrigin(int64_t number, ArrayRef<int64_t> sizes) const {
    SmallVector<int64_t> index(sizes.size(), 0);
    for (auto [d, at] : llvm::zip_equal(dims, getIndex(number, operandShape)))
      index[d] = at;
    int64_t copy =
        copies[getNumber(pick(index, mixedKept), pick(sizes, mixedKept))];
    for (auto [d, at] : llvm::zip_equal(mixed, getIndex(copy, mixedSizes)))
      index[d] = at;
    return getNumber(index, sizes);
  }

  stablehlo::BroadcastInDimOp op;
  SmallVector<int64_t> operandShape, resultShape, dims;
  /// The result's dimensions along which the known part is the same, and the
  /// others; of both, those that are the operand's.
  SmallVector<int64_t> plain, mixed, plainKept, mixedKept;
  SmallVector<int64_t> mixedSizes, copies;
};

/// The first copy of each element of the operand that is not NaN, where a
/// factor of the run made some so.
class DefinedCopy {
public:
  DefinedCopy(Emitter &e, stablehlo::BroadcastInDimOp op, Value data)
      : e(e), op(op) {
    ArrayRef<int64_t> shape = getShape(data);
    ArrayRef<int64_t> operandShape = getShape(op.getOperand());
    ArrayRef<int64_t> dims = op.getBroadcastDimensions();
    for (int64_t d = 0, rank = shape.size(); d < rank; ++d) {
      const auto *mapped = llvm::find(dims, d);
      bool isKept = mapped != dims.end() &&
                    operandShape[mapped - dims.begin()] == shape[d];
      (isKept ? kept : copied).push_back(d);
    }
    SmallVector<int64_t> sizes = pick(shape, copied);
    int64_t count = getNumElements(sizes);
    auto type = RankedTensorType::get({count}, e.getBuilder().getI32Type());
    Value numbers =
        stablehlo::IotaOp::create(e.getBuilder(), e.getLoc(), type, 0);
    numbers = e.broadcast(e.reshape(numbers, sizes), shape, copied);
    Value isDefined = e.equal(data, data);
    Value none = e.fill(count, numbers);
    Value first = e.minimum(e.select(isDefined, numbers, none), copied);
    isNone = e.equal(first, e.fill(count, first));
    isFirst = e.equal(numbers, e.broadcast(first, shape, kept));
  }

  /// Of the data or the shares; NaN where no copy is defined.
  Value take(Value data) const {
    Value zeros = e.fill(0, data);
    Value sum = e.sum(e.select(isFirst, data, zeros), copied);
    Value first = arrange(e, sum, kept, op);
    return e.nanIf(arrange(e, isNone, kept, op), first);
  }

private:
  Emitter &e;
  stablehlo::BroadcastInDimOp op;
  /// The result's dimensions that are the operand's, and the others.
  SmallVector<int64_t> kept, copied;
  /// Which elements of the result are the first that are defined, and for which
  /// of the operand there is none.
  Value isFirst, isNone;
};

/// One copy tells the operand; the result's other copies are spent on nothing.
struct BroadcastGeometry : Rearrangement {
  std::optional<Route> toOperand(Operation *op, unsigned,
                                 const Box &box) const override {
    auto broadcast = cast<stablehlo::BroadcastInDimOp>(op);
    ArrayRef<int64_t> shape = getShape(broadcast.getOperand());
    ArrayRef<int64_t> dims = broadcast.getBroadcastDimensions();
    Box from = box;
    for (unsigned d = 0; d < from.getRank(); ++d) {
      const auto *mapped = llvm::find(dims, int64_t(d));
      if (mapped == dims.end() || shape[mapped - dims.begin()] == 1)
        from[d] =
            Progression::get(box[d].offset, std::min<int64_t>(box[d].size, 1));
    }
    SmallVector<Progression> to;
    for (auto [size, d] : llvm::zip_equal(shape, dims))
      to.push_back(size == 1 ? Progression::get(0, from[d].size) : from[d]);
    // The kept dimensions in the result's order, then in the operand's.
    SmallVector<int64_t> kept(dims);
    llvm::sort(kept);
    SmallVector<int64_t> sizes, permutation;
    for (int64_t d : kept)
      sizes.push_back(from[d].size);
    for (int64_t d : dims)
      permutation.push_back(llvm::find(kept, d) - kept.begin());
    return Route{from, Box(to),
                 [sizes, permutation](Emitter &e, Value data) {
                   return e.transpose(e.reshape(data, sizes), permutation);
                 },
                 getTransposedNumbers(sizes, permutation)};
  }
  std::optional<Route> toOperand(Operation *op, unsigned,
                                 const IndexSet &part) const override {
    return CopyChoice(cast<stablehlo::BroadcastInDimOp>(op), part.getMask())
        .getRoute();
  }
  std::optional<Route> toResult(Operation *op, unsigned,
                                const Box &box) const override {
    auto broadcast = cast<stablehlo::BroadcastInDimOp>(op);
    SmallVector<int64_t> dims(broadcast.getBroadcastDimensions());
    Box to = Box::whole(getShape(broadcast.getResult()));
    ArrayRef<int64_t> shape = getShape(broadcast.getOperand());
    for (auto [i, d] : llvm::enumerate(dims))
      if (shape[i] != 1)
        to[d] = box[i];
    SmallVector<int64_t> sizes = to.getSizes(), fromSizes = box.getSizes();
    auto origin = [sizes, fromSizes, dims](int64_t number) {
      SmallVector<int64_t> index = getIndex(number, sizes);
      int64_t origin = 0;
      for (auto [size, d] : llvm::zip_equal(fromSizes, dims))
        origin = origin * size + (size == 1 ? 0 : index[d]);
      return origin;
    };
    return Route{box, to,
                 [sizes, dims](Emitter &e, Value data) {
                   return e.broadcast(data, sizes, dims);
                 },
                 origin};
  }
};

struct BroadcastModel
    : InvertibleOpInterface::ExternalModel<BroadcastModel,
                                           stablehlo::BroadcastInDimOp> {
  SmallVector<Edge> getEdges(Operation *op) const {
    return getEdgesToResult(op, 0, Reach::Moved, Coupling::Affine);
  }
  bool isRearrangement(Operation *) const { return true; }
  void propagate(Operation *op, Knowledge &knowledge) const {
    auto broadcast = cast<stablehlo::BroadcastInDimOp>(op);
    findDefinedCopy(broadcast, knowledge);
    propagateRearrangement(op, knowledge, BroadcastGeometry());
  }
  static void findDefinedCopy(stablehlo::BroadcastInDimOp op,
                              Knowledge &knowledge) {
    Value operand = op.getOperand(), result = op.getResult();
    if (getNumElements(getShape(operand)) == getNumElements(getShape(result)) ||
        !hasDensity(operand.getType()) || !knowledge.isConditional(result) ||
        !knowledge.knows(result) || !knowledge.wants(operand))
      return;
    Known data = knowledge.get(result);
    Emitter e(knowledge.getBuilder(), op.getLoc());
    DefinedCopy copy(e, op, data.value);
    Known found{copy.take(data.value), {}};
    if (data.share)
      found.share = copy.take(data.share);
    knowledge.learn(operand, Knowledge::wholeOf(operand), found);
  }
};

} // namespace

void invhlo::attachBroadcastRules(MLIRContext *context) {
  stablehlo::BroadcastInDimOp::attachInterface<BroadcastModel>(*context);
}
