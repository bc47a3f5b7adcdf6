// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Where each data-movement op takes boxes.

#include "invhlo/Rules/Rearrangement.h"
#include "invhlo/Rules/Rules.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace invhlo;

static ArrayRef<int64_t> getShape(Value value) {
  return getTensorType(value).getShape();
}

namespace {

struct TransposeGeometry : Rearrangement {
  static Route permute(const Box &box, ArrayRef<int64_t> permutation) {
    SmallVector<Progression> dims;
    for (int64_t d : permutation)
      dims.push_back(box[d]);
    SmallVector<int64_t> order(permutation);
    return {
        box, Box(dims),
        [order](Emitter &e, Value data) { return e.transpose(data, order); },
        getTransposedNumbers(box.getSizes(), order)};
  }
  std::optional<Route> toOperand(Operation *op, unsigned,
                                 const Box &box) const override {
    ArrayRef<int64_t> permutation =
        cast<stablehlo::TransposeOp>(op).getPermutation();
    SmallVector<int64_t> inverse(permutation.size());
    for (auto [d, from] : llvm::enumerate(permutation))
      inverse[from] = d;
    return permute(box, inverse);
  }
  std::optional<Route> toResult(Operation *op, unsigned,
                                const Box &box) const override {
    return permute(box, cast<stablehlo::TransposeOp>(op).getPermutation());
  }
};

/// Its own inverse.
struct ReverseGeometry : Rearrangement {
  std::optional<Route> toOperand(Operation *op, unsigned,
                                 const Box &box) const override {
    ArrayRef<int64_t> shape = getShape(op->getResult(0));
    SmallVector<int64_t> reversed(
        cast<stablehlo::ReverseOp>(op).getDimensions());
    Box to = box;
    for (int64_t d : reversed)
      to[d].offset = shape[d] - 1 - box[d].last();
    SmallVector<int64_t> sizes = box.getSizes();
    auto origin = [sizes, reversed](int64_t number) {
      int64_t origin = 0, stride = 1;
      for (int64_t d = int64_t(sizes.size()) - 1; d >= 0; --d) {
        int64_t i = number % sizes[d];
        number /= sizes[d];
        if (llvm::is_contained(reversed, d))
          i = sizes[d] - 1 - i;
        origin += i * stride;
        stride *= sizes[d];
      }
      return origin;
    };
    return Route{box, to,
                 [reversed](Emitter &e, Value data) {
                   return e.create<stablehlo::ReverseOp>(data, reversed);
                 },
                 origin};
  }
  std::optional<Route> toResult(Operation *op, unsigned operand,
                                const Box &box) const override {
    return toOperand(op, operand, box);
  }
};

/// The result is a box of the operand.
struct SliceGeometry : Rearrangement {
  static Box getWindow(Operation *op) {
    auto slice = cast<stablehlo::SliceOp>(op);
    SmallVector<Progression> dims;
    for (auto [start, size, stride] :
         llvm::zip_equal(slice.getStartIndices(), getShape(slice.getResult()),
                         slice.getStrides()))
      dims.push_back(Progression::get(start, size, stride));
    return Box(dims);
  }
  std::optional<Route> toOperand(Operation *op, unsigned,
                                 const Box &box) const override {
    Box window = getWindow(op);
    SmallVector<Progression> dims;
    for (auto [outer, inner] : llvm::zip_equal(window.getDims(), box.getDims()))
      dims.push_back(Progression::get(outer.at(inner.offset), inner.size,
                                      outer.stride * inner.stride));
    return Route{box, Box(dims), {}, {}};
  }
  std::optional<Route> toResult(Operation *op, unsigned,
                                const Box &box) const override {
    Box window = getWindow(op);
    std::optional<Box> common = window.intersect(box);
    if (!common)
      return Route::nothing();
    return Route{*common, window.locate(*common), {}, {}};
  }
};

/// Each operand is a slab of the result.
struct ConcatenateGeometry : Rearrangement {
  SmallVector<std::pair<unsigned, unsigned>>
  getEdges(Operation *op) const override {
    SmallVector<std::pair<unsigned, unsigned>> edges;
    for (unsigned i = 0, n = op->getNumOperands(); i < n; ++i)
      edges.push_back({i, 0});
    return edges;
  }
  static int64_t getOffset(Operation *op, unsigned operand) {
    int64_t d = cast<stablehlo::ConcatenateOp>(op).getDimension(), offset = 0;
    for (Value before : op->getOperands().take_front(operand))
      offset += getShape(before)[d];
    return offset;
  }
  static Box shift(Box box, int64_t d, int64_t offset) {
    box[d].offset += offset;
    return box;
  }
  std::optional<Route> toOperand(Operation *op, unsigned operand,
                                 const Box &box) const override {
    int64_t d = cast<stablehlo::ConcatenateOp>(op).getDimension();
    int64_t offset = getOffset(op, operand);
    Box slab = shift(Box::whole(getShape(op->getOperand(operand))), d, offset);
    std::optional<Box> common = slab.intersect(box);
    if (!common)
      return Route::nothing();
    return Route{*common, shift(*common, d, -offset), {}, {}};
  }
  std::optional<Route> toResult(Operation *op, unsigned operand,
                                const Box &box) const override {
    int64_t d = cast<stablehlo::ConcatenateOp>(op).getDimension();
    return Route{box, shift(box, d, getOffset(op, operand)), {}, {}};
  }
};

/// The operand's elements are a box of the result; negative edges cut it.
struct PadGeometry : Rearrangement {
  /// The operand's elements that are not cut, and their places.
  static std::pair<Box, Box> getImage(Operation *op) {
    auto pad = cast<stablehlo::PadOp>(op);
    SmallVector<Progression> kept, places;
    for (auto [low, interior, size, limit] : llvm::zip_equal(
             pad.getEdgePaddingLow(), pad.getInteriorPadding(),
             getShape(pad.getOperand()), getShape(pad.getResult()))) {
      int64_t step = interior + 1;
      int64_t first = low < 0 ? (-low + step - 1) / step : 0;
      int64_t last = limit - 1 < low ? -1 : (limit - 1 - low) / step;
      int64_t count =
          std::max<int64_t>(0, std::min(last, size - 1) - first + 1);
      kept.push_back(Progression::get(first, count));
      places.push_back(Progression::get(low + first * step, count, step));
    }
    return {Box(kept), Box(places)};
  }
  std::optional<Route> toOperand(Operation *op, unsigned,
                                 const Box &box) const override {
    auto [kept, places] = getImage(op);
    std::optional<Box> common = places.intersect(box);
    if (!common)
      return Route::nothing();
    return Route{*common, through(places, kept, *common), {}, {}};
  }
  std::optional<Route> toResult(Operation *op, unsigned,
                                const Box &box) const override {
    auto [kept, places] = getImage(op);
    std::optional<Box> common = kept.intersect(box);
    if (!common)
      return Route::nothing();
    return Route{*common, through(kept, places, *common), {}, {}};
  }
  /// The part of `target` at the positions that `part` has in `source`.
  static Box through(const Box &source, const Box &target, const Box &part) {
    Box place = source.locate(part);
    SmallVector<Progression> dims;
    for (auto [outer, inner] :
         llvm::zip_equal(target.getDims(), place.getDims()))
      dims.push_back(Progression::get(outer.at(inner.offset), inner.size,
                                      outer.stride * inner.stride));
    return Box(dims);
  }
};

/// A pad also knows its padding, where the padding value is known.
struct PadModel
    : InvertibleOpInterface::ExternalModel<PadModel, stablehlo::PadOp> {
  SmallVector<Edge> getEdges(Operation *op) const {
    return getEdgesToResult(op, {0, 1}, Reach::Moved, Coupling::Affine);
  }
  bool prefersPieces(Operation *) const { return true; }
  void propagate(Operation *op, Knowledge &knowledge) const {
    propagateRearrangement(op, knowledge, PadGeometry());
    auto pad = cast<stablehlo::PadOp>(op);
    Value result = pad.getResult();
    if (knowledge.knows(result) || !knowledge.knows(pad.getPaddingValue()))
      return;
    IndexSet whole = Knowledge::wholeOf(result);
    IndexSet image(whole.getShape(), PadGeometry::getImage(op).second);
    for (const IndexSet &border : whole.subtract(image)) {
      if (knowledge.knows(result, border))
        continue;
      Emitter e(knowledge.getBuilder(), op->getLoc());
      Value value = knowledge.get(pad.getPaddingValue()).value;
      knowledge.learn(result, border,
                      Known{e.broadcast(value, border.getDataShape(), {}), {}});
    }
  }
};

/// The row-major numbers of `inner`'s indices within each of `outer`'s, where
/// they are evenly spaced: `inner` has dimension size `size`.
std::optional<Progression> collapse(const Progression &outer,
                                    const Progression &inner, int64_t size) {
  int64_t offset = outer.offset * size + inner.offset;
  if (inner.size == 1)
    return Progression::get(offset, outer.size, outer.stride * size);
  if (outer.size == 1 || outer.stride * size == inner.size * inner.stride)
    return Progression::get(offset, outer.size * inner.size, inner.stride);
  return std::nullopt;
}

/// The converse: evenly spaced numbers as a product of an outer progression
/// and one within a dimension of size `size`.
std::optional<std::pair<Progression, Progression>>
expand(const Progression &numbers, int64_t size) {
  int64_t first = numbers.offset / size, phase = numbers.offset % size;
  if (numbers.stride % size == 0 || numbers.size == 1)
    return std::pair(
        Progression::get(first, numbers.size,
                         std::max<int64_t>(1, numbers.stride / size)),
        Progression::get(phase, 1));
  if (numbers.last() / size == first)
    return std::pair(Progression::get(first, 1),
                     Progression::get(phase, numbers.size, numbers.stride));
  int64_t perRow = size / numbers.stride;
  if (size % numbers.stride == 0 && phase < numbers.stride &&
      numbers.size % perRow == 0)
    return std::pair(Progression::get(first, numbers.size / perRow),
                     Progression::get(phase, perRow, numbers.stride));
  return std::nullopt;
}

/// The image of a box under a reshape, if it is a box: dimension groups of
/// equal product are collapsed to numbers and expanded again.
std::optional<Box> reshapeBox(const Box &box, ArrayRef<int64_t> from,
                              ArrayRef<int64_t> to) {
  if (getNumElements(from) == 0)
    return Box::whole(to);
  SmallVector<Progression> image;
  size_t i = 0, j = 0;
  while (i < from.size() || j < to.size()) {
    Progression numbers = Progression::get(0, 1);
    int64_t fromProduct = 1, toProduct = 1;
    size_t groupBegin = j;
    auto takeFrom = [&]() {
      std::optional<Progression> next = collapse(numbers, box[i], from[i]);
      if (next)
        numbers = *next;
      fromProduct *= from[i++];
      return next.has_value();
    };
    // Unit dimensions beyond the last group join it.
    if (i < from.size() && !takeFrom())
      return std::nullopt;
    if (j < to.size())
      toProduct *= to[j++];
    while (fromProduct != toProduct) {
      if (fromProduct < toProduct) {
        if (!takeFrom())
          return std::nullopt;
      } else {
        toProduct *= to[j++];
      }
    }
    SmallVector<Progression> group;
    for (size_t d = j; d > groupBegin; --d) {
      auto parts = expand(numbers, to[d - 1]);
      if (!parts)
        return std::nullopt;
      numbers = parts->first;
      group.push_back(parts->second);
    }
    llvm::append_range(image, llvm::reverse(group));
  }
  return Box(image);
}

struct ReshapeGeometry : Rearrangement {
  static std::optional<Route> route(Value source, Value target,
                                    const Box &box) {
    std::optional<Box> to = reshapeBox(box, getShape(source), getShape(target));
    if (!to)
      return std::nullopt;
    SmallVector<int64_t> sizes = to->getSizes();
    return Route{
        box,
        *to,
        [sizes](Emitter &e, Value data) { return e.reshape(data, sizes); },
        {}};
  }
  std::optional<Route> toOperand(Operation *op, unsigned,
                                 const Box &box) const override {
    return route(op->getResult(0), op->getOperand(0), box);
  }
  std::optional<Route> toResult(Operation *op, unsigned,
                                const Box &box) const override {
    return route(op->getOperand(0), op->getResult(0), box);
  }
};

} // namespace

void invhlo::attachRearrangementRules(MLIRContext *context) {
  attachFreeRearrangement<stablehlo::SliceOp, SliceGeometry>(context);
  attachFreeRearrangement<stablehlo::ConcatenateOp, ConcatenateGeometry>(
      context);
  attachFreeRearrangement<stablehlo::OptimizationBarrierOp, IdentityGeometry>(
      context);
  attachRearrangement<stablehlo::TransposeOp, TransposeGeometry>(context);
  attachRearrangement<stablehlo::ReverseOp, ReverseGeometry>(context);
  attachRearrangement<stablehlo::ReshapeOp, ReshapeGeometry>(context);
  stablehlo::PadOp::attachInterface<PadModel>(*context);
}
