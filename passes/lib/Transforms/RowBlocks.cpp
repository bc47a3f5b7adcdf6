// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "RowAccesses.h"
#include "invhlo/StableHLO/Emission.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace invhlo;
using namespace invhlo::stablehlo;

static RankedTensorType getTensorType(Value value) {
  return cast<RankedTensorType>(value.getType());
}

namespace {
/// Lets each step read and write a carried array by blocks: as many rows as lie
/// between those of two steps, from the first on that a step writes.
class Blocks {
public:
  Blocks(CountedLoop &loop, Value array, Accesses &accesses)
      : loop(loop), array(array), accesses(accesses) {}

  void run() {
    if (!match())
      return;
    SmallVector<Operation *> inOrder(accesses.writes.begin(),
                                     accesses.writes.end());
    inOrder.append(accesses.reads.begin(), accesses.reads.end());
    llvm::sort(inOrder, [](Operation *a, Operation *b) {
      return a->isBeforeInBlock(b);
    });
    DynamicUpdateSliceOp last = accesses.writes.back();
    for (Operation *op : inOrder)
      if (auto read = dyn_cast<DynamicSliceOp>(op))
        replaceRead(read);
      else
        owns[op->getResult(0)] = applyWrite(cast<DynamicUpdateSliceOp>(op));
    OpBuilder b(last);
    Window window = getBlock(b, last.getStartIndices(), places[last].inner);
    Value next = window.update(b, last.getLoc(), array, owns[last]);
    last.getResult().replaceAllUsesWith(next);
    for (DynamicUpdateSliceOp write : llvm::reverse(accesses.writes))
      write.erase();
  }

private:
  /// Where an access is: in which block, counted from that of the step, and
  /// from which of its rows on.
  struct Place {
    int64_t block, inner;
  };

  static SmallVector<int64_t> getSizes(Operation *access) {
    if (auto write = dyn_cast<DynamicUpdateSliceOp>(access))
      return SmallVector<int64_t>(getTensorType(write.getUpdate()).getShape());
    return SmallVector<int64_t>(cast<DynamicSliceOp>(access).getSliceSizes());
  }
  static ValueRange getStarts(Operation *access) {
    if (auto write = dyn_cast<DynamicUpdateSliceOp>(access))
      return write.getStartIndices();
    return cast<DynamicSliceOp>(access).getStartIndices();
  }
  std::optional<Rows> matchRows(Operation *access) {
    return loop.matchWindow(getStarts(access), getSizes(access),
                            getTensorType(array).getShape());
  }

  /// Finds the block, and where all accesses are. There is nothing to do if a
  /// step writes one row.
  bool match() {
    SmallVector<Rows> written;
    for (DynamicUpdateSliceOp write : accesses.writes) {
      std::optional<Rows> rows = matchRows(write);
      if (!rows || (!written.empty() && !isAlong(*rows, written.front())))
        return false;
      written.push_back(*rows);
    }
    block = written.front();
    block.width = std::abs(block.number.step);
    for (const Rows &rows : written)
      block.number.first = std::min(block.number.first, rows.number.first);
    if (block.width == 1 && written.size() == 1)
      return false;
    // It may begin before the first row that is written.
    for (int64_t i = 0; i < block.width; ++i, --block.number.first)
      if (findPlaces())
        return true;
    return false;
  }

  bool findPlaces() {
    places.clear();
    auto isInOwn = [&](DynamicUpdateSliceOp write) {
      std::optional<Place> place = findPlace(write);
      return place && place->block == 0;
    };
    auto isPlaced = [&](DynamicSliceOp read) {
      return findPlace(read).has_value();
    };
    return llvm::all_of(accesses.writes, isInOwn) &&
           llvm::all_of(accesses.reads, isPlaced);
  }

  static bool isAlong(const Rows &rows, const Rows &others) {
    return rows.dim == others.dim && rows.number.step == others.number.step;
  }

  std::optional<Place> findPlace(Operation *access) {
    std::optional<Rows> rows = matchRows(access);
    if (!rows || !isAlong(*rows, block))
      return std::nullopt;
    int64_t distance = rows->number.first - block.number.first;
    Place place;
    place.block = llvm::divideFloorSigned(distance, block.width);
    place.inner = distance - place.block * block.width;
    Progress first{rows->number.first - place.inner, block.number.step};
    int64_t size = getTensorType(array).getDimSize(block.dim);
    for (int64_t start : {first.first, first.at(loop.getCount() - 1)})
      if (start < 0 || start + block.width > size)
        return std::nullopt;
    if (place.inner + rows->width > block.width)
      return std::nullopt;
    places[access] = place;
    return place;
  }

  /// The block in which an access from `starts` on is at row `inner`.
  Window getBlock(OpBuilder &b, ValueRange starts, int64_t inner) {
    Location loc = array.getLoc();
    Value start = starts[block.dim];
    auto type = cast<RankedTensorType>(start.getType());
    Window window(b, array, type);
    if (inner != 0)
      start = SubtractOp::create(b, loc, start,
                                 createSplat(b, loc, type, double(inner)));
    window.starts[block.dim] = start;
    window.sizes[block.dim] = block.width;
    return window;
  }

  /// The block that `access` is in, as it is before the step.
  Value readBlock(Operation *access) {
    auto [number, inner] = places[access];
    Value &data = blocks[number];
    if (!data) {
      OpBuilder b(access);
      Window window = getBlock(b, getStarts(access), inner);
      data = window.slice(b, access->getLoc(), array);
    }
    return data;
  }

  void replaceRead(DynamicSliceOp read) {
    auto [number, inner] = places[read];
    Value data = number == 0 ? getOwn(read) : readBlock(read);
    SmallVector<int64_t> limits(getTensorType(data).getShape());
    SmallVector<int64_t> starts(limits.size(), 0), strides(limits.size(), 1);
    starts[block.dim] = inner;
    limits[block.dim] = inner + read.getSliceSizes()[block.dim];
    OpBuilder b(read);
    Value rows = createSlice(b, read.getLoc(), data, starts, limits, strides);
    read.getResult().replaceAllUsesWith(rows);
    read.erase();
  }

  /// The block of the step in what `access` reads or changes.
  Value getOwn(Operation *access) {
    Value own = owns.lookup(access->getOperand(0));
    return own ? own : readBlock(access);
  }

  /// The block of the step after `write`.
  Value applyWrite(DynamicUpdateSliceOp write) {
    Value update = write.getUpdate();
    if (getTensorType(update).getDimSize(block.dim) == block.width)
      return update;
    Value before = getOwn(write);
    OpBuilder b(write);
    auto number = cast<RankedTensorType>(
        ValueRange(write.getStartIndices()).front().getType());
    SmallVector<Value> starts;
    for (int64_t dim = 0, rank = getTensorType(before).getRank(); dim < rank;
         ++dim)
      starts.push_back(
          createSplat(b, write.getLoc(), number,
                      dim == block.dim ? double(places[write].inner) : 0));
    return DynamicUpdateSliceOp::create(b, write.getLoc(), before, update,
                                        starts);
  }

  CountedLoop &loop;
  Value array;
  Accesses &accesses;
  Rows block;
  DenseMap<Operation *, Place> places;
  /// Blocks as they are before the step, by their number.
  DenseMap<int64_t, Value> blocks;
  /// The block of the step in what each write leaves.
  DenseMap<Value, Value> owns;
};
} // namespace

void invhlo::joinRows(WhileOp op, CountedLoop &loop) {
  for (unsigned k = 0, e = op.getNumResults(); k < e; ++k)
    if (std::optional<Accesses> accesses = Accesses::find(op, k))
      Blocks(loop, op.getBody().getArgument(k), *accesses).run();
}
