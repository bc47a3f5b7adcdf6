// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Running sums and products, which JAX lowers to reductions over windows.

#include "invhlo/Rules/Elementwise.h"
#include "invhlo/Rules/Rules.h"

using namespace mlir;
using namespace invhlo;

namespace {

/// One window for each element of `dim`, of all elements up to it (from it on,
/// if reversed).
struct RunningWindow {
  int64_t dim;
  bool reversed;

  static std::optional<RunningWindow> get(stablehlo::ReduceWindowOp op) {
    auto isAll = [](std::optional<ArrayRef<int64_t>> values, int64_t value) {
      return !values ||
             llvm::all_of(*values, [&](int64_t v) { return v == value; });
    };
    if (op.getInputs().size() != 1 || !op.getPadding() ||
        !isAll(op.getWindowStrides(), 1) || !isAll(op.getBaseDilations(), 1) ||
        !isAll(op.getWindowDilations(), 1))
      return std::nullopt;
    ArrayRef<int64_t> shape = getTensorType(op.getInputs()[0]).getShape();
    auto padding = llvm::to_vector(op.getPadding()->getValues<int64_t>());
    std::optional<RunningWindow> window;
    for (auto [d, size] : llvm::enumerate(op.getWindowDimensions())) {
      int64_t low = padding[2 * d], high = padding[2 * d + 1];
      if (size == 1 && low == 0 && high == 0)
        continue;
      bool forward = low == size - 1 && high == 0;
      bool backward = low == 0 && high == size - 1;
      if (window || size != shape[d] || !(forward || backward))
        return std::nullopt;
      window = RunningWindow{int64_t(d), backward};
    }
    return window;
  }

  /// The results of the windows that end one element earlier, with `fill`
  /// before the first.
  Value getPrevious(Emitter &e, Value y, double fill) const {
    RankedTensorType type = getTensorType(y);
    SmallVector<int64_t> low(type.getRank(), 0), high(low), interior(low);
    low[dim] = reversed ? -1 : 1;
    high[dim] = -low[dim];
    Value value = e.fill(fill, type.clone(ArrayRef<int64_t>{}));
    return e.create<stablehlo::PadOp>(y, value, low, high, interior);
  }
};

/// Whether `value` is a literal of which every element is `number`.
bool isSplatOf(Value value, double number) {
  DenseElementsAttr literal = getConstant(value);
  if (!literal || !literal.isSplat())
    return false;
  Type type = literal.getElementType();
  if (isa<IntegerType>(type))
    return literal.getSplatValue<APInt>() == uint64_t(number);
  if (isa<FloatType>(type))
    return literal.getSplatValue<APFloat>().convertToDouble() == number;
  auto parts = literal.getSplatValue<std::complex<APFloat>>();
  return parts.real().convertToDouble() == number && parts.imag().isZero();
}

/// y_i = x_0 + ... + x_i:  x_i = y_i - y_(i-1).
/// y_i = x_0 ... x_i:  x_i = y_i / y_(i-1),  log|dx_i/dy_i| = -log|y_(i-1)|.
struct ReduceWindowRule
    : InvertibleOpInterface::ExternalModel<ReduceWindowRule,
                                           stablehlo::ReduceWindowOp> {
  void propagate(Operation *op, Knowledge &knowledge) const {
    auto reduce = cast<stablehlo::ReduceWindowOp>(op);
    std::optional<RunningWindow> window = RunningWindow::get(reduce);
    if (!window)
      return knowledge.refuse(op, "its windows are not running ones");
    Block &body = reduce.getBody().front();
    Operation *combiner = body.getTerminator()->getOperand(0).getDefiningOp();
    bool isPlain = combiner && combiner->getNumOperands() == 2 &&
                   llvm::equal(combiner->getOperands(), body.getArguments());
    bool adds = isPlain && isa<stablehlo::AddOp>(combiner) &&
                !getElementTypeOrSelf(combiner->getResult(0)).isInteger(1);
    bool multiplies = isPlain && isa<stablehlo::MulOp>(combiner) &&
                      hasDensity(combiner->getResult(0).getType());
    if (!adds && !multiplies)
      return knowledge.refuse(op, "what it combines with is not undone");
    if (!isSplatOf(reduce.getInitValues()[0], adds ? 0 : 1))
      return knowledge.refuse(op, "its initial value is not neutral");
    Value operand = reduce.getInputs()[0], result = reduce.getResult(0);
    if (!knowledge.knows(result) || knowledge.knows(operand))
      return;
    if (!knowledge.mayFind(op, operand))
      return;
    Emitter e(knowledge.getBuilder(), op->getLoc());
    Known y = knowledge.get(result);
    Value previous = window->getPrevious(e, y.value, adds ? 0 : 1);
    Known found{adds ? e.sub(y.value, previous) : e.div(y.value, previous),
                y.share};
    if (multiplies && knowledge.wantsShares()) {
      Value logDet = e.neg(e.logAbs(previous));
      if (isComplex(previous))
        logDet = e.scale(2, logDet);
      logDet = e.convert(logDet, getShareType(getElementTypeOrSelf(operand)));
      found.share = y.share ? e.add(y.share, logDet) : logDet;
    }
    knowledge.find(op, operand, found);
  }
};

} // namespace

void invhlo::attachCumulativeRules(MLIRContext *context) {
  stablehlo::ReduceWindowOp::attachInterface<ReduceWindowRule>(*context);
}
