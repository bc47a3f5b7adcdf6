// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the bits of integers are of the bits of others.

#ifndef INVHLO_LIB_IDIOMS_BITFORMS_H
#define INVHLO_LIB_IDIOMS_BITFORMS_H

#include "mlir/IR/Operation.h"
#include "llvm/ADT/APInt.h"
#include "llvm/ADT/SmallVector.h"

namespace invhlo {

/// A sum modulo 2 of variables and a constant, or something else.
class Bit {
public:
  Bit(bool one = false) : one(one) {}
  static Bit variable(unsigned number) {
    Bit bit;
    bit.terms.push_back(number);
    return bit;
  }
  /// What is no such sum.
  static Bit unknown() {
    Bit bit;
    bit.isSum = false;
    return bit;
  }

  bool isLinear() const { return isSum; }
  bool isConstant() const { return isSum && terms.empty(); }
  bool is(bool value) const { return isConstant() && one == value; }
  /// The constant of the sum.
  bool getConstant() const { return one; }
  /// The variables of the sum, in order.
  llvm::ArrayRef<unsigned> getTerms() const { return terms; }

  friend Bit operator^(const Bit &a, const Bit &b);
  friend Bit operator&(const Bit &a, const Bit &b);
  Bit operator~() const { return *this ^ Bit(true); }
  bool operator==(const Bit &other) const {
    return isSum && other.isSum && one == other.one && terms == other.terms;
  }

private:
  bool isSum = true, one;
  llvm::SmallVector<unsigned, 2> terms;
};

Bit operator^(const Bit &a, const Bit &b);
Bit operator&(const Bit &a, const Bit &b);

/// The bits of an integer, or of a predicate, the lowest first.
using BitWord = llvm::SmallVector<Bit, 0>;

BitWord getBits(const llvm::APInt &value);

/// Whether the op may have bits that are sums of its operands' bits: it takes
/// and gives integers, element by element.
bool isBitwise(mlir::Operation *op);

/// The bits of what such an op computes of operands with these bits.
BitWord evaluateBits(mlir::Operation *op, llvm::ArrayRef<BitWord> operands);

} // namespace invhlo

#endif // INVHLO_LIB_IDIOMS_BITFORMS_H
