// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What is known at the boundary of a unit, without the data.

#ifndef INVHLO_INTERFACES_BOUNDARYPATTERN_H
#define INVHLO_INTERFACES_BOUNDARYPATTERN_H

#include "invhlo/Interfaces/Knowledge.h"

namespace invhlo {

/// A part of a value of the boundary that is known.
struct BoundaryPart {
  /// The number of the value in `Unit::boundary`.
  unsigned position;
  /// Which of its elements.
  IndexSet where;
  /// Whether a share is known with it.
  bool hasShare;

  bool operator==(const BoundaryPart &other) const {
    return position == other.position && hasShare == other.hasShare &&
           where == other.where;
  }
  friend llvm::hash_code hash_value(const BoundaryPart &part) {
    return llvm::hash_combine(part.position, part.where, part.hasShare);
  }
};

/// What is known of the boundary, and what is asked of the rest: the key of
/// what was inverted.
struct BoundaryPattern {
  llvm::SmallVector<BoundaryPart> parts;
  /// Whether shares are wanted.
  bool shares = false;
  /// Whether to choose among values that have the same result.
  bool choosesBranches = false;
  /// Whether there are more equations than unknowns around the unit, so that
  /// what is only found conditionally is to be told.
  bool isOverdetermined = false;

  bool operator==(const BoundaryPattern &other) const {
    return shares == other.shares && choosesBranches == other.choosesBranches &&
           isOverdetermined == other.isOverdetermined && parts == other.parts;
  }
  friend llvm::hash_code hash_value(const BoundaryPattern &pattern) {
    return llvm::hash_combine(
        pattern.shares, pattern.choosesBranches, pattern.isOverdetermined,
        llvm::hash_combine_range(pattern.parts.begin(), pattern.parts.end()));
  }
};

/// The data of parts of a boundary as operands: each share behind its value.
llvm::SmallVector<mlir::Value> pack(llvm::ArrayRef<Known> data);
/// The converse, for data of `parts`.
llvm::SmallVector<Known> unpack(llvm::ArrayRef<BoundaryPart> parts,
                                mlir::ValueRange packed);

} // namespace invhlo

#endif // INVHLO_INTERFACES_BOUNDARYPATTERN_H
