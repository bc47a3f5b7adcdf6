// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Functions with entries of tables that x tells by comparisons.

#ifndef INVHLO_LIB_IDIOMS_STEPS_H
#define INVHLO_LIB_IDIOMS_STEPS_H

#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinTypes.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SetVector.h"
#include <optional>

namespace invhlo {

/// What x is compared with: along the dimensions of `table` that are none of x,
/// there are the thresholds for an element of x.
struct Threshold {
  mlir::Value table;
  /// For each dimension of x, the one of the table, or -1 if all its elements
  /// have the same.
  llvm::SmallVector<int64_t> dims;

  bool operator==(const Threshold &other) const {
    return table == other.table && dims == other.dims;
  }
};

/// A value computed element by element from x and steps, which are constant
/// between thresholds of x.
struct SteppedCone {
  /// The ops that compute the value, in order.
  llvm::SmallVector<mlir::Operation *> ops;
  mlir::Value x;
  llvm::SmallSetVector<mlir::Value, 4> steps;
  /// The ops that compute the steps from x, in order.
  llvm::SmallVector<mlir::Operation *> lookup;
  llvm::SmallVector<Threshold> thresholds;
  /// Whether there may be others, inside of an op.
  bool isGuessed = false;
};

/// Finds such values in a block. An integer that depends on x is a step, and so
/// is what depends on x by integers alone.
class StepFinder {
public:
  explicit StepFinder(mlir::Block &block);

  /// Whether there may be any.
  bool findsAny() const { return hasLookups; }
  /// That which `root` computes, if it does.
  std::optional<SteppedCone> find(mlir::Operation *root) const;

private:
  using Sources = llvm::SmallSetVector<mlir::Value, 4>;
  /// The values that a value is computed from: element by element, moved or
  /// not, and by integers, so that it is constant between thresholds.
  struct Entry {
    Sources direct, stepped;
    /// Whether any of it is looked up, by ops that are not elementwise.
    bool usesLookup = false;

    Sources getAll() const {
      Sources all = direct;
      all.insert_range(stepped);
      return all;
    }
  };
  Entry getEntry(mlir::Value value) const;
  void addOp(mlir::Operation *op);
  /// Whether `value` is computed from what `x` is directly computed from.
  bool dependsOn(mlir::Value value, mlir::Value x) const;
  /// Whether it is not by integers alone.
  bool isDirectlyFrom(mlir::Value value, mlir::Value x) const;
  /// Adds what `root` is computed from, back to leaves that are apart.
  std::optional<llvm::SmallSetVector<mlir::Value, 4>>
  findLeaves(mlir::Operation *root, SteppedCone &cone) const;
  /// The value that `step` is told from by a comparison, and that `root` is
  /// computed from too; null if there is none.
  mlir::Value findCompared(mlir::Value step, mlir::Value root) const;
  /// Finds the ops between x and the steps; says whether these come from x, and
  /// by integers alone.
  bool findLookup(SteppedCone &cone) const;
  /// Whether each element of the steps is looked up for the same element of x.
  bool looksUpByElement(SteppedCone &cone) const;
  /// Finds what x is compared with; says whether all its steps are by that.
  bool findThresholds(SteppedCone &cone) const;
  bool addThresholdsOf(mlir::Operation *op, SteppedCone &cone) const;
  /// Along which dimensions of `value` those of x are, if it is x, moved and
  /// limited, of which the limits are noted.
  std::optional<llvm::SmallVector<int64_t>> getDims(mlir::Value value,
                                                    SteppedCone &cone) const;

  mlir::Block &block;
  llvm::DenseMap<mlir::Value, Entry> entries;
  llvm::DenseMap<mlir::Operation *, unsigned> positions;
  bool hasLookups = false;
};

/// The thresholds for each element of a tensor of type `type`, in order along a
/// dimension behind its own.
mlir::Value createEdges(mlir::OpBuilder &b, mlir::Location loc,
                        llvm::ArrayRef<Threshold> thresholds,
                        mlir::RankedTensorType type);

} // namespace invhlo

#endif // INVHLO_LIB_IDIOMS_STEPS_H
