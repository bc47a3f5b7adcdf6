// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Tensor literals taken apart, for evaluation.

#ifndef INVHLO_TRANSFORMS_LITERAL_H
#define INVHLO_TRANSFORMS_LITERAL_H

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

/// The elements of a tensor in row-major order, or one for all if they are
/// equal. Integers, floats and complex floats of at most 64 bits a part.
class Literal {
public:
  Literal(mlir::RankedTensorType type, std::vector<Element> elements)
      : type(type), elements(std::move(elements)) {
    if (type.getNumElements() == 0)
      this->elements.clear();
  }
  static bool canHold(mlir::Type type);
  static std::optional<Literal> get(mlir::DenseElementsAttr attr);
  mlir::DenseElementsAttr toAttr() const;

  mlir::RankedTensorType getType() const { return type; }
  llvm::ArrayRef<int64_t> getShape() const { return type.getShape(); }
  mlir::Type getElementType() const { return type.getElementType(); }
  /// Whether one element stands for all, or there is one only.
  bool isSplat() const { return elements.size() == 1; }
  const Element &operator[](int64_t i) const {
    return elements[isSplat() ? 0 : i];
  }
  /// An element of an integer tensor.
  int64_t getInteger(int64_t i) const;
  /// The same elements in another shape, or seen as another type.
  Literal withType(mlir::RankedTensorType newType) const {
    return Literal(newType, elements);
  }

private:
  mlir::RankedTensorType type;
  std::vector<Element> elements;
};

/// How far apart neighbours along each dimension lie in row-major order.
llvm::SmallVector<int64_t> getStrides(llvm::ArrayRef<int64_t> shape);
int64_t linearize(llvm::ArrayRef<int64_t> index,
                  llvm::ArrayRef<int64_t> strides);
/// Visits all indices of a tensor in row-major order.
void forEachIndex(llvm::ArrayRef<int64_t> shape,
                  llvm::function_ref<void(llvm::ArrayRef<int64_t>)> visit);

} // namespace invhlo

#endif // INVHLO_TRANSFORMS_LITERAL_H
