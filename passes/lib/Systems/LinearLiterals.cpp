// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "LinearLiterals.h"

#include "invhlo/Literals/LiteralEvaluator.h"
#include "invhlo/StableHLO/Analysis/ProductTerms.h"
#include "invhlo/StableHLO/StableHLO.h"
#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/STLExtras.h"
#include <cmath>

using namespace mlir;
using namespace invhlo;
using namespace invhlo::stablehlo;

using Number = std::complex<double>;

/// What is computed of one op at most: elements, and products that are summed.
static constexpr int64_t kMostEvaluated = int64_t(1) << 20;
static constexpr int64_t kMostProducts = int64_t(1) << 22;

static double toDouble(uint64_t bits, Type type) {
  APFloat number = toFloat(bits, type);
  bool losesInfo;
  number.convert(APFloat::IEEEdouble(), APFloat::rmNearestTiesToEven,
                 &losesInfo);
  return number.convertToDouble();
}

static uint64_t fromDouble(double number, Type type) {
  APFloat rounded(number);
  bool losesInfo;
  rounded.convert(cast<FloatType>(type).getFloatSemantics(),
                  APFloat::rmNearestTiesToEven, &losesInfo);
  return toBits(rounded);
}

Number invhlo::toNumber(const Element &element, Type type) {
  Type part = getPartType(type);
  return {toDouble(element.bits, part),
          isa<ComplexType>(type) ? toDouble(element.imaginary, part) : 0};
}

Element invhlo::fromNumber(Number number, Type type) {
  Type part = getPartType(type);
  return {fromDouble(number.real(), part),
          isa<ComplexType>(type) ? fromDouble(number.imag(), part) : 0};
}

static bool isNumeric(Type type) {
  return isa<FloatType, ComplexType>(getElementTypeOrSelf(type));
}

static std::optional<Literal> multiply(Operation *op,
                                       ArrayRef<Literal> operands) {
  std::optional<ProductTerms> terms = ProductTerms::get(
      op, operands[0].getHeldShape(), operands[1].getHeldShape());
  if (!terms || terms->getNumTerms() > kMostProducts)
    return std::nullopt;
  Literal lhs = operands[0].holding(terms->getLhsHeld());
  Literal rhs = operands[1].holding(terms->getRhsHeld());
  std::vector<Number> sums(ShapedType::getNumElements(terms->getHeld()));
  terms->forEach([&](int64_t result, int64_t left, int64_t right) {
    sums[result] += toNumber(lhs[left], lhs.getElementType()) *
                    toNumber(rhs[right], rhs.getElementType());
  });
  auto type = cast<RankedTensorType>(op->getResult(0).getType());
  std::vector<Element> elements;
  for (Number sum : sums)
    elements.push_back(
        fromNumber(double(terms->getRepeats()) * sum, type.getElementType()));
  return Literal(type, terms->getHeld(), std::move(elements));
}

/// sum_j x_j exp(sign 2 pi i j k / n) along a dimension, for `size` of the k.
static void transform(std::vector<Number> &numbers,
                      SmallVectorImpl<int64_t> &shape, unsigned dim,
                      double sign, int64_t size) {
  int64_t n = shape[dim], inner = 1;
  for (int64_t s : ArrayRef<int64_t>(shape).drop_front(dim + 1))
    inner *= s;
  int64_t outer = int64_t(numbers.size()) / std::max<int64_t>(n * inner, 1);
  std::vector<Number> roots;
  for (int64_t j : llvm::seq(n))
    roots.push_back(std::polar(1., sign * 2 * M_PI * double(j) / double(n)));
  std::vector<Number> result(outer * size * inner);
  for (int64_t o : llvm::seq(outer))
    for (int64_t k : llvm::seq(size))
      for (int64_t i : llvm::seq(inner))
        for (int64_t j : llvm::seq(n))
          result[(o * size + k) * inner + i] +=
              numbers[(o * n + j) * inner + i] * roots[j * k % n];
  shape[dim] = size;
  numbers = std::move(result);
}

static std::optional<Literal> transform(FftOp op, const Literal &operand) {
  ArrayRef<int64_t> lengths = op.getFftLength();
  unsigned rank = operand.getShape().size(), first = rank - lengths.size();
  SmallVector<int64_t> held(operand.getHeldShape());
  double points = 1;
  for (unsigned d = first; d < rank; ++d) {
    held[d] = operand.getShape()[d];
    points *= double(lengths[d - first]);
  }
  if (double(ShapedType::getNumElements(held)) * points > kMostProducts)
    return std::nullopt;
  Literal all = operand.holding(held);
  std::vector<Number> numbers;
  for (int64_t i : llvm::seq(ShapedType::getNumElements(held)))
    numbers.push_back(toNumber(all[i], all.getElementType()));
  FftType kind = op.getFftType();
  bool isForward = kind == FftType::FFT || kind == FftType::RFFT;
  double sign = isForward ? -1 : 1;
  for (unsigned d = first; d + 1 < rank; ++d)
    transform(numbers, held, d, sign, held[d]);
  // Of real numbers, one half is conjugate to the other.
  int64_t length = lengths.back();
  if (kind == FftType::IRFFT) {
    int64_t half = held.back();
    std::vector<Number> both;
    for (size_t row = 0; row < numbers.size(); row += half)
      for (int64_t k : llvm::seq(length))
        both.push_back(k < half ? numbers[row + k]
                                : std::conj(numbers[row + length - k]));
    held.back() = length;
    numbers = std::move(both);
  }
  transform(numbers, held, rank - 1, sign,
            kind == FftType::RFFT ? length / 2 + 1 : length);
  RankedTensorType type = op.getType();
  std::vector<Element> elements;
  for (Number number : numbers)
    elements.push_back(fromNumber(isForward ? number : number / points,
                                  type.getElementType()));
  return Literal(type, held, std::move(elements));
}

std::optional<Literal> invhlo::evaluateLinear(Operation *op,
                                              ArrayRef<Literal> operands) {
  bool areNumeric = llvm::all_of(op->getOperandTypes(), isNumeric) &&
                    llvm::all_of(op->getResultTypes(), isNumeric);
  if (isa<DotGeneralOp, ConvolutionOp>(op))
    return areNumeric ? multiply(op, operands) : std::nullopt;
  if (auto fft = dyn_cast<FftOp>(op))
    return transform(fft, operands.front());
  return evaluate(op, operands, kMostEvaluated);
}
