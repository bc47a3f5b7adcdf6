// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Gathers and scatters.

#include "AssemblyFormat.h"
#include "VerifyUtils.h"

using namespace mlir;
using namespace invhlo::stablehlo;

#define GET_OP_CLASSES
#include "invhlo/StableHLO/Indexing.cpp.inc"

void StableHLODialect::registerIndexingOps() {
  addOperations<
#define GET_OP_LIST
#include "invhlo/StableHLO/Indexing.cpp.inc"
      >();
}

/// The shape of `indices` without the index vectors.
static SmallVector<int64_t> batchShape(RankedTensorType indices,
                                       int64_t indexVectorDim) {
  SmallVector<int64_t> shape(indices.getShape());
  if (indexVectorDim < indices.getRank())
    shape.erase(shape.begin() + indexVectorDim);
  return shape;
}

/// Batching dims are of one size in both tensors, and not of the index vectors.
static Complaint checkBatchingDims(GatherDimensionNumbersAttr dims,
                                   RankedTensorType operand,
                                   RankedTensorType indices) {
  for (auto [d, from] : llvm::zip_equal(dims.getOperandBatchingDims(),
                                        dims.getStartIndicesBatchingDims())) {
    if (from == dims.getIndexVectorDim())
      return "batching dims of the indices must not hold index_vector_dim";
    int64_t size = operand.getDimSize(d), count = indices.getDimSize(from);
    if (!sizesAgree(size, count))
      return ("batching dims must agree in size, got " + Twine(size) + " and " +
              Twine(count))
          .str();
  }
  return std::nullopt;
}

static Complaint checkIndexedDims(GatherDimensionNumbersAttr dims,
                                  RankedTensorType operand,
                                  RankedTensorType indices,
                                  int64_t slicesRank) {
  int64_t operandRank = operand.getRank(), indicesRank = indices.getRank();
  if (dims.getIndexVectorDim() < 0 || dims.getIndexVectorDim() > indicesRank)
    return checkDim("index_vector_dim", dims.getIndexVectorDim(),
                    indicesRank + 1);
  int64_t vectorSize = dims.getIndexVectorDim() == indicesRank
                           ? 1
                           : indices.getDimSize(dims.getIndexVectorDim());
  if (!sizesAgree(vectorSize, dims.getStartIndexMap().size()))
    return checkLength("the index map", dims.getStartIndexMap().size(),
                       vectorSize);
  if (Complaint c =
          checkDims("the index map", dims.getStartIndexMap(), operandRank))
    return c;
  SmallVector<int64_t> dropped(dims.getCollapsedSliceDims());
  llvm::append_range(dropped, dims.getOperandBatchingDims());
  if (Complaint c =
          checkDims("collapsed and batching dims", dropped, operandRank))
    return c;
  if (Complaint c = checkDims("batching dims of the indices",
                              dims.getStartIndicesBatchingDims(), indicesRank))
    return c;
  if (Complaint c = checkLength("batching dims of the indices",
                                dims.getStartIndicesBatchingDims().size(),
                                dims.getOperandBatchingDims().size()))
    return c;
  if (Complaint c = checkBatchingDims(dims, operand, indices))
    return c;
  if (Complaint c = checkDims("window dims", dims.getOffsetDims(), slicesRank))
    return c;
  if (!llvm::is_sorted(dims.getOffsetDims()))
    return "window dims must be sorted";
  return checkLength("window dims", dims.getOffsetDims().size(),
                     operandRank - static_cast<int64_t>(dropped.size()));
}

/// Shape of the slices: batch sizes, with the window's put at its dims.
static SmallVector<int64_t> slicesShape(ArrayRef<int64_t> batch,
                                        ArrayRef<int64_t> windowDims,
                                        ArrayRef<int64_t> window) {
  SmallVector<int64_t> shape(batch.size() + windowDims.size());
  const int64_t *nextBatch = batch.begin(), *nextWindow = window.begin();
  for (auto [d, size] : llvm::enumerate(shape))
    size = llvm::is_contained(windowDims, static_cast<int64_t>(d))
               ? *nextWindow++
               : *nextBatch++;
  return shape;
}

/// `sizes` has one entry a dimension of the operand, dynamic if unknown.
static LogicalResult inferGather(std::optional<Location> location,
                                 Value operand, Value indices,
                                 GatherDimensionNumbersAttr dims,
                                 ArrayRef<int64_t> sizes,
                                 SmallVectorImpl<Type> &inferred) {
  auto type = dyn_cast<RankedTensorType>(operand.getType());
  auto indicesType = dyn_cast<RankedTensorType>(indices.getType());
  if (!type || !indicesType || !dims)
    return emitOptionalError(location, "expected ranked tensors");
  int64_t indicesRank = indicesType.getRank();
  int64_t batchRank =
      indicesRank - (dims.getIndexVectorDim() < indicesRank ? 1 : 0);
  int64_t rank = batchRank + static_cast<int64_t>(dims.getOffsetDims().size());
  if (failed(
          report(location, checkIndexedDims(dims, type, indicesType, rank))) ||
      failed(report(location,
                    checkLength("slice_sizes", sizes.size(), type.getRank()))))
    return failure();
  SmallVector<int64_t> window;
  for (auto [d, size] : llvm::enumerate(sizes)) {
    if (!ShapedType::isDynamic(size) &&
        (size < 0 || (!type.isDynamicDim(d) && size > type.getDimSize(d))))
      return emitOptionalError(location, "slice size ", size,
                               " does not fit dimension ", d, " of ", type);
    if (dims.isWindowDim(d))
      window.push_back(size);
    else if (!ShapedType::isDynamic(size) && size > 1)
      return emitOptionalError(location, "slice size ", size,
                               " of dropped dimension ", d, " exceeds 1");
  }
  SmallVector<int64_t> batch =
      batchShape(indicesType, dims.getIndexVectorDim());
  inferred.push_back(tensorOf(slicesShape(batch, dims.getOffsetDims(), window),
                              type.getElementType()));
  return success();
}

LogicalResult GatherOp::inferReturnTypes(MLIRContext *,
                                         std::optional<Location> location,
                                         Adaptor adaptor,
                                         SmallVectorImpl<Type> &inferred) {
  return inferGather(location, adaptor.getOperand(), adaptor.getStartIndices(),
                     adaptor.getDimensionNumbers(), adaptor.getSliceSizes(),
                     inferred);
}

LogicalResult DynamicGatherOp::inferReturnTypes(
    MLIRContext *, std::optional<Location> location, Adaptor adaptor,
    SmallVectorImpl<Type> &inferred) {
  auto type = dyn_cast<RankedTensorType>(adaptor.getOperand().getType());
  if (!type)
    return emitOptionalError(location, "expected a ranked tensor");
  SmallVector<int64_t> sizes(type.getRank(), ShapedType::kDynamic);
  return inferGather(location, adaptor.getOperand(), adaptor.getStartIndices(),
                     adaptor.getDimensionNumbers(), sizes, inferred);
}

LogicalResult ScatterOp::verify() {
  if (getInputs().empty())
    return emitOpError() << "expects at least one input";
  if (getInputs().getTypes() != getResultTypes() &&
      !areCompatibleTypes(getInputs().getTypes(), getResultTypes()))
    return emitOpError() << "expects results typed like the inputs";
  GatherDimensionNumbersAttr dims = getScatterDimensionNumbers().asGather();
  auto indices = cast<RankedTensorType>(getScatterIndices().getType());
  auto first = cast<RankedTensorType>(getInputs().front().getType());
  for (auto [input, update] :
       llvm::zip(getInputs().getTypes(), getUpdates().getTypes())) {
    auto inputType = cast<RankedTensorType>(input);
    auto updateType = cast<RankedTensorType>(update);
    if (failed(verifyCompatibleShape(first, inputType)))
      return emitOpError() << "expects inputs of one shape, got " << first
                           << " and " << inputType;
    if (failed(report(*this, checkIndexedDims(dims, inputType, indices,
                                              updateType.getRank()))))
      return failure();
    SmallVector<int64_t> batch = batchShape(indices, dims.getIndexVectorDim());
    if (failed(report(*this, checkLength("batch dims of the updates",
                                         updateType.getRank() -
                                             dims.getOffsetDims().size(),
                                         batch.size()))))
      return failure();
    unsigned next = 0;
    for (auto [d, size] : llvm::enumerate(updateType.getShape()))
      if (!llvm::is_contained(dims.getOffsetDims(), static_cast<int64_t>(d)) &&
          !sizesAgree(size, batch[next++]))
        return emitOpError()
               << "updates " << updateType << " do not match indices "
               << indices << " in dimension " << d;
    // The other dimensions of the input are the window's, in order.
    const int64_t *window = dims.getOffsetDims().begin();
    for (auto [d, size] : llvm::enumerate(inputType.getShape())) {
      if (!dims.isWindowDim(d))
        continue;
      int64_t updateSize = updateType.getDimSize(*window++);
      if (!ShapedType::isDynamic(size) && !ShapedType::isDynamic(updateSize) &&
          updateSize > size)
        return emitOpError()
               << "updates " << updateType << " do not fit dimension " << d
               << " of " << inputType;
    }
  }
  return success();
}

LogicalResult ScatterOp::verifyRegions() {
  SmallVector<Type> results = scalarsOf(getInputs().getTypes());
  SmallVector<Type> arguments(results);
  llvm::append_range(arguments, scalarsOf(getUpdates().getTypes()));
  return verifyRegion(*this, getUpdateComputation(), "the region", arguments,
                      results, /*elementsMatter=*/false);
}
