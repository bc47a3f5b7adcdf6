// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Tensor literals taken apart, for evaluation.

#ifndef INVHLO_LITERALS_LITERAL_H
#define INVHLO_LITERALS_LITERAL_H

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/BuiltinTypes.h"
#include "llvm/ADT/APFloat.h"
#include <optional>
#include <vector>

namespace invhlo {

/// The bits of a number; those of its imaginary part are zero unless the
/// element type is complex.
struct Element {
  uint64_t bits = 0;
  uint64_t imaginary = 0;

  bool operator==(const Element &other) const {
    return bits == other.bits && imaginary == other.imaginary;
  }
};

/// The element type's real number type: itself unless complex.
mlir::Type getPartType(mlir::Type elementType);
/// Whether integers of this type have a sign; predicates have none.
bool isSigned(mlir::Type elementType);

llvm::APInt toInt(uint64_t bits, mlir::Type type);
llvm::APFloat toFloat(uint64_t bits, mlir::Type type);
inline uint64_t toBits(const llvm::APInt &x) { return x.getZExtValue(); }
inline uint64_t toBits(const llvm::APFloat &x) {
  return x.bitcastToAPInt().getZExtValue();
}
/// The number `value`, wrapped or rounded to the type.
Element toElement(int64_t value, mlir::Type elementType);

/// The elements of a tensor: integers, floats and complex floats of at most 64
/// bits a part. Along a dimension in which they are the same only one of them
/// is held, so that what repeats over a batch costs the same for any batch.
class Literal {
public:
  /// All elements in row-major order, or one for all.
  Literal(mlir::RankedTensorType type, std::vector<Element> elements)
      : type(type), held(type.getShape()), elements(std::move(elements)) {
    if (isSplat())
      held.assign(type.getRank(), 1);
    clearIfEmpty();
  }
  /// The elements of a tensor of shape `held`, each size that of `type` or 1.
  Literal(mlir::RankedTensorType type, llvm::ArrayRef<int64_t> held,
          std::vector<Element> elements)
      : type(type), held(held), elements(std::move(elements)) {
    clearIfEmpty();
  }
  static bool canHold(mlir::Type type);
  static std::optional<Literal> get(mlir::DenseElementsAttr attr);
  /// All elements.
  mlir::DenseElementsAttr toAttr() const;
  /// Those that are held, in their shape.
  mlir::DenseElementsAttr toHeldAttr() const;

  mlir::RankedTensorType getType() const { return type; }
  llvm::ArrayRef<int64_t> getShape() const { return type.getShape(); }
  mlir::Type getElementType() const { return type.getElementType(); }
  /// The shape of the elements that are held.
  llvm::ArrayRef<int64_t> getHeldShape() const { return held; }
  int64_t getNumHeld() const { return elements.size(); }
  /// Whether one element stands for all, or there is one only.
  bool isSplat() const { return elements.size() == 1; }
  /// An element that is held, in row-major order of these; of a splat, the one.
  const Element &operator[](int64_t i) const {
    return elements[isSplat() ? 0 : i];
  }
  /// An element of an integer tensor.
  int64_t getInteger(int64_t i) const;
  /// All elements of an integer tensor.
  llvm::SmallVector<int64_t> getIntegers() const;
  /// The same literal with the elements of a larger shape held, splats aside.
  Literal holding(llvm::ArrayRef<int64_t> shape) const;
  Literal holdingAll() const { return holding(getShape()); }
  /// A splat in another shape, or seen as another type.
  Literal withType(mlir::RankedTensorType newType) const {
    assert(isSplat() && "places are those of a shape");
    return Literal(newType, elements);
  }

private:
  void clearIfEmpty() {
    if (type.getNumElements() == 0) {
      held.assign(type.getShape().begin(), type.getShape().end());
      elements.clear();
    }
  }

  mlir::RankedTensorType type;
  llvm::SmallVector<int64_t> held;
  std::vector<Element> elements;
};

} // namespace invhlo

#endif // INVHLO_LITERALS_LITERAL_H
