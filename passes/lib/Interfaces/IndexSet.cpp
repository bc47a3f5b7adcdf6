// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Interfaces/IndexSet.h"

#include "llvm/ADT/STLExtras.h"

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

IndexSet::IndexSet(ArrayRef<int64_t> shape, BitVector mask) : shape(shape) {
  if (mask.all())
    elements = Box::whole(shape);
  else
    elements = std::move(mask);
}

BitVector IndexSet::getBits() const {
  if (!isBox())
    return std::get<BitVector>(elements);
  BitVector bits(invhlo::getNumElements(shape));
  getBox().forEachElement(shape, [&](int64_t element) { bits.set(element); });
  return bits;
}

int64_t IndexSet::getNumElements() const {
  return isBox() ? getBox().getNumElements()
                 : std::get<BitVector>(elements).count();
}

SmallVector<int64_t> IndexSet::getDataShape() const {
  return isBox() ? getBox().getSizes() : SmallVector<int64_t>(getShape());
}

IndexSet IndexSet::intersect(const IndexSet &other) const {
  if (isWhole())
    return other;
  if (other.isWhole())
    return *this;
  if (isBox() && other.isBox()) {
    if (std::optional<Box> common = getBox().intersect(other.getBox()))
      return IndexSet(shape, std::move(*common));
    return IndexSet(shape, BitVector(invhlo::getNumElements(shape)));
  }
  BitVector bits = getBits();
  bits &= other.getBits();
  return IndexSet(shape, std::move(bits));
}

SmallVector<IndexSet, 2> IndexSet::subtract(const IndexSet &other) const {
  SmallVector<IndexSet, 2> rest;
  if (isBox() && other.isBox()) {
    for (Box &box : getBox().subtract(other.getBox()))
      rest.push_back(IndexSet(shape, std::move(box)));
    return rest;
  }
  BitVector bits = getBits();
  BitVector removed = other.getBits();
  if (!bits.anyCommon(removed))
    return {*this};
  bits.reset(removed);
  if (bits.any())
    rest.push_back(IndexSet(shape, std::move(bits)));
  return rest;
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
