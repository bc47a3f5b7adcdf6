// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Cone.h"
#include "Steps.h"
#include "Tables.h"
#include "invhlo/Idioms/Passes.h"
#include "invhlo/Invhlo/Invhlo.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace invhlo;

namespace invhlo {
#define GEN_PASS_DEF_RAISESEARCHESPASS
#include "invhlo/Idioms/Passes.h.inc"
} // namespace invhlo

namespace {
struct RaiseSearchesPass
    : invhlo::impl::RaiseSearchesPassBase<RaiseSearchesPass> {
  void runOnOperation() override {
    getOperation().walk([](Block *block) {
      while (inlineLookups(*block)) {
      }
      raise(*block);
    });
  }

  /// Inlines the functions that look up steps, so that it is seen how; whether
  /// there are any.
  static bool inlineLookups(Block &block) {
    StepFinder finder(block);
    if (!finder.findsAny())
      return false;
    SetVector<func::CallOp> calls;
    forEachRoot(block, [&](Operation *op) -> SmallVector<Operation *> {
      std::optional<SteppedCone> cone = finder.find(op);
      if (!cone)
        return {};
      for (Operation *inner : cone->lookup)
        if (auto call = dyn_cast<func::CallOp>(inner))
          calls.insert(call);
      return cone->ops;
    });
    bool anyIsInlined = false;
    for (func::CallOp call : calls)
      anyIsInlined |= inlineCall(call);
    return anyIsInlined;
  }

  static bool inlineCall(func::CallOp call) {
    auto function = SymbolTable::lookupNearestSymbolFrom<func::FuncOp>(
        call, call.getCalleeAttr());
    if (!function || !function.getBody().hasOneBlock())
      return false;
    Block &body = function.getBody().front();
    OpBuilder b(call);
    IRMapping mapping;
    mapping.map(body.getArguments(), call.getOperands());
    for (Operation &op : body.without_terminator())
      b.clone(op, mapping);
    for (auto [result, value] : llvm::zip_equal(
             call.getResults(), body.getTerminator()->getOperands()))
      result.replaceAllUsesWith(mapping.lookupOrDefault(value));
    call.erase();
    return true;
  }

  static void raise(Block &block) {
    StepFinder finder(block);
    if (!finder.findsAny())
      return;
    forEachRoot(block, [&](Operation *op) -> SmallVector<Operation *> {
      std::optional<SteppedCone> cone = finder.find(op);
      if (!cone)
        return {};
      Value value = op->getResult(0);
      OpBuilder b(op->getContext());
      b.setInsertionPointAfter(op);
      ValueRange steps = cone->steps.getArrayRef();
      if (std::optional<Tables> tables = createTables(b, *cone, value)) {
        SmallVector<Attribute> rows;
        for (ArrayRef<int64_t> numbers : tables->rows)
          rows.push_back(b.getDenseI64ArrayAttr(numbers));
        auto spline = SplineOp::create(
            b, op->getLoc(), value.getType(), cone->x, steps, tables->tables,
            tables->knots, tables->images, value, b.getArrayAttr(rows));
        outline(spline.getFormula(), cone->ops, cone->x, steps, value);
        value.replaceAllUsesExcept(spline, spline);
        return cone->ops;
      }
      Value edges = createEdges(b, op->getLoc(), cone->thresholds,
                                cast<RankedTensorType>(cone->x.getType()));
      auto search = SearchOp::create(b, op->getLoc(), value.getType(), cone->x,
                                     steps, edges, value, cone->isGuessed);
      outline(search.getLookup(), cone->lookup, cone->x, {}, steps);
      outline(search.getFormula(), cone->ops, cone->x, steps, value);
      value.replaceAllUsesExcept(search, search);
      return cone->ops;
    });
  }
};
} // namespace
