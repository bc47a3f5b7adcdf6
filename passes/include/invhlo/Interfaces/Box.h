// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Strided boxes: the index sets that slices, pads and concatenations make.

#ifndef INVHLO_INTERFACES_BOX_H
#define INVHLO_INTERFACES_BOX_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/SmallVector.h"
#include <cstdint>
#include <optional>

namespace invhlo {

/// The indices `offset + i * stride` for `0 <= i < size`. Normal form: the
/// stride is positive, and 1 where the size is at most 1.
struct Progression {
  int64_t offset = 0;
  int64_t size = 0;
  int64_t stride = 1;

  static Progression get(int64_t offset, int64_t size, int64_t stride = 1) {
    return {offset, size, size > 1 ? stride : 1};
  }
  int64_t at(int64_t i) const { return offset + i * stride; }
  int64_t last() const { return at(size - 1); }
  bool contains(int64_t index) const;
  /// The `i` with `at(i) == index`, which must be in the progression.
  int64_t find(int64_t index) const { return (index - offset) / stride; }

  bool operator==(const Progression &other) const {
    return offset == other.offset && size == other.size &&
           stride == other.stride;
  }
};

/// The product of one progression a dimension; a scalar's box has none and
/// holds one element.
class Box {
public:
  Box() = default;
  explicit Box(llvm::ArrayRef<Progression> dims) : dims(dims) {}
  /// All indices of a tensor of this shape.
  static Box whole(llvm::ArrayRef<int64_t> shape);

  unsigned getRank() const { return dims.size(); }
  llvm::ArrayRef<Progression> getDims() const { return dims; }
  const Progression &operator[](unsigned d) const { return dims[d]; }
  Progression &operator[](unsigned d) { return dims[d]; }

  int64_t getNumElements() const;
  bool empty() const { return getNumElements() == 0; }
  bool isWhole(llvm::ArrayRef<int64_t> shape) const;
  bool contains(const Box &other) const;

  llvm::SmallVector<int64_t> getOffsets() const;
  llvm::SmallVector<int64_t> getSizes() const;
  llvm::SmallVector<int64_t> getStrides() const;
  /// Exclusive upper ends, as `stablehlo.slice` wants them.
  llvm::SmallVector<int64_t> getLimits() const;

  /// The common indices; an intersection of boxes is a box. Empty: nullopt.
  std::optional<Box> intersect(const Box &other) const;
  /// Disjoint boxes that hold what is in this box and not in `other`; nullopt
  /// if it takes many (what is between the teeth of a comb).
  std::optional<llvm::SmallVector<Box, 4>> subtract(const Box &other) const;
  /// The box that holds what is in either, if they differ in one dimension
  /// and follow each other there.
  std::optional<Box> join(const Box &other) const;
  /// The positions within this box of the indices of `inner`, which this box
  /// contains: slicing this box's data by them gives `inner`'s.
  Box locate(const Box &inner) const;

  /// Calls `visit` with the row-major element number, in a tensor of `shape`,
  /// of every index of the box, in the order of the box's own elements.
  void forEachElement(llvm::ArrayRef<int64_t> shape,
                      llvm::function_ref<void(int64_t)> visit) const;

  bool operator==(const Box &other) const { return dims == other.dims; }
  bool operator!=(const Box &other) const { return !(*this == other); }

private:
  llvm::SmallVector<Progression, 4> dims;
};

} // namespace invhlo

#endif // INVHLO_INTERFACES_BOX_H
