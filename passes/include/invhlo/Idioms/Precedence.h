// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Which elements of a value depend on which elements of another.

#ifndef INVHLO_IDIOMS_PRECEDENCE_H
#define INVHLO_IDIOMS_PRECEDENCE_H

#include "invhlo/Literals/Literal.h"
#include "mlir/IR/Block.h"
#include "mlir/IR/Operation.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace invhlo {

/// The elements of a value x have positions, from zero. Finds for each element
/// of what is computed from x the last position that it depends on: zeros of
/// literal masks, slices, shifts and running sums are seen, and ops of which
/// nothing is known depend on all. Each op costs what it moves, but for
/// dimensions along which nothing changes.
class Precedence {
public:
  /// What an element is that depends on no position.
  enum Independent : int64_t { MinusInfinity = -3, Zero = -2, Other = -1 };

  /// The positions of x are such integers of 32 bits.
  Precedence(mlir::Value x, const Literal &positions);

  /// Finds it for what `op` computes. Ops between x and it come before.
  void visit(mlir::Operation *op);
  /// The same for its one result, where it depends on other inputs of it than
  /// those that `isVia` holds for in no way.
  Literal getVia(mlir::Operation *op,
                 llvm::function_ref<bool(mlir::Value)> isVia);
  /// Says that `value` depends on what `last` has, or on nothing.
  void set(mlir::Value value, const Literal &last);
  void setIndependent(mlir::Value value);
  /// The last positions, integers of 32 bits.
  const Literal &get(mlir::Value value) { return get(value, 0); }
  /// Whether any element depends on x.
  bool depends(mlir::Value value);

  /// The positions of elements of a tensor of `type` along `dims`, one after
  /// the other, or from the last one back.
  static Literal getPositions(mlir::RankedTensorType type,
                              llvm::ArrayRef<int64_t> dims, bool isReversed);
  /// Whether each position of `some` is before that of `others` for the same
  /// element, where there is one.
  static bool areBefore(const Literal &some, const Literal &others);
  /// The same, or it is that one.
  static bool areWithin(const Literal &some, const Literal &others);

  /// How many elements were looked at.
  int64_t getWork() const { return work; }

private:
  /// The last positions of what `op` computes by blocks: its regions, or a
  /// function that it calls. None if they are not understood.
  std::optional<llvm::SmallVector<Literal>> findOfBlocks(mlir::Operation *op);
  std::optional<llvm::SmallVector<Literal>> findOfLoop(mlir::Operation *op);
  /// What a block returns that takes such positions.
  llvm::SmallVector<Literal> findReturned(mlir::Block &block,
                                          llvm::ArrayRef<Literal> taken);

  const Literal &get(mlir::Value value, unsigned depth);
  Literal find(mlir::Operation *op, unsigned depth);
  /// A running sum without its last term, which is taken off again.
  std::optional<Literal> findExclusiveSum(mlir::Operation *op, unsigned depth);
  std::optional<Literal> findElementwise(mlir::Operation *op, unsigned depth);
  std::optional<Literal> findMoved(mlir::Operation *op, unsigned depth);
  std::optional<Literal> findGathered(mlir::Operation *op, unsigned depth);
  std::optional<Literal> findCombined(mlir::Operation *op, unsigned depth);
  std::optional<Literal> findProduct(mlir::Operation *op, unsigned depth);
  /// The result of `op` if it were one of positions: operands that are data are
  /// positions, what combines them takes the last one, and its other operands
  /// are literals.
  std::optional<Literal> evaluatePositions(mlir::Operation *op,
                                           llvm::ArrayRef<unsigned> data,
                                           unsigned depth);

  /// The most elements of one value that are told apart.
  static constexpr int64_t kMaxElements = int64_t(1) << 20;
  static mlir::RankedTensorType getPositionsType(mlir::Type type);
  static Element toPosition(int64_t position);
  /// The last of all.
  static int64_t getLast(const Literal &positions);
  /// For each element the later one of two.
  static Literal join(const Literal &some, const Literal &others);
  /// The elements of a result of type `type`, each the last of those that are
  /// put there: `dims` has, for each dimension of `from`, that of the result,
  /// or -1.
  static Literal collect(const Literal &from, llvm::ArrayRef<int64_t> dims,
                         mlir::Type type);
  /// One position for all elements.
  static Literal fill(mlir::Type type, int64_t position);
  /// What elements of a literal are.
  static Literal classify(const Literal &literal);
  /// What combines independent elements is one, whatever they are.
  static Literal forgetKinds(const Literal &last);
  /// Of a sum of products, with this one added.
  static void addProduct(Element &sum, int64_t factor, int64_t other);

  llvm::DenseMap<mlir::Value, Literal> found;
  /// Holds what stands for operands.
  mlir::Block scratch;
  int64_t work = 0;
};

} // namespace invhlo

#endif // INVHLO_IDIOMS_PRECEDENCE_H
