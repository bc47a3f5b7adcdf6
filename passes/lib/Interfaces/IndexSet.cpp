// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Interfaces/IndexSet.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"

using namespace invhlo;
using llvm::ArrayRef;
using llvm::BitVector;
using llvm::SmallVector;

int64_t invhlo::getNumElements(ArrayRef<int64_t> shape) {
  int64_t count = 1;
  for (int64_t size : shape)
    count *= size;
  return count;
}

/// Merges dimension `d` of a mask if its elements are the same along it.
static void mergeDimension(Mask &mask, unsigned d) {
  int64_t inner = getNumElements(ArrayRef(mask.shape).drop_front(d + 1));
  int64_t outer = getNumElements(ArrayRef(mask.shape).take_front(d));
  int64_t size = mask.shape[d], stride = size * inner;
  for (int64_t block = 0; block < outer; ++block)
    for (int64_t i = 0; i < inner; ++i)
      for (int64_t j = 1; j < size; ++j)
        if (mask.bits[block * stride + j * inner + i] !=
            mask.bits[block * stride + i])
          return;
  BitVector bits(outer * inner);
  for (int64_t block = 0; block < outer; ++block)
    for (int64_t i = 0; i < inner; ++i)
      bits[block * inner + i] = mask.bits[block * stride + i];
  mask.bits = std::move(bits);
  mask.shape[d] = 1;
}

IndexSet::IndexSet(ArrayRef<int64_t> shape, Mask mask) : shape(shape) {
  if (invhlo::getNumElements(shape) == 0 || mask.bits.all()) {
    elements = Box::whole(shape);
    return;
  }
  for (auto [d, size] : llvm::enumerate(mask.shape))
    if (size != 1)
      mergeDimension(mask, d);
  elements = std::move(mask);
}

SmallVector<int64_t, 4> IndexSet::getMaskShape() const {
  if (!isBox())
    return std::get<Mask>(elements).shape;
  SmallVector<int64_t, 4> maskShape;
  for (auto [dim, size] : llvm::zip_equal(getBox().getDims(), shape))
    maskShape.push_back(dim.size == size ? 1 : size);
  return maskShape;
}

/// The bits of `mask` in a mask of more dimensions that are not merged.
static BitVector expand(const Mask &mask, ArrayRef<int64_t> maskShape) {
  BitVector bits(getNumElements(maskShape));
  SmallVector<int64_t> index(maskShape.size(), 0);
  for (unsigned i = 0, n = bits.size(); i < n; ++i) {
    int64_t number = 0;
    for (auto [at, size] : llvm::zip_equal(index, mask.shape))
      number = number * size + (size == 1 ? 0 : at);
    bits[i] = mask.bits[number];
    for (size_t d = index.size(); d > 0 && ++index[d - 1] == maskShape[d - 1];)
      index[--d] = 0;
  }
  return bits;
}

BitVector IndexSet::getBitsIn(ArrayRef<int64_t> maskShape) const {
  if (!isBox()) {
    const auto &mask = std::get<Mask>(elements);
    return ArrayRef(mask.shape) == maskShape ? mask.bits
                                             : expand(mask, maskShape);
  }
  Box box = getBox();
  for (auto [d, size] : llvm::enumerate(maskShape))
    if (size == 1)
      box[d] = Progression::get(0, std::min<int64_t>(box[d].size, 1));
  BitVector bits(invhlo::getNumElements(maskShape));
  if (box.isWhole(maskShape))
    bits.set();
  else
    box.forEachElement(maskShape, [&](int64_t element) { bits.set(element); });
  return bits;
}

Mask IndexSet::getMask() const {
  if (!isBox())
    return std::get<Mask>(elements);
  SmallVector<int64_t, 4> maskShape = getMaskShape();
  BitVector bits = getBitsIn(maskShape);
  return {std::move(maskShape), std::move(bits)};
}

BitVector IndexSet::getBits() const { return getBitsIn(shape); }

int64_t IndexSet::getNumElements() const {
  if (isBox())
    return getBox().getNumElements();
  const auto &mask = std::get<Mask>(elements);
  // Every bit stands for as many elements.
  return int64_t(mask.bits.count()) *
         (invhlo::getNumElements(shape) / int64_t(mask.bits.size()));
}

SmallVector<int64_t> IndexSet::getDataShape() const {
  return isBox() ? getBox().getSizes() : SmallVector<int64_t>(getShape());
}

IndexSet IndexSet::combine(
    const IndexSet &other,
    llvm::function_ref<void(BitVector &, const BitVector &)> combine) const {
  SmallVector<int64_t, 4> maskShape = getMaskShape();
  for (auto [size, otherSize] :
       llvm::zip_equal(maskShape, other.getMaskShape()))
    size = std::max(size, otherSize);
  BitVector bits = getBitsIn(maskShape);
  combine(bits, other.getBitsIn(maskShape));
  return IndexSet(shape, Mask{std::move(maskShape), std::move(bits)});
}

IndexSet IndexSet::intersect(const IndexSet &other) const {
  if (isWhole())
    return other;
  if (other.isWhole())
    return *this;
  if (isBox() && other.isBox()) {
    if (std::optional<Box> common = getBox().intersect(other.getBox()))
      return IndexSet(shape, std::move(*common));
    SmallVector<int64_t, 4> unit(shape.size(), 1);
    return IndexSet(shape, Mask{std::move(unit), BitVector(1)});
  }
  return combine(other, [](BitVector &a, const BitVector &b) { a &= b; });
}

IndexSet IndexSet::unite(const IndexSet &other) const {
  return combine(other, [](BitVector &a, const BitVector &b) { a |= b; });
}

SmallVector<IndexSet, 2> IndexSet::subtract(const IndexSet &other) const {
  SmallVector<IndexSet, 2> rest;
  if (isBox() && other.isBox())
    if (auto boxes = getBox().subtract(other.getBox())) {
      for (Box &box : *boxes)
        rest.push_back(IndexSet(shape, std::move(box)));
      return rest;
    }
  bool isDisjoint = false;
  IndexSet left = combine(other, [&](BitVector &a, const BitVector &b) {
    isDisjoint = !a.anyCommon(b);
    a.reset(b);
  });
  if (isDisjoint)
    return {*this};
  if (!left.empty())
    rest.push_back(std::move(left));
  return rest;
}

llvm::hash_code invhlo::hash_value(const IndexSet &set) {
  llvm::hash_code code =
      llvm::hash_combine_range(set.shape.begin(), set.shape.end());
  if (set.isBox()) {
    for (const Progression &dim : set.getBox().getDims())
      code = llvm::hash_combine(code, dim.offset, dim.size, dim.stride);
    return code;
  }
  const auto &mask = std::get<Mask>(set.elements);
  ArrayRef<uintptr_t> words = mask.bits.getData();
  return llvm::hash_combine(
      code, llvm::hash_combine_range(mask.shape.begin(), mask.shape.end()),
      llvm::hash_combine_range(words.begin(), words.end()));
}

IndexSet invhlo::uniteAll(ArrayRef<IndexSet> sets) {
  IndexSet all = sets.front();
  for (const IndexSet &other : sets.drop_front())
    all = all.unite(other);
  return all;
}

SmallVector<IndexSet> invhlo::subtract(SmallVector<IndexSet> sets,
                                       ArrayRef<IndexSet> removed) {
  for (const IndexSet &other : removed) {
    SmallVector<IndexSet> rest;
    for (const IndexSet &set : sets)
      llvm::append_range(rest, set.subtract(other));
    sets = std::move(rest);
    if (sets.empty())
      break;
  }
  llvm::erase_if(sets, [](const IndexSet &set) { return set.empty(); });
  return sets;
}

/// A box as Python indexes it.
static std::string describeBox(const Box &box, ArrayRef<int64_t> shape) {
  SmallVector<std::string> dims;
  for (auto [dim, size] : llvm::zip_equal(box.getDims(), shape)) {
    std::string text =
        dim.size == size ? ":"
        : dim.size == 1
            ? std::to_string(dim.offset)
            : llvm::formatv("{0}:{1}", dim.offset, dim.last() + 1).str();
    if (dim.stride > 1)
      text += ":" + std::to_string(dim.stride);
    dims.push_back(std::move(text));
  }
  return "[" + llvm::join(dims, ", ") + "]";
}

/// The place of an element of a tensor, by its row-major number.
static Box locate(int64_t number, ArrayRef<int64_t> shape) {
  SmallVector<Progression> place(shape.size());
  for (size_t d = shape.size(); d-- > 0; number /= shape[d])
    place[d] = Progression::get(number % shape[d], 1);
  return Box(place);
}

std::string invhlo::describe(ArrayRef<IndexSet> sets) {
  ArrayRef<int64_t> shape = sets.front().getShape();
  if (sets.size() == 1 && sets.front().isBox())
    return describeBox(sets.front().getBox(), shape);
  int64_t count = 0, first = getNumElements(shape);
  for (const IndexSet &set : sets) {
    count += set.getNumElements();
    first = std::min<int64_t>(first, set.getBits().find_first());
  }
  std::string place = describeBox(locate(first, shape), shape);
  return count == 1 ? place
                    : llvm::formatv("{0} of the {1} elements, {2} first,",
                                    count, getNumElements(shape), place)
                          .str();
}
