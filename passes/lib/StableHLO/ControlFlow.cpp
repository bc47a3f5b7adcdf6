// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Loops, branches, calls and the terminator of regions.

#include "AssemblyFormat.h"
#include "VerifyUtils.h"

#include "mlir/Interfaces/FunctionInterfaces.h"

using namespace mlir;
using namespace invhlo::stablehlo;

#define GET_OP_CLASSES
#include "invhlo/StableHLO/ControlFlow.cpp.inc"

void StableHLODialect::registerControlFlowOps() {
  addOperations<
#define GET_OP_LIST
#include "invhlo/StableHLO/ControlFlow.cpp.inc"
      >();
}

void ReturnOp::build(OpBuilder &, OperationState &) {}

static Type predType(MLIRContext *context) {
  return tensorOf({}, IntegerType::get(context, 1));
}

void WhileOp::getAsmBlockArgumentNames(Region &region,
                                       OpAsmSetValueNameFn setName) {
  for (BlockArgument argument : region.getArguments())
    setName(argument, "iterArg");
}

LogicalResult WhileOp::verify() {
  if (!areCompatibleTypes(getOperand().getTypes(), getResultTypes()))
    return emitOpError() << "expects results typed like the operands";
  return success();
}

LogicalResult WhileOp::verifyRegions() {
  TypeRange carried = getOperand().getTypes();
  if (failed(verifyRegion(*this, getCond(), "cond", carried,
                          predType(getContext()))))
    return failure();
  return verifyRegion(*this, getBody(), "body", carried, carried);
}

LogicalResult IfOp::verify() {
  if (getPred().getType().getRank() != 0 &&
      !(getPred().getType().getRank() == 1 &&
        sizesAgree(getPred().getType().getDimSize(0), 1)))
    return emitOpError() << "expects a scalar predicate, got "
                         << getPred().getType();
  return success();
}

LogicalResult IfOp::verifyRegions() {
  if (failed(verifyRegion(*this, getTrueBranch(), "the true branch", {},
                          getResultTypes())))
    return failure();
  return verifyRegion(*this, getFalseBranch(), "the false branch", {},
                      getResultTypes());
}

LogicalResult CaseOp::verify() {
  if (getBranches().empty())
    return emitOpError() << "expects at least one branch";
  if (getIndex().getType().getRank() != 0)
    return emitOpError() << "expects a scalar index, got "
                         << getIndex().getType();
  return success();
}

LogicalResult CaseOp::verifyRegions() {
  for (Region &branch : getBranches()) {
    std::string name = ("branch " + Twine(branch.getRegionNumber())).str();
    if (failed(verifyRegion(*this, branch, name, {}, getResultTypes())))
      return failure();
  }
  return success();
}

LogicalResult
OptimizationBarrierOp::inferReturnTypes(MLIRContext *, std::optional<Location>,
                                        Adaptor adaptor,
                                        SmallVectorImpl<Type> &inferred) {
  llvm::append_range(inferred, adaptor.getOperand().getTypes());
  return success();
}

void CustomCallOp::build(OpBuilder &builder, OperationState &state,
                         TypeRange results, ValueRange inputs,
                         StringRef target) {
  state.addOperands(inputs);
  state.getOrAddProperties<Properties>().call_target_name =
      builder.getStringAttr(target);
  state.addTypes(results);
}

void CustomCallOp::getEffects(
    SmallVectorImpl<MemoryEffects::EffectInstance> &effects) {
  if (!getHasSideEffect())
    return;
  effects.emplace_back(MemoryEffects::Read::get());
  effects.emplace_back(MemoryEffects::Write::get());
}

LogicalResult CustomCallOp::verify() {
  // Layouts come for all or for none. A tuple counts as its elements.
  auto check = [&](StringRef name, std::optional<ArrayAttr> layouts,
                   TypeRange types) -> LogicalResult {
    if (!layouts)
      return success();
    SmallVector<Type> flat(types);
    if (flat.size() == 1)
      if (auto tuple = dyn_cast<TupleType>(flat[0]))
        flat.assign(tuple.begin(), tuple.end());
    if (failed(report(*this, checkLength(name, layouts->size(), flat.size()))))
      return failure();
    for (auto [type, attr] : llvm::zip_equal(flat, *layouts)) {
      auto tensor = dyn_cast<RankedTensorType>(type);
      SmallVector<int64_t> layout;
      for (const APInt &dim : cast<DenseIntElementsAttr>(attr))
        layout.push_back(dim.getSExtValue());
      int64_t rank = tensor ? tensor.getRank() : 0;
      if (failed(report(*this, checkLength("layout", layout.size(), rank))) ||
          failed(report(*this, checkDims("layout", layout, rank))))
        return failure();
    }
    return success();
  };
  if (getOperandLayouts().has_value() != getResultLayouts().has_value())
    return emitOpError()
           << "expects layouts for both operands and results or for neither";
  if (failed(check("operand_layouts", getOperandLayouts(), getOperandTypes())))
    return failure();
  return check("result_layouts", getResultLayouts(), getResultTypes());
}

LogicalResult CompositeOp::verify() {
  if (getName().empty())
    return emitOpError() << "expects a name";
  return success();
}

LogicalResult CompositeOp::verifySymbolUses(SymbolTableCollection &symbols) {
  auto function = symbols.lookupNearestSymbolFrom<FunctionOpInterface>(
      *this, getDecompositionAttr());
  if (!function)
    return emitOpError() << "expects a function to decompose into, found none "
                         << "named " << getDecomposition();
  if (!areCompatibleTypes(function.getArgumentTypes(), getOperandTypes()) ||
      !areCompatibleTypes(function.getResultTypes(), getResultTypes()))
    return emitOpError() << "expects the type of " << getDecomposition()
                         << ", which is " << function.getFunctionType();
  return success();
}

/// As effective as its decomposition; what that calls in turn is not followed.
void CompositeOp::getEffects(
    SmallVectorImpl<MemoryEffects::EffectInstance> &effects) {
  auto function = SymbolTable::lookupNearestSymbolFrom<FunctionOpInterface>(
      *this, getDecompositionAttr());
  bool pure = function && !function.isExternal();
  if (pure)
    function.getFunctionBody().walk([&](Operation *op) {
      if (op->hasTrait<OpTrait::IsTerminator>() ||
          op->hasTrait<OpTrait::HasRecursiveMemoryEffects>())
        return WalkResult::advance();
      pure = !isa<CompositeOp>(op) && isMemoryEffectFree(op);
      return pure ? WalkResult::advance() : WalkResult::interrupt();
    });
  if (pure)
    return;
  effects.emplace_back(MemoryEffects::Read::get());
  effects.emplace_back(MemoryEffects::Write::get());
}
