// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Which elements gathers and scatters touch.

#ifndef INVHLO_RULES_WINDOWMAP_H
#define INVHLO_RULES_WINDOWMAP_H

#include "invhlo/Rules/Emitter.h"
#include "invhlo/StableHLO/Analysis/GatherMap.h"
#include "llvm/ADT/BitVector.h"

namespace invhlo {

/// The elements that a gather or scatter moves, between an array and windows of
/// it at literal places.
class WindowMap {
public:
  /// None where the indices are no literals.
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
  explicit WindowMap(stablehlo::GatherMap map);

  /// Where the windows are rows along one dimension: the row of each, -1 where
  /// it is dropped.
  struct Rows {
    int64_t arrayDim, windowDim;
    llvm::SmallVector<int64_t> numbers;
  };
  std::optional<Rows> getRows() const;

  stablehlo::GatherMap map;
  llvm::SmallVector<int64_t> elements;
};

} // namespace invhlo

#endif // INVHLO_RULES_WINDOWMAP_H
