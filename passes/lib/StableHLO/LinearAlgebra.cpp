// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Products, convolutions, factorizations, transforms and batch norms.

#include "AssemblyFormat.h"
#include "VerifyUtils.h"

#include "llvm/Support/InterleavedRange.h"

using namespace mlir;
using namespace invhlo::stablehlo;

#define GET_OP_CLASSES
#include "invhlo/StableHLO/LinearAlgebra.cpp.inc"

void StableHLODialect::registerLinearAlgebraOps() {
  addOperations<
#define GET_OP_LIST
#include "invhlo/StableHLO/LinearAlgebra.cpp.inc"
      >();
}

void DotGeneralOp::build(OpBuilder &builder, OperationState &state, Type result,
                         Value lhs, Value rhs, DotDimensionNumbersAttr dims) {
  build(builder, state, result, lhs, rhs, dims, ArrayAttr(),
        DotAlgorithmAttr());
}

/// Dimensions of `type` that are in neither list.
static SmallVector<int64_t> remainingSizes(RankedTensorType type,
                                           ArrayRef<int64_t> batching,
                                           ArrayRef<int64_t> contracting) {
  SmallVector<int64_t> sizes;
  for (auto [d, size] : llvm::enumerate(type.getShape()))
    if (!llvm::is_contained(batching, static_cast<int64_t>(d)) &&
        !llvm::is_contained(contracting, static_cast<int64_t>(d)))
      sizes.push_back(size);
  return sizes;
}

LogicalResult DotGeneralOp::verify() {
  DotDimensionNumbersAttr numbers = getDotDimensionNumbers();
  ArrayRef<int64_t> lhsBatch = numbers.getLhsBatchingDimensions();
  ArrayRef<int64_t> rhsBatch = numbers.getRhsBatchingDimensions();
  ArrayRef<int64_t> lhsSum = numbers.getLhsContractingDimensions();
  ArrayRef<int64_t> rhsSum = numbers.getRhsContractingDimensions();
  RankedTensorType lhs = getLhs().getType(), rhs = getRhs().getType();
  auto joined = [](ArrayRef<int64_t> a, ArrayRef<int64_t> b) {
    SmallVector<int64_t> all(a);
    llvm::append_range(all, b);
    return all;
  };
  if (lhsBatch.size() != rhsBatch.size() || lhsSum.size() != rhsSum.size())
    return emitOpError() << "expects as many dimensions of lhs as of rhs";
  SmallVector<int64_t> lhsDims = joined(lhsBatch, lhsSum);
  SmallVector<int64_t> rhsDims = joined(rhsBatch, rhsSum);
  if (failed(report(*this, checkDims("lhs dims", lhsDims, lhs.getRank()))) ||
      failed(report(*this, checkDims("rhs dims", rhsDims, rhs.getRank()))))
    return failure();
  for (auto [l, r] : llvm::zip(lhsDims, rhsDims))
    if (!sizesAgree(lhs.getDimSize(l), rhs.getDimSize(r)))
      return emitOpError() << "expects dimension " << l << " of " << lhs
                           << " and " << r << " of " << rhs << " to agree";
  SmallVector<int64_t> shape;
  for (int64_t d : lhsBatch)
    shape.push_back(lhs.getDimSize(d));
  llvm::append_range(shape, remainingSizes(lhs, lhsBatch, lhsSum));
  llvm::append_range(shape, remainingSizes(rhs, rhsBatch, rhsSum));
  if (failed(verifyCompatibleShape(shape, getType().getShape())))
    return emitOpError() << "expects a result of shape ["
                         << llvm::interleaved(shape) << "], got " << getType();
  return success();
}

LogicalResult DotOp::verify() {
  RankedTensorType lhs = getLhs().getType(), rhs = getRhs().getType();
  if (lhs.getRank() < 1 || lhs.getRank() > 2 || rhs.getRank() < 1 ||
      rhs.getRank() > 2)
    return emitOpError() << "expects vectors or matrices, got " << lhs
                         << " and " << rhs;
  if (!sizesAgree(lhs.getShape().back(), rhs.getShape().front()))
    return emitOpError() << "expects the last dimension of " << lhs
                         << " and the first of " << rhs << " to agree";
  return success();
}

/// The result has the batch of the input, the features of the kernel and the
/// positions of the window. Dimension numbers and lengths have been checked.
static LogicalResult verifyConvolutionShape(ConvolutionOp op) {
  ConvDimensionNumbersAttr dims = op.getDimensionNumbers();
  RankedTensorType lhs = op.getLhs().getType(), rhs = op.getRhs().getType();
  int64_t groups = op.getFeatureGroupCount();
  int64_t batchGroups = op.getBatchGroupCount();
  int64_t batch = lhs.getDimSize(dims.getInputBatchDimension());
  int64_t features = lhs.getDimSize(dims.getInputFeatureDimension());
  int64_t kernelIn = rhs.getDimSize(dims.getKernelInputFeatureDimension());
  int64_t kernelOut = rhs.getDimSize(dims.getKernelOutputFeatureDimension());
  if (!ShapedType::isDynamic(features) &&
      (features % groups != 0 || !sizesAgree(features / groups, kernelIn)))
    return op.emitOpError() << "expects " << features << " input features in "
                            << groups << " groups to fit kernel " << rhs;
  if (!ShapedType::isDynamic(batch) && batch % batchGroups != 0)
    return op.emitOpError() << "expects a batch of " << batch << " to divide "
                            << "into " << batchGroups << " groups";
  if (!ShapedType::isDynamic(batch))
    batch /= batchGroups;
  SmallVector<int64_t> shape(lhs.getRank());
  shape[dims.getOutputBatchDimension()] = batch;
  shape[dims.getOutputFeatureDimension()] = kernelOut;
  for (auto [i, in, kernel, out] : llvm::enumerate(
           dims.getInputSpatialDimensions(), dims.getKernelSpatialDimensions(),
           dims.getOutputSpatialDimensions())) {
    for (auto values :
         {op.getWindowStrides(), op.getLhsDilation(), op.getRhsDilation()})
      if (values && (*values)[i] <= 0)
        return op.emitOpError() << "expects positive strides and dilations";
    WindowDim window =
        windowDim(i, rhs.getDimSize(kernel), op.getWindowStrides(),
                  op.getPadding(), op.getLhsDilation(), op.getRhsDilation());
    shape[out] = windowedSize(lhs.getDimSize(in), window);
  }
  if (failed(verifyCompatibleShape(shape, op.getType().getShape())))
    return op.emitOpError()
           << "expects a result of shape [" << llvm::interleaved(shape)
           << "], got " << op.getType();
  return success();
}

LogicalResult ConvolutionOp::verify() {
  ConvDimensionNumbersAttr dims = getDimensionNumbers();
  auto check = [&](StringRef name, int64_t rank, int64_t first, int64_t second,
                   ArrayRef<int64_t> spatial) {
    SmallVector<int64_t> all = {first, second};
    llvm::append_range(all, spatial);
    if (failed(report(*this, checkLength(name, all.size(), rank))))
      return failure();
    return report(*this, checkDims(name, all, rank));
  };
  if (failed(check("input dims", getLhs().getType().getRank(),
                   dims.getInputBatchDimension(),
                   dims.getInputFeatureDimension(),
                   dims.getInputSpatialDimensions())) ||
      failed(check("kernel dims", getRhs().getType().getRank(),
                   dims.getKernelInputFeatureDimension(),
                   dims.getKernelOutputFeatureDimension(),
                   dims.getKernelSpatialDimensions())) ||
      failed(check(
          "output dims", getType().getRank(), dims.getOutputBatchDimension(),
          dims.getOutputFeatureDimension(), dims.getOutputSpatialDimensions())))
    return failure();
  if (getRhs().getType().getRank() != getLhs().getType().getRank() ||
      getType().getRank() != getLhs().getType().getRank())
    return emitOpError() << "expects input, kernel and result of one rank";
  int64_t spatial = dims.getInputSpatialDimensions().size();
  auto length = [&](StringRef name, auto values) {
    return values ? report(*this, checkLength(name, values->size(), spatial))
                  : success();
  };
  if (failed(length("stride", getWindowStrides())) ||
      failed(length("lhs_dilate", getLhsDilation())) ||
      failed(length("rhs_dilate", getRhsDilation())) ||
      failed(length("reverse", getWindowReversal())))
    return failure();
  if (getPadding() &&
      getPadding()->getType().getShape() != ArrayRef<int64_t>({spatial, 2}))
    return emitOpError() << "expects padding of shape [" << spatial
                         << ", 2], got " << getPadding()->getType();
  return verifyConvolutionShape(*this);
}

/// `type` holds square matrices in its last two dimensions.
static bool isSquare(RankedTensorType type) {
  return type.getRank() >= 2 && sizesAgree(type.getShape().back(),
                                           type.getDimSize(type.getRank() - 2));
}

LogicalResult CholeskyOp::verify() {
  if (!isSquare(getA().getType()))
    return emitOpError() << "expects square matrices, got " << getA().getType();
  return success();
}

LogicalResult TriangularSolveOp::inferReturnTypes(
    MLIRContext *, std::optional<Location> location, Adaptor adaptor,
    SmallVectorImpl<Type> &inferred) {
  inferred.push_back(adaptor.getB().getType());
  return success();
}

LogicalResult TriangularSolveOp::verify() {
  RankedTensorType a = getA().getType(), b = getB().getType();
  if (!isSquare(a))
    return emitOpError() << "expects square matrices, got " << a;
  int64_t rank = a.getRank();
  if (b.getRank() != rank ||
      !sizesAgree(a.getShape().back(),
                  b.getDimSize(getLeftSide() ? rank - 2 : rank - 1)) ||
      failed(verifyCompatibleShape(a.getShape().drop_back(2),
                                   b.getShape().drop_back(2))) ||
      !elementsAgree(a, b))
    return emitOpError() << "expects right-hand sides that fit " << a
                         << ", got " << b;
  return success();
}

LogicalResult FftOp::inferReturnTypes(MLIRContext *,
                                      std::optional<Location> location,
                                      Adaptor adaptor,
                                      SmallVectorImpl<Type> &inferred) {
  auto type = dyn_cast<RankedTensorType>(adaptor.getOperand().getType());
  if (!type)
    return emitOptionalError(location, "expected a ranked tensor");
  ArrayRef<int64_t> length = adaptor.getFftLength();
  int64_t rank = type.getRank(), transformed = length.size();
  if (transformed < 1 || transformed > 3 || transformed > rank)
    return emitOptionalError(location, "expected 1 to 3 dimensions of ", type,
                             " to transform, got ", transformed);
  FftType kind = adaptor.getFftType();
  auto complex = dyn_cast<ComplexType>(type.getElementType());
  if (bool(complex) == (kind == FftType::RFFT))
    return emitOptionalError(location, "unexpected element type for ",
                             stringifyFftType(kind), ": ", type);
  // An RFFT leaves out the half of the last dimension that follows from the
  // other by symmetry; an IRFFT expects it left out.
  SmallVector<int64_t> expected(length);
  bool real = kind == FftType::RFFT || kind == FftType::IRFFT;
  if (kind == FftType::IRFFT && expected.back() != 0)
    expected.back() = expected.back() / 2 + 1;
  for (auto [i, size] : llvm::enumerate(expected))
    if (real && !sizesAgree(size, type.getDimSize(rank - transformed + i)))
      return emitOptionalError(location, "length does not fit ", type);
  SmallVector<int64_t> shape(type.getShape());
  Type element = type.getElementType();
  if (kind == FftType::RFFT) {
    if (length.back() != 0)
      shape.back() = length.back() / 2 + 1;
    element = ComplexType::get(element);
  } else if (kind == FftType::IRFFT) {
    shape.back() = length.back();
    element = complex.getElementType();
  }
  inferred.push_back(tensorOf(shape, element));
  return success();
}

/// The operand's type and the type of one number a feature.
static LogicalResult inferBatchNorm(std::optional<Location> location,
                                    Value operand, ValueRange features,
                                    int64_t featureIndex, bool statistics,
                                    SmallVectorImpl<Type> &inferred) {
  auto type = dyn_cast<RankedTensorType>(operand.getType());
  if (!type)
    return emitOptionalError(location, "expected a ranked tensor");
  if (failed(report(location,
                    checkDim("feature_index", featureIndex, type.getRank()))))
    return failure();
  for (Value feature : features) {
    auto own = dyn_cast<RankedTensorType>(feature.getType());
    if (!own || own.getRank() != 1 ||
        !sizesAgree(own.getDimSize(0), type.getDimSize(featureIndex)))
      return emitOptionalError(location, "expected one number a feature of ",
                               type, ", got ", feature.getType());
  }
  inferred.push_back(type);
  if (statistics)
    inferred.append(
        2, tensorOf({type.getDimSize(featureIndex)}, type.getElementType()));
  return success();
}

LogicalResult BatchNormInferenceOp::inferReturnTypes(
    MLIRContext *, std::optional<Location> location, Adaptor adaptor,
    SmallVectorImpl<Type> &inferred) {
  return inferBatchNorm(
      location, adaptor.getOperand(), adaptor.getOperands().drop_front(),
      adaptor.getFeatureIndex(), /*statistics=*/false, inferred);
}

LogicalResult BatchNormTrainingOp::inferReturnTypes(
    MLIRContext *, std::optional<Location> location, Adaptor adaptor,
    SmallVectorImpl<Type> &inferred) {
  return inferBatchNorm(
      location, adaptor.getOperand(), adaptor.getOperands().drop_front(),
      adaptor.getFeatureIndex(), /*statistics=*/true, inferred);
}

LogicalResult BatchNormGradOp::inferReturnTypes(
    MLIRContext *, std::optional<Location> location, Adaptor adaptor,
    SmallVectorImpl<Type> &inferred) {
  return inferBatchNorm(location, adaptor.getOperand(),
                        adaptor.getOperands().drop_front().drop_back(),
                        adaptor.getFeatureIndex(), /*statistics=*/true,
                        inferred);
}
