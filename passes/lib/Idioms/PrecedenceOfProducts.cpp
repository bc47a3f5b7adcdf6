// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Sums of products: a zero of the one factor takes what the other is.

#include "invhlo/Idioms/Precedence.h"

#include "invhlo/StableHLO/Analysis/ProductTerms.h"
#include "invhlo/StableHLO/StableHLO.h"

using namespace mlir;
using namespace invhlo;
using namespace invhlo::stablehlo;

/// The most products of one op that are looked at.
static constexpr int64_t kMaxProducts = int64_t(1) << 24;

void Precedence::addProduct(Element &sum, int64_t factor, int64_t other) {
  int64_t product = factor == Zero || other == Zero
                        ? int64_t(Zero)
                        : std::max<int64_t>({factor, other, Other});
  sum = toPosition(std::max<int64_t>(int32_t(sum.bits), product));
}

std::optional<Literal> Precedence::findProduct(Operation *op, unsigned depth) {
  if (!isa<DotGeneralOp, ConvolutionOp>(op))
    return std::nullopt;
  Literal lhs = get(op->getOperand(0), depth),
          rhs = get(op->getOperand(1), depth);
  std::optional<ProductTerms> terms =
      ProductTerms::get(op, lhs.getHeldShape(), rhs.getHeldShape());
  if (!terms || terms->getNumTerms() > kMaxProducts)
    return std::nullopt;
  work += terms->getNumTerms();
  lhs = lhs.holding(terms->getLhsHeld());
  rhs = rhs.holding(terms->getRhsHeld());
  ArrayRef<int64_t> held = terms->getHeld();
  std::vector<Element> elements(ShapedType::getNumElements(held),
                                toPosition(Zero));
  terms->forEach([&](int64_t result, int64_t left, int64_t right) {
    addProduct(elements[result], lhs.getInteger(left), rhs.getInteger(right));
  });
  return Literal(getPositionsType(op->getResult(0).getType()), held,
                 std::move(elements));
}
