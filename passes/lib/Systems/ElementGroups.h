// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Which elements of a system depend on each other.

#ifndef INVHLO_LIB_SYSTEMS_ELEMENTGROUPS_H
#define INVHLO_LIB_SYSTEMS_ELEMENTGROUPS_H

#include "AffineSystem.h"

namespace invhlo {

/// One of the values of a system, or the real or imaginary part of it.
struct ValuePart {
  enum Kind { Whole, Real, Imaginary };
  unsigned value;
  Kind kind;
};

/// A dimension along which xs and ys are batches of systems: elements of ys
/// depend on elements of xs of the same index only.
struct BatchDim {
  int64_t size = 1;
  /// The dimension of each x and of each y that it is.
  llvm::SmallVector<int64_t> ofXs, ofYs;
  /// The dimension of each x and of each result of an op that it is, where it
  /// is one.
  llvm::DenseMap<mlir::Value, int64_t> ofResults;
};

/// The unknowns of each system of the batch, its *coordinates*, are those of
/// the parts of xs, one part after the other, in row-major order of the
/// dimensions that are no batch. They are in `count` groups of `size`, as are
/// the coordinates of ys: those of one group of ys depend on those of the same
/// group of xs only.
struct ElementGroups {
  llvm::SmallVector<BatchDim> batch;
  /// How many of them, the first ones, the matrices of the groups may vary
  /// along.
  unsigned numVarying = 0;
  llvm::SmallVector<ValuePart> partsOfXs, partsOfYs;
  int64_t count, size;
  /// The coordinates, group by group.
  llvm::SmallVector<int64_t> orderOfXs, orderOfYs;
  /// Whether the coordinates of ys tell those of xs one after the other.
  bool isTriangular = false;

  int64_t getNumCoordinates() const { return count * size; }
  /// The dimensions of x or y number `i`, those of the batch first.
  static llvm::SmallVector<int64_t> getDims(llvm::ArrayRef<int64_t> ofBatch,
                                            int64_t rank);

  /// Finds them; none if a coordinate of ys depends on no x, or if there are
  /// too many to look at.
  static std::optional<ElementGroups> find(const AffineSystem &system);
};

} // namespace invhlo

#endif // INVHLO_LIB_SYSTEMS_ELEMENTGROUPS_H
