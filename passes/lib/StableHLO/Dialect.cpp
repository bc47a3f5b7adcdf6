// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/StableHLO/StableHLO.h"

#include "mlir/Interfaces/FoldInterfaces.h"
#include "mlir/Transforms/InliningUtils.h"

using namespace mlir;
using namespace invhlo::stablehlo;

#include "invhlo/StableHLO/Dialect.cpp.inc"

namespace {
/// Every op may be inlined anywhere: effects follow the op, and no region
/// depends on where it stands.
struct StableHLOInlinerInterface : public DialectInlinerInterface {
  using DialectInlinerInterface::DialectInlinerInterface;

  bool isLegalToInline(Operation *, Operation *, bool) const final {
    return true;
  }
  bool isLegalToInline(Operation *, Region *, bool, IRMapping &) const final {
    return true;
  }
  bool isLegalToInline(Region *, Region *, bool, IRMapping &) const final {
    return true;
  }
  /// A function that ends in `stablehlo.return` hands its values to the call.
  void handleTerminator(Operation *op, ValueRange valuesToReplace) const final {
    for (auto [from, to] : llvm::zip(valuesToReplace, op->getOperands()))
      from.replaceAllUsesWith(to);
  }
};

/// XLA makes regions that are applied to elements functions of their own, so
/// constants folded there must stay inside.
struct StableHLOFoldInterface : public DialectFoldInterface {
  using DialectFoldInterface::DialectFoldInterface;

  bool shouldMaterializeInto(Region *region) const final {
    return !isa<WhileOp, IfOp, CaseOp>(region->getParentOp());
  }
};
} // namespace

void StableHLODialect::initialize() {
  registerAttributes();
  registerTypes();
  registerUnaryOps();
  registerElementwiseOps();
  registerDataMovementOps();
  registerIndexingOps();
  registerLinearAlgebraOps();
  registerReductionOps();
  registerControlFlowOps();
  registerCollectiveOps();
  registerDynamicOps();
  registerMiscOps();
  addInterfaces<StableHLOFoldInterface, StableHLOInlinerInterface>();
}

Operation *StableHLODialect::materializeConstant(OpBuilder &builder,
                                                 Attribute value, Type type,
                                                 Location loc) {
  auto elements = dyn_cast<ElementsAttr>(value);
  if (!elements || !isa<RankedTensorType>(type))
    return nullptr;
  if (!areCompatibleTypes(elements.getType(), type))
    return nullptr;
  return ConstantOp::create(builder, loc, type, elements);
}
