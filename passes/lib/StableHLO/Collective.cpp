// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Communication between replicas and with the host.

#include "AssemblyFormat.h"
#include "VerifyUtils.h"

using namespace mlir;
using namespace invhlo::stablehlo;

#define GET_OP_CLASSES
#include "invhlo/StableHLO/Collective.cpp.inc"

void StableHLODialect::registerCollectiveOps() {
  addOperations<
#define GET_OP_LIST
#include "invhlo/StableHLO/Collective.cpp.inc"
      >();
}

/// The region combines two scalars of the operand's elements.
static LogicalResult verifyCombiner(Operation *op, Region &region,
                                    Type operand) {
  SmallVector<Type> scalar = scalarsOf(operand);
  return verifyRegion(op, region, "the computation", {scalar[0], scalar[0]},
                      scalar, /*elementsMatter=*/false);
}

/// A result for each of `data`, shaped like it.
static LogicalResult verifyResultsLike(Operation *op, ValueRange data) {
  if (data.empty())
    return op->emitOpError() << "expects at least one operand";
  if (op->getNumResults() != data.size())
    return op->emitOpError() << "expects " << data.size() << " results, got "
                             << op->getNumResults();
  for (auto [operand, result] :
       llvm::zip(data.getTypes(), op->getResultTypes()))
    if (failed(verifyCompatibleShape(operand, result)))
      return op->emitOpError() << "expects a result shaped like " << operand
                               << ", got " << result;
  return success();
}

/// The operands without the last one, which tells their roots, if there is one.
static ValueRange withoutRoots(ValueRange operands, bool hasRoots) {
  return hasRoots && !operands.empty() ? operands.drop_back() : operands;
}

/// The root of each of `data` is an i32 of the last operand.
template <typename OpT>
static LogicalResult verifyRoots(OpT op, ValueRange data) {
  if (!op.getHasDynamicRoot())
    return success();
  if (data.empty())
    return op.emitOpError() << "expects operands and then their roots";
  auto roots = cast<RankedTensorType>(op->getOperands().back().getType());
  if (roots.getRank() != 1 || !roots.getElementType().isSignlessInteger(32) ||
      !sizesAgree(roots.getDimSize(0), data.size()))
    return op.emitOpError()
           << "expects " << data.size() << " roots of i32, got " << roots;
  return success();
}

LogicalResult AllReduceOp::verify() {
  return verifyResultsLike(*this, getOperands());
}

LogicalResult AllReduceOp::verifyRegions() {
  return verifyCombiner(*this, getComputation(),
                        getOperands().front().getType());
}

LogicalResult CollectiveReduceOp::verify() {
  ValueRange data = withoutRoots(getOperands(), getHasDynamicRoot());
  if (failed(verifyRoots(*this, data)))
    return failure();
  return verifyResultsLike(*this, data);
}

LogicalResult CollectiveReduceOp::verifyRegions() {
  return verifyCombiner(*this, getComputation(),
                        getOperands().front().getType());
}

LogicalResult CollectiveBroadcastOp::verify() {
  ValueRange data = withoutRoots(getOperands(), getHasDynamicRoot());
  if (failed(verifyRoots(*this, data)))
    return failure();
  if (data.empty())
    return emitOpError() << "expects at least one operand";
  return success();
}

LogicalResult
CollectiveBroadcastOp::inferReturnTypes(MLIRContext *, std::optional<Location>,
                                        Adaptor adaptor,
                                        SmallVectorImpl<Type> &inferred) {
  ValueRange data =
      withoutRoots(adaptor.getOperands(), adaptor.getHasDynamicRoot());
  llvm::append_range(inferred, data.getTypes());
  return success();
}

LogicalResult ReduceScatterOp::verify() {
  RankedTensorType type = getOperand().getType();
  if (getType().getRank() != type.getRank())
    return emitOpError() << "expects a result of rank " << type.getRank()
                         << ", got " << getType();
  return report(*this, checkDim("scatter_dimension", getScatterDimension(),
                                type.getRank()));
}

LogicalResult ReduceScatterOp::verifyRegions() {
  return verifyCombiner(*this, getComputation(), getOperand().getType());
}

LogicalResult AllGatherOp::verify() {
  if (getOperands().empty())
    return emitOpError() << "expects at least one operand";
  if (getNumResults() != getOperands().size())
    return emitOpError() << "expects " << getOperands().size()
                         << " results, got " << getNumResults();
  for (auto [operand, result] :
       llvm::zip(getOperands().getTypes(), getResultTypes())) {
    auto from = cast<RankedTensorType>(operand);
    auto to = cast<RankedTensorType>(result);
    int64_t dim = getAllGatherDim();
    if (failed(report(*this, checkDim("all_gather_dim", dim, from.getRank()))))
      return failure();
    bool fits = to.getRank() == from.getRank() && elementsAgree(from, to);
    for (int64_t d = 0; fits && d < from.getRank(); ++d)
      fits = d == dim || sizesAgree(from.getDimSize(d), to.getDimSize(d));
    if (!fits)
      return emitOpError() << "expects a result like " << from
                           << " but for dimension " << dim << ", got " << to;
  }
  return success();
}

LogicalResult AllToAllOp::inferReturnTypes(MLIRContext *,
                                           std::optional<Location> location,
                                           Adaptor adaptor,
                                           SmallVectorImpl<Type> &inferred) {
  int64_t split = adaptor.getSplitDimension();
  int64_t concat = adaptor.getConcatDimension();
  int64_t count = adaptor.getSplitCount();
  if (count <= 0)
    return emitOptionalError(location, "split_count must be positive, got ",
                             count);
  for (Value operand : adaptor.getODSOperands(0)) {
    auto type = dyn_cast<RankedTensorType>(operand.getType());
    if (!type)
      return emitOptionalError(location, "expected ranked tensors");
    if (failed(report(location,
                      checkDim("split_dimension", split, type.getRank()))) ||
        failed(report(location,
                      checkDim("concat_dimension", concat, type.getRank()))))
      return failure();
    SmallVector<int64_t> shape(type.getShape());
    if (!ShapedType::isDynamic(shape[split])) {
      if (shape[split] % count != 0)
        return emitOptionalError(location, "cannot split dimension ", split,
                                 " of ", type, " into ", count);
      shape[split] /= count;
    }
    if (!ShapedType::isDynamic(shape[concat]))
      shape[concat] *= count;
    inferred.push_back(tensorOf(shape, type.getElementType()));
  }
  return success();
}

/// A scalar that counts replicas or partitions.
static LogicalResult inferId(MLIRContext *context,
                             SmallVectorImpl<Type> &inferred) {
  inferred.push_back(
      tensorOf({}, IntegerType::get(context, 32, IntegerType::Unsigned)));
  return success();
}

LogicalResult PartitionIdOp::inferReturnTypes(MLIRContext *context,
                                              std::optional<Location>, Adaptor,
                                              SmallVectorImpl<Type> &inferred) {
  return inferId(context, inferred);
}

LogicalResult ReplicaIdOp::inferReturnTypes(MLIRContext *context,
                                            std::optional<Location>, Adaptor,
                                            SmallVectorImpl<Type> &inferred) {
  return inferId(context, inferred);
}

LogicalResult AsyncStartOp::verifyRegions() {
  if (getBody().front().getOperations().size() != 2)
    return emitOpError() << "expects a region of one op and a return";
  return verifyRegion(*this, getBody(), "the body", getOperandTypes(),
                      getType().getTypes());
}

LogicalResult AsyncDoneOp::inferReturnTypes(MLIRContext *,
                                            std::optional<Location> location,
                                            Adaptor adaptor,
                                            SmallVectorImpl<Type> &inferred) {
  auto future = dyn_cast<FutureType>(adaptor.getOperand().getType());
  if (!future)
    return emitOptionalError(location, "expected a future");
  llvm::append_range(inferred, future.getTypes());
  return success();
}

/// What is received, and then a token.
static LogicalResult verifyEndsInToken(Operation *op) {
  if (op->getNumResults() == 0 ||
      !isa<TokenType>(op->getResults().back().getType()))
    return op->emitOpError() << "expects a token as the last result";
  return success();
}

LogicalResult RecvOp::verify() { return verifyEndsInToken(*this); }

LogicalResult InfeedOp::verify() { return verifyEndsInToken(*this); }
