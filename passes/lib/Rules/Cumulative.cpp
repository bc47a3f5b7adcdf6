// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Running sums and products, which JAX lowers to reductions over windows.

#include "invhlo/Rules/Elementwise.h"
#include "invhlo/Rules/Rules.h"
#include "invhlo/StableHLO/Analysis/Combiner.h"
#include "invhlo/StableHLO/Analysis/RunningWindow.h"

using namespace mlir;
using namespace invhlo;

namespace {

/// The results of the windows that end one element earlier, with `fill` before
/// the first.
Value getPrevious(Emitter &e, const stablehlo::RunningWindow &window, Value y,
                  double fill) {
  RankedTensorType type = getTensorType(y);
  SmallVector<int64_t> low(type.getRank(), 0), high(low), interior(low);
  low[window.dim] = window.isReversed ? -1 : 1;
  high[window.dim] = -low[window.dim];
  Value value = e.fill(fill, type.clone(ArrayRef<int64_t>{}));
  return e.create<stablehlo::PadOp>(y, value, low, high, interior);
}

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
  SmallVector<Edge> getEdges(Operation *op) const {
    auto reduce = cast<stablehlo::ReduceWindowOp>(op);
    stablehlo::Combiner combiner(reduce.getBody());
    if (!stablehlo::RunningWindow::get(reduce) ||
        !(combiner.adds() || combiner.multiplies()))
      return getOpaqueEdges(op);
    auto coupling = combiner.adds() ? Coupling::Affine : Coupling::Smooth;
    return getEdgesToResult(op, 0, Reach::Running, coupling);
  }
  void propagate(Operation *op, Knowledge &knowledge) const {
    auto reduce = cast<stablehlo::ReduceWindowOp>(op);
    auto window = stablehlo::RunningWindow::get(reduce);
    if (!window)
      return knowledge.refuse(op, "its windows are not running ones");
    stablehlo::Combiner combiner(reduce.getBody());
    bool adds = combiner.adds();
    bool multiplies =
        combiner.multiplies() && hasDensity(reduce.getResult(0).getType());
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
    Value previous = getPrevious(e, *window, y.value, adds ? 0 : 1);
    Known found{adds ? e.sub(y.value, previous) : e.div(y.value, previous),
                y.share};
    if (multiplies && knowledge.wantsShares()) {
      Value logDet = e.neg(e.logAbs(previous));
      if (isComplex(previous))
        logDet = e.scale(2, logDet);
      logDet = e.convert(logDet, getShareType(getElementTypeOrSelf(operand)));
      found.share = e.addLogDet(y.share, logDet);
    }
    knowledge.find(op, operand, found);
  }
};

} // namespace

void invhlo::attachCumulativeRules(MLIRContext *context) {
  stablehlo::ReduceWindowOp::attachInterface<ReduceWindowRule>(*context);
}
