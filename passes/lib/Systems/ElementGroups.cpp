// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "ElementGroups.h"

#include "invhlo/Idioms/Precedence.h"
#include "invhlo/StableHLO/Analysis/Indices.h"
#include "mlir/Dialect/Utils/IndexingUtils.h"
#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/IntEqClasses.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVectorExtras.h"

using namespace mlir;
using namespace invhlo;
using namespace invhlo::stablehlo;

/// More coordinates than these are not looked at.
static constexpr int64_t kMostCoordinates = int64_t(1) << 20;
/// How often groups are joined before all are taken for one.
static constexpr unsigned kMostRounds = 8;

namespace {
/// For each y, the first and the last position of xs that an element depends
/// on, of elements that are held in one shape.
struct Reached {
  SmallVector<Literal> first, last;
};

/// Finds the groups of a system.
class GroupFinder {
public:
  explicit GroupFinder(const AffineSystem &system) : system(system) {}

  std::optional<ElementGroups> find();

private:
  Reached reach(ArrayRef<Literal> positions, int64_t count) const;
  /// The last positions of what each op computes.
  SmallVector<Literal> reachLast(ArrayRef<Literal> positions) const;
  /// Adds dimension `d` of all xs to the batch if it is one.
  void addBatchDim(int64_t d);
  /// Numbers the elements of xs that are no batch. Returns how many there are.
  int64_t number();
  /// The elements of xs with the numbers of their groups for positions.
  SmallVector<Literal> getPositions(const llvm::IntEqClasses &classes) const;
  /// Joins groups until no y depends on two. Returns the group of each element
  /// of ys, none if one depends on nothing.
  std::optional<SmallVector<SmallVector<int64_t>>>
  join(llvm::IntEqClasses &classes, int64_t count);
  /// The first or the last of the positions that a literal of y number `i` has
  /// all along the batch, for each element that is no batch.
  SmallVector<int64_t> collapse(unsigned i, const Literal &literal,
                                bool isFirst) const;

  const AffineSystem &system;
  ElementGroups groups;
  /// Where the numbers of each x start.
  SmallVector<int64_t> offsets;
};
} // namespace

SmallVector<int64_t> ElementGroups::getDims(ArrayRef<int64_t> ofBatch,
                                            int64_t rank) {
  SmallVector<int64_t> dims(ofBatch);
  for (int64_t d : llvm::seq(rank))
    if (!llvm::is_contained(ofBatch, d))
      dims.push_back(d);
  return dims;
}

SmallVector<Literal> GroupFinder::reachLast(ArrayRef<Literal> positions) const {
  ArrayRef<Value> xs = system.getXs();
  Precedence last(xs.front(), positions.front());
  for (auto [x, at] : llvm::zip_equal(xs, positions))
    last.set(x, at);
  // What is computed from known ys is known too.
  for (Value y : system.getYs())
    last.setIndependent(y);
  SmallVector<Literal> reached;
  for (Operation *op : system.getOps()) {
    for (Value operand : op->getOperands())
      if (Value source = system.lookThrough(operand);
          source != operand && system.isDependent(operand))
        last.set(operand, last.get(source));
    last.visit(op);
    Value result = op->getResult(0);
    reached.push_back(last.get(result));
    if (!system.isDependent(result))
      last.setIndependent(result);
  }
  return reached;
}

Reached GroupFinder::reach(ArrayRef<Literal> positions, int64_t count) const {
  auto reverse = [&](const Literal &at) {
    std::vector<Element> elements;
    for (int64_t i : llvm::seq(at.getNumHeld())) {
      int64_t position = at.getInteger(i);
      elements.push_back(toElement(
          position < 0 ? position : count - 1 - position, at.getElementType()));
    }
    return Literal(at.getType(), at.getHeldShape(), std::move(elements));
  };
  Reached reached;
  SmallVector<Literal> reversed = llvm::map_to_vector(positions, reverse);
  for (auto [op, last, back] : llvm::zip_equal(
           system.getOps(), reachLast(positions), reachLast(reversed))) {
    if (system.isDependent(op->getResult(0)))
      continue;
    SmallVector<int64_t> held;
    for (auto [a, b] :
         llvm::zip_equal(last.getHeldShape(), back.getHeldShape()))
      held.push_back(std::max(a, b));
    reached.last.push_back(last.holding(held));
    reached.first.push_back(reverse(back.holding(held)));
  }
  return reached;
}

/// The dimension that integers are the indices along, if there is one.
static std::optional<int64_t> getCountedDim(const Literal &literal) {
  ArrayRef<int64_t> held = literal.getHeldShape();
  for (int64_t d : llvm::seq<int64_t>(held.size())) {
    bool counts = held[d] != 1;
    int64_t next = 0;
    forEachIndex(held, [&](ArrayRef<int64_t> index) {
      counts &= literal.getInteger(next++) == index[d];
    });
    if (counts)
      return d;
  }
  return std::nullopt;
}

void GroupFinder::addBatchDim(int64_t d) {
  BatchDim dim;
  dim.size = getTensorType(system.getXs().front()).getDimSize(d);
  SmallVector<Literal> positions;
  for (Value x : system.getXs()) {
    dim.ofXs.push_back(d);
    positions.push_back(
        Precedence::getPositions(getTensorType(x), d, /*isReversed=*/false));
  }
  Reached reached = reach(positions, dim.size);
  auto isOne = [](const Literal &first, const Literal &last) {
    return llvm::all_of(llvm::seq(last.getNumHeld()), [&](int64_t i) {
      return first.getInteger(i) == last.getInteger(i);
    });
  };
  for (auto [first, last] : llvm::zip_equal(reached.first, reached.last)) {
    std::optional<int64_t> counted = getCountedDim(last);
    if (!counted || !isOne(first, last))
      return;
    dim.ofYs.push_back(*counted);
  }
  for (Value x : system.getXs())
    dim.ofResults[x] = d;
  for (auto [op, last] : llvm::zip_equal(system.getOps(), reachLast(positions)))
    if (std::optional<int64_t> counted = getCountedDim(last))
      dim.ofResults[op->getResult(0)] = *counted;
  groups.batch.push_back(std::move(dim));
}

/// Those of a value that are no batch.
static SmallVector<int64_t> getHeldOutside(Value value,
                                           ArrayRef<int64_t> batch) {
  SmallVector<int64_t> held(getTensorType(value).getShape());
  for (int64_t d : batch)
    held[d] = 1;
  return held;
}

/// The dimensions of the batch in value number `i`.
template <typename GetDims>
static SmallVector<int64_t> getBatch(ArrayRef<BatchDim> batch, unsigned i,
                                     GetDims getDims) {
  return llvm::map_to_vector(
      batch, [&](const BatchDim &dim) { return getDims(dim)[i]; });
}

int64_t GroupFinder::number() {
  int64_t next = 0;
  for (auto [i, x] : llvm::enumerate(system.getXs())) {
    offsets.push_back(next);
    next += ShapedType::getNumElements(
        getHeldOutside(x, getBatch(groups.batch, i, [](const BatchDim &dim) {
                         return ArrayRef(dim.ofXs);
                       })));
  }
  offsets.push_back(next);
  return next;
}

SmallVector<Literal>
GroupFinder::getPositions(const llvm::IntEqClasses &classes) const {
  SmallVector<Literal> positions;
  for (auto [i, x] : llvm::enumerate(system.getXs())) {
    RankedTensorType type = getTensorType(x);
    auto integer = IntegerType::get(x.getContext(), 32);
    std::vector<Element> elements;
    for (int64_t number : llvm::seq(offsets[i], offsets[i + 1]))
      elements.push_back(toElement(classes[number], integer));
    SmallVector<int64_t> held =
        getHeldOutside(x, getBatch(groups.batch, i, [](const BatchDim &dim) {
                         return ArrayRef(dim.ofXs);
                       }));
    positions.emplace_back(type.clone(integer), held, std::move(elements));
  }
  return positions;
}

SmallVector<int64_t> GroupFinder::collapse(unsigned i, const Literal &literal,
                                           bool isFirst) const {
  SmallVector<int64_t> ofBatch = getBatch(
      groups.batch, i, [](const BatchDim &dim) { return ArrayRef(dim.ofYs); });
  SmallVector<int64_t> outside = getHeldOutside(system.getYs()[i], ofBatch);
  SmallVector<int64_t> held(outside);
  if (!literal.isSplat())
    for (int64_t d : ofBatch)
      held[d] = literal.getHeldShape()[d];
  Literal all = literal.holding(held);
  SmallVector<int64_t> strides = computeStrides(outside);
  for (int64_t d : ofBatch)
    strides[d] = 0;
  SmallVector<int64_t> collapsed(ShapedType::getNumElements(outside), -1);
  int64_t next = 0;
  forEachIndex(held, [&](ArrayRef<int64_t> index) {
    int64_t position = all.isSplat() ? all.getInteger(0) : all.getInteger(next);
    ++next;
    int64_t &kept = collapsed[linearize(index, strides)];
    bool isKept = isFirst ? position < kept : position > kept;
    if (position >= 0 && (kept < 0 || isKept))
      kept = position;
  });
  return collapsed;
}

/// Whether each of `count` positions is that of one element.
static bool areDistinct(ArrayRef<SmallVector<int64_t>> positions,
                        int64_t count) {
  SmallVector<bool> seen(count, false);
  for (ArrayRef<int64_t> ofValue : positions)
    for (int64_t position : ofValue)
      if (position < 0 || std::exchange(seen[position], true))
        return false;
  return !llvm::is_contained(seen, false);
}

std::optional<SmallVector<SmallVector<int64_t>>>
GroupFinder::join(llvm::IntEqClasses &classes, int64_t count) {
  for (unsigned round = 0;; ++round) {
    classes.compress();
    unsigned numClasses = classes.getNumClasses();
    Reached reached = reach(getPositions(classes), numClasses);
    SmallVector<SmallVector<int64_t>> firsts, lasts;
    for (unsigned i : llvm::seq<unsigned>(system.getYs().size())) {
      firsts.push_back(collapse(i, reached.first[i], /*isFirst=*/true));
      lasts.push_back(collapse(i, reached.last[i], /*isFirst=*/false));
    }
    if (round == 0)
      groups.isTriangular =
          areDistinct(firsts, count) || areDistinct(lasts, count);
    SmallVector<int64_t> representative(numClasses);
    for (int64_t number : llvm::seq(count))
      representative[classes[number]] = number;
    classes.uncompress();
    bool isJoined = false;
    for (auto [first, last] : llvm::zip_equal(firsts, lasts))
      for (auto [from, to] : llvm::zip_equal(first, last)) {
        if (from < 0 || to < 0)
          return std::nullopt;
        if (from == to)
          continue;
        isJoined = true;
        classes.join(representative[from], representative[to]);
      }
    if (isJoined && round < kMostRounds)
      continue;
    for (int64_t number = 1; isJoined && number < count; ++number)
      classes.join(0, number);
    classes.compress();
    if (isJoined)
      for (SmallVector<int64_t> &ofY : lasts)
        llvm::fill(ofY, 0);
    return lasts;
  }
}

/// The parts of values, and how many numbers an element has.
static SmallVector<ValuePart> getParts(ArrayRef<Value> values,
                                       bool isComplexLinear) {
  SmallVector<ValuePart> parts;
  for (auto [i, value] : llvm::enumerate(values)) {
    if (!isComplexLinear && isa<ComplexType>(getElementTypeOrSelf(value)))
      parts.append({{unsigned(i), ValuePart::Real},
                    {unsigned(i), ValuePart::Imaginary}});
    else
      parts.push_back({unsigned(i), ValuePart::Whole});
  }
  return parts;
}

/// The coordinates of parts, group by group, if the elements of each value are
/// in such groups.
static SmallVector<int64_t> order(ArrayRef<ValuePart> parts,
                                  ArrayRef<SmallVector<int64_t>> groups,
                                  unsigned numGroups) {
  SmallVector<SmallVector<int64_t>> members(numGroups);
  int64_t coordinate = 0;
  for (const ValuePart &part : parts)
    for (int64_t group : groups[part.value])
      members[group].push_back(coordinate++);
  SmallVector<int64_t> ordered;
  for (ArrayRef<int64_t> group : members)
    llvm::append_range(ordered, group);
  return ordered;
}

/// Whether all groups have as many coordinates.
static bool areOfOneSize(ArrayRef<ValuePart> parts,
                         ArrayRef<SmallVector<int64_t>> groups,
                         unsigned numGroups) {
  SmallVector<int64_t> sizes(numGroups, 0);
  for (const ValuePart &part : parts)
    for (int64_t group : groups[part.value])
      ++sizes[group];
  return llvm::all_equal(sizes);
}

std::optional<ElementGroups> GroupFinder::find() {
  ArrayRef<Value> xs = system.getXs();
  int64_t rank = getTensorType(xs.front()).getRank();
  for (Value x : xs)
    rank = std::min(rank, getTensorType(x).getRank());
  for (int64_t d : llvm::seq(rank)) {
    int64_t size = getTensorType(xs.front()).getDimSize(d);
    if (size > 1 && llvm::all_of(xs, [&](Value x) {
          return getTensorType(x).getDimSize(d) == size;
        }))
      addBatchDim(d);
  }
  int64_t count = number();
  if (count > kMostCoordinates)
    return std::nullopt;
  llvm::IntEqClasses classes(count);
  auto groupsOfYs = join(classes, count);
  if (!groupsOfYs)
    return std::nullopt;
  SmallVector<SmallVector<int64_t>> groupsOfXs;
  for (unsigned i : llvm::seq<unsigned>(xs.size()))
    groupsOfXs.push_back(llvm::map_to_vector(
        llvm::seq(offsets[i], offsets[i + 1]),
        [&](int64_t number) { return int64_t(classes[number]); }));
  groups.partsOfXs = getParts(xs, system.isComplexLinear());
  groups.partsOfYs = getParts(system.getYs(), system.isComplexLinear());
  unsigned numGroups = classes.getNumClasses();
  if (!areOfOneSize(groups.partsOfXs, groupsOfXs, numGroups) ||
      !areOfOneSize(groups.partsOfYs, *groupsOfYs, numGroups)) {
    numGroups = 1;
    for (auto *values : {&groupsOfXs, &*groupsOfYs})
      for (SmallVector<int64_t> &ofValue : *values)
        llvm::fill(ofValue, 0);
  }
  groups.orderOfXs = order(groups.partsOfXs, groupsOfXs, numGroups);
  groups.orderOfYs = order(groups.partsOfYs, *groupsOfYs, numGroups);
  if (groups.orderOfXs.size() != groups.orderOfYs.size())
    return std::nullopt;
  groups.count = numGroups;
  groups.size = groups.orderOfXs.size() / numGroups;
  return groups;
}

std::optional<ElementGroups> ElementGroups::find(const AffineSystem &system) {
  return GroupFinder(system).find();
}
