// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Which elements of a tensor are meant: a strided box or any subset.

#ifndef INVHLO_INTERFACES_INDEXSET_H
#define INVHLO_INTERFACES_INDEXSET_H

#include "invhlo/Interfaces/Box.h"
#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/Hashing.h"
#include <string>
#include <variant>

namespace invhlo {

class IndexSet;
llvm::hash_code hash_value(const IndexSet &set);

/// Any elements of a tensor, one bit for each. A dimension along which the
/// elements are the same has size 1 in `shape`, so that a pattern that repeats
/// over a batch costs the same for a batch of any size.
struct Mask {
  llvm::SmallVector<int64_t, 4> shape;
  llvm::BitVector bits;

  bool operator==(const Mask &other) const {
    return shape == other.shape && bits == other.bits;
  }
};

/// A set of elements of a tensor of a known shape. A set that is a strided box
/// is held as one, and its data is compact: a tensor of the box's sizes. Any
/// other set (a checkerboard, an index list) is held as a mask, and its data
/// has the tensor's full shape, of which only the masked elements mean
/// anything.
class IndexSet {
public:
  IndexSet(llvm::ArrayRef<int64_t> shape, Box box)
      : shape(shape), elements(std::move(box)) {}
  /// A mask that turns out to be a box becomes one only where it is whole:
  /// other masks keep their full-shape data.
  IndexSet(llvm::ArrayRef<int64_t> shape, Mask mask);
  /// One bit an element, in row-major order.
  IndexSet(llvm::ArrayRef<int64_t> shape, llvm::BitVector bits)
      : IndexSet(shape,
                 Mask{llvm::SmallVector<int64_t, 4>(shape), std::move(bits)}) {}
  static IndexSet whole(llvm::ArrayRef<int64_t> shape) {
    return IndexSet(shape, Box::whole(shape));
  }

  llvm::ArrayRef<int64_t> getShape() const { return shape; }
  bool isBox() const { return std::holds_alternative<Box>(elements); }
  const Box &getBox() const { return std::get<Box>(elements); }
  /// The elements as a mask, for boxes too.
  Mask getMask() const;
  /// One bit an element in row-major order, for boxes too.
  llvm::BitVector getBits() const;

  int64_t getNumElements() const;
  bool empty() const { return getNumElements() == 0; }
  bool isWhole() const { return isBox() && getBox().isWhole(shape); }
  /// The shape of this set's data.
  llvm::SmallVector<int64_t> getDataShape() const;

  IndexSet intersect(const IndexSet &other) const;
  /// What is in either set, as a mask unless it is whole.
  IndexSet unite(const IndexSet &other) const;
  /// Disjoint sets that hold what is in this set and not in `other`.
  llvm::SmallVector<IndexSet, 2> subtract(const IndexSet &other) const;

  bool operator==(const IndexSet &other) const {
    return shape == other.shape && elements == other.elements;
  }
  friend llvm::hash_code hash_value(const IndexSet &set);

private:
  /// The sizes of a mask that tells this set's elements apart.
  llvm::SmallVector<int64_t, 4> getMaskShape() const;
  /// The bits of a mask of these sizes, which tell its elements apart.
  llvm::BitVector getBitsIn(llvm::ArrayRef<int64_t> maskShape) const;

  /// The elements that `combine` makes of the bits of two sets.
  IndexSet
  combine(const IndexSet &other,
          llvm::function_ref<void(llvm::BitVector &, const llvm::BitVector &)>
              combine) const;

  llvm::SmallVector<int64_t, 4> shape;
  std::variant<Box, Mask> elements;
};

/// Disjoint, non-empty sets that hold what is in `sets` and in none of
/// `removed`.
llvm::SmallVector<IndexSet> subtract(llvm::SmallVector<IndexSet> sets,
                                     llvm::ArrayRef<IndexSet> removed);

/// What is in any of `sets`, of which there is one at least.
IndexSet uniteAll(llvm::ArrayRef<IndexSet> sets);

/// Disjoint sets of elements of a tensor, as Python indexes them.
std::string describe(llvm::ArrayRef<IndexSet> sets);

/// The number of elements of a static shape.
int64_t getNumElements(llvm::ArrayRef<int64_t> shape);

} // namespace invhlo

#endif // INVHLO_INTERFACES_INDEXSET_H
