// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Interfaces/Box.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVectorExtras.h"
#include <cassert>
#include <numeric>
#include <utility>

using namespace invhlo;
using llvm::ArrayRef;
using llvm::SmallVector;

bool Progression::contains(int64_t index) const {
  return size > 0 && index >= offset && index <= last() &&
         (index - offset) % stride == 0;
}

/// The `x` in [0, modulus) with `a x` and 1 congruent; `a` and the modulus have
/// no common divisor.
static int64_t invert(int64_t a, int64_t modulus) {
  int64_t remainder = modulus, next = a % modulus, x = 0, nextX = 1;
  while (next != 0) {
    int64_t quotient = remainder / next;
    remainder = std::exchange(next, remainder - quotient * next);
    x = std::exchange(nextX, x - quotient * nextX);
  }
  return x < 0 ? x + modulus : x;
}

/// Intersects two arithmetic progressions: by the Chinese remainder theorem
/// their common indices repeat with the least common multiple of the strides.
static std::optional<Progression> intersect(const Progression &a,
                                            const Progression &b) {
  __extension__ using Wide = __int128;
  if (a.size == 0 || b.size == 0)
    return std::nullopt;
  int64_t begin = std::max(a.offset, b.offset);
  int64_t end = std::min(a.last(), b.last());
  int64_t divisor = std::gcd(a.stride, b.stride);
  int64_t distance = b.offset - a.offset, modulus = b.stride / divisor;
  if (begin > end || distance % divisor != 0)
    return std::nullopt;
  // `a.at(i)` is in `b`, extended both ways, for i = steps modulo `modulus`.
  int64_t quotient = (distance / divisor % modulus + modulus) % modulus;
  int64_t steps =
      int64_t(Wide(quotient) * invert(a.stride / divisor, modulus) % modulus);
  Wide period = Wide(a.stride) * modulus;
  Wide first = Wide(a.offset) + Wide(steps) * a.stride;
  if (first < begin)
    first += (begin - first + period - 1) / period * period;
  if (first > end)
    return std::nullopt;
  int64_t size = int64_t((end - first) / period) + 1;
  return Progression::get(int64_t(first), size, size > 1 ? int64_t(period) : 1);
}

/// More boxes than these are more work than a mask.
static constexpr int64_t kMostBoxes = 16;

/// What is left of `a` without `common`, which `a` contains.
static std::optional<SmallVector<Progression>>
subtract(const Progression &a, const Progression &common) {
  if (common.size > 1 && common.stride / a.stride > kMostBoxes)
    return std::nullopt;
  SmallVector<Progression> rest;
  int64_t first = a.find(common.offset), last = a.find(common.last());
  if (first > 0)
    rest.push_back(Progression::get(a.offset, first, a.stride));
  // Between two neighbours of `common` lie `step - 1` indices of `a`.
  int64_t step = common.stride / a.stride;
  if (common.size > 1)
    for (int64_t phase = 1; phase < step; ++phase)
      rest.push_back(Progression::get(a.at(first + phase), common.size - 1,
                                      common.stride));
  if (last + 1 < a.size)
    rest.push_back(
        Progression::get(a.at(last + 1), a.size - last - 1, a.stride));
  return rest;
}

Box Box::whole(ArrayRef<int64_t> shape) {
  Box box;
  for (int64_t size : shape)
    box.dims.push_back(Progression::get(0, size));
  return box;
}

int64_t Box::getNumElements() const {
  int64_t count = 1;
  for (const Progression &dim : dims)
    count *= dim.size;
  return count;
}

bool Box::isWhole(ArrayRef<int64_t> shape) const {
  return *this == whole(shape);
}

bool Box::contains(const Box &other) const {
  if (other.empty())
    return true;
  std::optional<Box> common = intersect(other);
  return common && *common == other;
}

SmallVector<int64_t> Box::getOffsets() const {
  return llvm::map_to_vector(dims, [](auto &d) { return d.offset; });
}

SmallVector<int64_t> Box::getSizes() const {
  return llvm::map_to_vector(dims, [](auto &d) { return d.size; });
}

SmallVector<int64_t> Box::getStrides() const {
  return llvm::map_to_vector(dims, [](auto &d) { return d.stride; });
}

SmallVector<int64_t> Box::getLimits() const {
  return llvm::map_to_vector(
      dims, [](auto &d) { return d.size == 0 ? d.offset : d.last() + 1; });
}

std::optional<Box> Box::intersect(const Box &other) const {
  assert(getRank() == other.getRank() && "boxes of different tensors");
  Box common;
  for (auto [a, b] : llvm::zip_equal(dims, other.dims)) {
    std::optional<Progression> dim = ::intersect(a, b);
    if (!dim)
      return std::nullopt;
    common.dims.push_back(*dim);
  }
  return common;
}

std::optional<SmallVector<Box, 4>> Box::subtract(const Box &other) const {
  std::optional<Box> common = intersect(other);
  if (!common)
    return SmallVector<Box, 4>{*this};
  // Peel one dimension at a time: outside the common part in dimension d,
  // inside it in all dimensions before.
  SmallVector<Box, 4> rest;
  Box core = *this;
  for (unsigned d = 0, rank = getRank(); d < rank; ++d) {
    auto outsides = ::subtract(dims[d], common->dims[d]);
    if (!outsides || int64_t(rest.size() + outsides->size()) > kMostBoxes)
      return std::nullopt;
    for (const Progression &outside : *outsides) {
      Box part = core;
      part.dims[d] = outside;
      rest.push_back(std::move(part));
    }
    core.dims[d] = common->dims[d];
  }
  return rest;
}

/// The indices of `a`, then those of `b`, if they are evenly spaced.
static std::optional<Progression> append(const Progression &a,
                                         const Progression &b) {
  if (a.size == 0 || b.size == 0 || a.offset > b.offset)
    return std::nullopt;
  int64_t stride = std::max(a.stride, b.stride);
  bool isEven = (a.size == 1 || a.stride == stride) &&
                (b.size == 1 || b.stride == stride) &&
                a.last() + stride == b.offset;
  if (!isEven)
    return std::nullopt;
  return Progression::get(a.offset, a.size + b.size, stride);
}

std::optional<Box> Box::join(const Box &other) const {
  std::optional<unsigned> dim;
  for (unsigned d = 0, rank = getRank(); d < rank; ++d) {
    if (dims[d] == other.dims[d])
      continue;
    if (dim)
      return std::nullopt;
    dim = d;
  }
  if (!dim)
    return *this;
  std::optional<Progression> joined = append(dims[*dim], other.dims[*dim]);
  if (!joined)
    joined = append(other.dims[*dim], dims[*dim]);
  if (!joined)
    return std::nullopt;
  Box result = *this;
  result.dims[*dim] = *joined;
  return result;
}

Box Box::locate(const Box &inner) const {
  assert(contains(inner) && "only an inner box has a place here");
  Box place;
  for (auto [outer, in] : llvm::zip_equal(dims, inner.dims))
    place.dims.push_back(Progression::get(outer.find(in.offset), in.size,
                                          in.stride / outer.stride));
  return place;
}

void Box::forEachElement(ArrayRef<int64_t> shape,
                         llvm::function_ref<void(int64_t)> visit) const {
  if (empty())
    return;
  if (dims.empty())
    return visit(0);
  ArrayRef<Progression> outer = ArrayRef(dims).drop_back();
  const Progression &row = dims.back();
  SmallVector<int64_t> position(outer.size(), 0);
  while (true) {
    int64_t start = 0;
    for (auto [dim, i, size] :
         llvm::zip_equal(outer, position, shape.drop_back()))
      start = start * size + dim.at(i);
    start = start * shape.back() + row.offset;
    for (int64_t i = 0; i < row.size; ++i)
      visit(start + i * row.stride);
    size_t d = outer.size();
    while (d > 0 && ++position[d - 1] == outer[d - 1].size)
      position[--d] = 0;
    if (d == 0)
      return;
  }
}
