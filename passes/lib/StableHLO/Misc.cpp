// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Random numbers, tokens and tuples.

#include "AssemblyFormat.h"
#include "VerifyUtils.h"

#include "mlir/IR/Matchers.h"

using namespace mlir;
using namespace invhlo::stablehlo;

#define GET_OP_CLASSES
#include "invhlo/StableHLO/Misc.cpp.inc"

void StableHLODialect::registerMiscOps() {
  addOperations<
#define GET_OP_LIST
#include "invhlo/StableHLO/Misc.cpp.inc"
      >();
}

LogicalResult RngOp::inferReturnTypes(MLIRContext *,
                                      std::optional<Location> location,
                                      Adaptor adaptor,
                                      SmallVectorImpl<Type> &inferred) {
  auto shapeType = dyn_cast<RankedTensorType>(adaptor.getShape().getType());
  if (!shapeType || shapeType.getRank() != 1 || shapeType.isDynamicDim(0))
    return emitOptionalError(location, "expected a static 1D shape");
  SmallVector<int64_t> shape(shapeType.getDimSize(0), ShapedType::kDynamic);
  DenseIntElementsAttr value;
  if (matchPattern(adaptor.getShape(), m_Constant(&value)))
    for (auto [size, known] : llvm::zip(shape, value.getValues<APInt>()))
      size = known.getSExtValue();
  inferred.push_back(
      tensorOf(shape, getElementTypeOrSelf(adaptor.getA().getType())));
  return success();
}

LogicalResult RngBitGeneratorOp::verify() {
  if (!areCompatibleTypes(getInitialState().getType(),
                          getOutputState().getType()))
    return emitOpError() << "expects a state like "
                         << getInitialState().getType() << ", got "
                         << getOutputState().getType();
  return success();
}

LogicalResult TupleOp::inferReturnTypes(MLIRContext *context,
                                        std::optional<Location>,
                                        Adaptor adaptor,
                                        SmallVectorImpl<Type> &inferred) {
  inferred.push_back(TupleType::get(context, adaptor.getVal().getTypes()));
  return success();
}

LogicalResult GetTupleElementOp::inferReturnTypes(
    MLIRContext *, std::optional<Location> location, Adaptor adaptor,
    SmallVectorImpl<Type> &inferred) {
  auto tuple = dyn_cast<TupleType>(adaptor.getOperand().getType());
  if (!tuple)
    return emitOptionalError(location, "expected a tuple");
  if (adaptor.getIndex() >= tuple.size())
    return emitOptionalError(location, "index must be in [0, ", tuple.size(),
                             "), got ", adaptor.getIndex());
  inferred.push_back(tuple.getType(adaptor.getIndex()));
  return success();
}
