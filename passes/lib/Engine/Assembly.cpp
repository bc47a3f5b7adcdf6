// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Engine/Assembly.h"

#include "invhlo/Interfaces/Knowledge.h"
#include "invhlo/Interfaces/Masks.h"
#include "invhlo/StableHLO/Emission.h"
#include "invhlo/StableHLO/StableHLO.h"

using namespace mlir;
using namespace invhlo;

static Value createSlice(OpBuilder &b, Location loc, Value data,
                         const Box &box) {
  return stablehlo::createSlice(b, loc, data, box.getOffsets(), box.getLimits(),
                                box.getStrides());
}

static Value embed(OpBuilder &b, Location loc, Value data, const Box &box,
                   ArrayRef<int64_t> shape) {
  return stablehlo::createEmbedding(b, loc, data, box.getOffsets(),
                                    box.getStrides(), shape);
}

Value invhlo::extract(OpBuilder &b, Location loc, const Part &part,
                      const IndexSet &wanted) {
  const IndexSet &have = part.where;
  if (have.isBox() && wanted.isBox())
    return createSlice(b, loc, part.data,
                       have.getBox().locate(wanted.getBox()));
  if (have.isBox())
    return embed(b, loc, part.data, have.getBox(), have.getShape());
  if (wanted.isBox())
    return createSlice(b, loc, part.data, wanted.getBox());
  return part.data;
}

/// The data of a box or mask, spread out to the tensor's full shape.
static Value spread(OpBuilder &b, Location loc, const Part &part) {
  if (!part.where.isBox())
    return part.data;
  return embed(b, loc, part.data, part.where.getBox(), part.where.getShape());
}

/// Full-shape data that holds every part at its place.
static Value blend(OpBuilder &b, Location loc, ArrayRef<Part> parts) {
  Value result = spread(b, loc, parts.front());
  for (const Part &part : parts.drop_front()) {
    Value mask = createMask(b, loc, part.where);
    Value data = spread(b, loc, part);
    result = stablehlo::SelectOp::create(b, loc, mask, data, result);
  }
  return result;
}

namespace {
/// Boxes that tile a box, recursively cut along one dimension at a time.
class Tiling {
public:
  Tiling(OpBuilder &b, Location loc) : b(b), loc(loc) {}

  /// Null where no sequence of cuts separates the parts.
  Value assemble(const Box &target, SmallVector<Part> parts) {
    if (parts.size() == 1 && parts.front().where.getBox() == target)
      return parts.front().data;
    for (unsigned d = 0, rank = target.getRank(); d < rank; ++d)
      if (Value whole = concatenate(target, parts, d))
        return whole;
    for (unsigned d = 0, rank = target.getRank(); d < rank; ++d)
      if (Value whole = interleave(target, parts, d))
        return whole;
    return {};
  }

private:
  static const Progression &extent(const Part &part, unsigned d) {
    return part.where.getBox()[d];
  }

  Value concatenate(const Box &target, SmallVector<Part> &parts, unsigned d) {
    llvm::stable_sort(parts, [&](const Part &a, const Part &b) {
      return extent(a, d).offset < extent(b, d).offset;
    });
    SmallVector<SmallVector<Part>> groups;
    int64_t last = -1;
    for (const Part &part : parts) {
      if (groups.empty() || extent(part, d).offset > last)
        groups.emplace_back();
      groups.back().push_back(part);
      last = std::max(last, extent(part, d).last());
    }
    if (groups.size() == 1)
      return {};
    SmallVector<Value> slabs;
    for (SmallVector<Part> &group : groups) {
      int64_t first = extent(group.front(), d).offset, end = first;
      for (const Part &part : group)
        end = std::max(end, extent(part, d).last());
      Box slab = target;
      slab[d] = Progression::get(first, (end - first) / target[d].stride + 1,
                                 target[d].stride);
      Value data = assemble(slab, std::move(group));
      if (!data)
        return {};
      slabs.push_back(data);
    }
    return stablehlo::ConcatenateOp::create(b, loc, slabs, d);
  }

  /// Joins parts that take turns: every m-th index each.
  Value interleave(const Box &target, ArrayRef<Part> parts, unsigned d) {
    int64_t stride = 0;
    for (const Part &part : parts)
      if (extent(part, d).size > 1)
        stride = extent(part, d).stride;
    int64_t turns = stride / target[d].stride;
    if (turns < 2 || target[d].size % turns != 0)
      return {};
    SmallVector<SmallVector<Part>> groups(turns);
    for (const Part &part : parts) {
      if (extent(part, d).size > 1 && extent(part, d).stride != stride)
        return {};
      groups[target[d].find(extent(part, d).offset) % turns].push_back(part);
    }
    SmallVector<Value> rows;
    for (auto [turn, group] : llvm::enumerate(groups)) {
      Box comb = target;
      comb[d] =
          Progression::get(target[d].at(turn), target[d].size / turns, stride);
      Value data = group.empty() ? Value() : assemble(comb, std::move(group));
      if (!data)
        return {};
      RankedTensorType type = getTensorType(data);
      SmallVector<int64_t> shape(type.getShape());
      shape.insert(shape.begin() + d + 1, 1);
      rows.push_back(
          stablehlo::ReshapeOp::create(b, loc, type.clone(shape), data));
    }
    Value stacked = stablehlo::ConcatenateOp::create(b, loc, rows, d + 1);
    return stablehlo::ReshapeOp::create(
        b, loc, getTensorType(stacked).clone(target.getSizes()), stacked);
  }

  OpBuilder &b;
  Location loc;
};
} // namespace

Value invhlo::assemble(OpBuilder &b, Location loc, const IndexSet &wanted,
                       ArrayRef<Part> parts) {
  if (parts.size() == 1)
    return extract(b, loc, parts.front(), wanted);
  bool allBoxes =
      llvm::all_of(parts, [](const Part &p) { return p.where.isBox(); });
  if (wanted.isBox() && allBoxes)
    if (Value tiled =
            Tiling(b, loc).assemble(wanted.getBox(), SmallVector<Part>(parts)))
      return tiled;
  Value full = blend(b, loc, parts);
  return extract(b, loc, {IndexSet::whole(wanted.getShape()), full}, wanted);
}

Known invhlo::assemble(OpBuilder &b, const IndexSet &where,
                       ArrayRef<Piece> pieces) {
  Location loc = pieces.front().data.value.getLoc();
  SmallVector<std::pair<const Piece *, IndexSet>> used;
  for (const Piece &piece : pieces)
    if (IndexSet common = piece.where.intersect(where); !common.empty())
      used.push_back({&piece, std::move(common)});
  // What has no shares of its own gets none from its neighbours.
  bool anyShare = llvm::any_of(
      used, [](const auto &use) { return bool(use.first->data.share); });
  SmallVector<Part> values, shares;
  for (auto &[piece, common] : used) {
    auto [value, share] = piece->data;
    values.push_back({common, extract(b, loc, {piece->where, value}, common)});
    if (!anyShare)
      continue;
    RankedTensorType type =
        getShareTensorType(getTensorType(value).clone(common.getDataShape()));
    share = share ? extract(b, loc, {piece->where, share}, common)
                  : stablehlo::createSplat(b, loc, type, 0);
    shares.push_back({common, share});
  }
  return {assemble(b, loc, where, values),
          anyShare ? assemble(b, loc, where, shares) : Value()};
}
