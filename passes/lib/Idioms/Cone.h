// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Parts of a program, from their results back to what they share.

#ifndef INVHLO_LIB_IDIOMS_CONE_H
#define INVHLO_LIB_IDIOMS_CONE_H

#include "mlir/IR/Operation.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/SetVector.h"
#include <optional>

namespace invhlo {

/// Ops that compute a value from others.
struct Cone {
  /// The last first.
  llvm::SmallSetVector<mlir::Operation *, 16> ops;
  /// What they take, but for constants.
  llvm::SmallSetVector<mlir::Value, 4> leaves;

  /// That of `root` alone.
  static Cone get(mlir::Operation *root);
};

/// Finds cones in a block, of ops that `mayContain` holds for.
class ConeFinder {
public:
  ConeFinder(mlir::Block &block,
             llvm::function_ref<bool(mlir::Operation *)> mayContain);

  /// Whether no unknown argument has an effect on `value`.
  bool isKnown(mlir::Value value) const { return known.contains(value); }

  /// The smallest cone of the value that `root` computes in which no two leaves
  /// are computed from one value: whoever looks for a leaf need not look
  /// further back. None if the operands of `root` are such already, or if it
  /// is large.
  std::optional<Cone> find(mlir::Operation *root) const;
  /// The smallest cone of `value` and some of `others` in which no leaf of the
  /// one is computed from what a leaf of the others is. None if they are such
  /// already, or if it is large.
  std::optional<Cone> findBetween(mlir::Value value,
                                  mlir::ValueRange others) const;

private:
  using Sources = llvm::SmallSetVector<mlir::Value, 4>;

  /// Notes what no unknown argument has an effect on: it costs no search.
  void findKnown(mlir::Block &block);
  /// The values that `value` is computed from, which are not computed by such
  /// ops themselves.
  Sources getSources(mlir::Value value) const;
  /// Of `leaves` with a source that occurs more than once in `counts`, the one
  /// that is computed last; null if there are none.
  mlir::Operation *
  findShared(mlir::ValueRange leaves,
             const llvm::SmallDenseMap<mlir::Value, unsigned> &counts) const;

  llvm::DenseSet<mlir::Value> known;
  /// Of what such ops compute, in order.
  llvm::DenseMap<mlir::Value, Sources> sources;
  llvm::DenseMap<mlir::Operation *, unsigned> positions;
};

/// Whether `op` computes each element of a tensor of real numbers, integers or
/// predicates from the same element of its operands.
bool isElementwise(mlir::Operation *op);

/// The operands of an op, and what its regions capture.
llvm::SetVector<mlir::Value> getOperandsAndCaptured(mlir::Operation *op);

/// Clones `ops`, which compute `results` from x and `others`, into a new block
/// of `region` that takes what stands for x, captures the others, and yields
/// the results.
void outline(mlir::Region &region, llvm::ArrayRef<mlir::Operation *> ops,
             mlir::Value x, mlir::ValueRange others, mlir::ValueRange results);

/// Calls `raise` with the ops of `block`, from the last one up, so that a
/// function is seen before its parts: but for those that stand beside a value,
/// those that compute one, and what `raise` returned, the ops that what it
/// raised stands for.
void forEachRoot(
    mlir::Block &block,
    llvm::function_ref<llvm::SmallVector<mlir::Operation *>(mlir::Operation *)>
        raise);

} // namespace invhlo

#endif // INVHLO_LIB_IDIOMS_CONE_H
