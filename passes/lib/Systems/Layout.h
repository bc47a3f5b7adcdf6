// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Where the coordinates of a system are in the values that they belong to.

#ifndef INVHLO_LIB_SYSTEMS_LAYOUT_H
#define INVHLO_LIB_SYSTEMS_LAYOUT_H

#include "ElementGroups.h"
#include "invhlo/Rules/Emitter.h"

namespace invhlo {

/// Takes values to an array [batch..., count, size] of their coordinates, and
/// back.
class Layout {
public:
  static Layout ofXs(const AffineSystem &system, const ElementGroups &groups) {
    return Layout(system.getXs(), groups, groups.partsOfXs, groups.orderOfXs,
                  /*isOfXs=*/true);
  }
  static Layout ofYs(const AffineSystem &system, const ElementGroups &groups) {
    return Layout(system.getYs(), groups, groups.partsOfYs, groups.orderOfYs,
                  /*isOfXs=*/false);
  }

  llvm::SmallVector<int64_t> getShape() const;
  /// The coordinates of `data`, with elements of type `type`.
  mlir::Value pack(Emitter &e, mlir::ValueRange data, mlir::Type type) const;
  /// The same for the shares of all of an element.
  mlir::Value packShares(Emitter &e, mlir::ValueRange shares) const;
  llvm::SmallVector<mlir::Value> unpack(Emitter &e,
                                        mlir::Value coordinates) const;
  llvm::SmallVector<mlir::Value> unpackShares(Emitter &e,
                                              mlir::Value coordinates) const;

private:
  Layout(llvm::ArrayRef<mlir::Value> values, const ElementGroups &groups,
         llvm::ArrayRef<ValuePart> parts, llvm::ArrayRef<int64_t> order,
         bool isOfXs)
      : values(values), groups(groups), parts(parts), order(order),
        isOfXs(isOfXs) {}

  llvm::SmallVector<int64_t> getBatchShape() const;
  llvm::SmallVector<int64_t> getDims(unsigned value) const;
  /// The sizes of these dimensions.
  llvm::SmallVector<int64_t> getSizes(unsigned value) const;
  /// [batch..., coordinates of a part], from the part of a value, and back.
  mlir::Value flatten(Emitter &e, mlir::Value part, unsigned value) const;
  mlir::Value unflatten(Emitter &e, mlir::Value flat, unsigned value) const;
  /// The coordinates in another order: that of number order[i] is number i.
  static mlir::Value permute(Emitter &e, mlir::Value flat,
                             llvm::ArrayRef<int64_t> order);
  mlir::Value join(Emitter &e, llvm::ArrayRef<mlir::Value> flat) const;
  /// The parts of all values, flattened values of which are in `coordinates`.
  llvm::SmallVector<mlir::Value> split(Emitter &e,
                                       mlir::Value coordinates) const;

  llvm::ArrayRef<mlir::Value> values;
  const ElementGroups &groups;
  llvm::ArrayRef<ValuePart> parts;
  llvm::ArrayRef<int64_t> order;
  bool isOfXs;
};

} // namespace invhlo

#endif // INVHLO_LIB_SYSTEMS_LAYOUT_H
