// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

//
// Which elements gathers and scatters touch.

#ifndef INVHLO_RULES_WINDOWMAP_H
#define INVHLO_RULES_WINDOWMAP_H

#include "invhlo/Rules/Emitter.h"
#include "llvm/ADT/BitVector.h"

namespace invhlo {

/// What a gather and the scatter to the same places have in common: windows of
/// an array, at places that a tensor of indices names. The windows are the
/// gather's result and the scatter's updates.
class WindowMap {
public:
  /// That of literal indices; none for other indices.
  static std::optional<WindowMap> get(stablehlo::GatherOp gather);
  static std::optional<WindowMap> get(stablehlo::ScatterOp scatter);

  /// The array's element of each window element; -1 where it is dropped.
  llvm::ArrayRef<int64_t> getElements() const { return elements; }
  /// Whether no two window elements are the same element of the array.
  bool isInjective() const;
  /// The array's elements that windows touch.
  llvm::BitVector getTouched() const;
  /// The window elements whose array elements are among `bits`.
  llvm::BitVector pull(const llvm::BitVector &bits) const;

  /// Gathers the windows of `array`.
  mlir::Value gather(Emitter &e, mlir::Value array, mlir::Value indices) const;
  /// Puts the elements of `windows` that are among `bits` back to their
  /// places, each from one of its copies; the array's other elements are
  /// arbitrary.
  mlir::Value ungather(Emitter &e, mlir::Value windows,
                       const llvm::BitVector &bits) const;

private:
  /// Finds the places from literal indices; fails for other indices.
  bool resolve(mlir::Value literal);

  /// Where the windows are rows along one dimension: the row of each.
  struct Rows {
    int64_t arrayDim, windowDim;
    llvm::SmallVector<int64_t> numbers;
  };
  std::optional<Rows> getRows() const;

  stablehlo::GatherDimensionNumbersAttr dims;
  llvm::SmallVector<int64_t> sliceSizes, arrayShape, indicesShape, windowShape;
  bool clamps;
  llvm::SmallVector<int64_t> elements, indices;
};

} // namespace invhlo

#endif // INVHLO_RULES_WINDOWMAP_H
