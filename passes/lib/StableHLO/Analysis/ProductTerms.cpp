// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/StableHLO/Analysis/ProductTerms.h"

#include "invhlo/StableHLO/Analysis/Indices.h"
#include "invhlo/StableHLO/StableHLO.h"
#include "mlir/Dialect/Utils/IndexingUtils.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace invhlo::stablehlo;

static ArrayRef<int64_t> getShape(Value value) {
  return cast<RankedTensorType>(value.getType()).getShape();
}

std::optional<ProductTerms> ProductTerms::get(Operation *op,
                                              ArrayRef<int64_t> lhsHeld,
                                              ArrayRef<int64_t> rhsHeld) {
  if (isa<DotGeneralOp>(op))
    return ofProduct(op, lhsHeld, rhsHeld);
  auto convolution = dyn_cast<ConvolutionOp>(op);
  if (convolution && convolution.getBatchGroupCount() == 1)
    return ofConvolution(op, lhsHeld);
  return std::nullopt;
}

int64_t ProductTerms::getNumTerms() const {
  return ShapedType::getNumElements(sizes);
}

ProductTerms ProductTerms::ofProduct(Operation *op, ArrayRef<int64_t> lhsHeld,
                                     ArrayRef<int64_t> rhsHeld) {
  ProductTerms terms;
  terms.op = op;
  terms.lhsHeld.assign(lhsHeld.begin(), lhsHeld.end());
  terms.rhsHeld.assign(rhsHeld.begin(), rhsHeld.end());
  SmallVector<int64_t> lhsStrides = computeStrides(lhsHeld);
  SmallVector<int64_t> rhsStrides = computeStrides(rhsHeld);
  auto add = [&](int64_t lhsDim, int64_t rhsDim) {
    auto getSize = [](ArrayRef<int64_t> held, int64_t dim) {
      return dim < 0 ? 1 : held[dim];
    };
    int64_t lhsSize = getSize(lhsHeld, lhsDim);
    int64_t rhsSize = getSize(rhsHeld, rhsDim);
    terms.sizes.push_back(std::max(lhsSize, rhsSize));
    terms.lhsSteps.push_back(lhsSize == 1 ? 0 : lhsStrides[lhsDim]);
    terms.rhsSteps.push_back(rhsSize == 1 ? 0 : rhsStrides[rhsDim]);
  };
  DotDimensionNumbersAttr dims =
      cast<DotGeneralOp>(op).getDotDimensionNumbers();
  auto lhsBatch = dims.getLhsBatchingDimensions();
  auto rhsBatch = dims.getRhsBatchingDimensions();
  auto lhsSummed = dims.getLhsContractingDimensions();
  auto rhsSummed = dims.getRhsContractingDimensions();
  for (auto [l, r] : llvm::zip_equal(lhsBatch, rhsBatch))
    add(l, r);
  for (int64_t d : llvm::seq<int64_t>(lhsHeld.size()))
    if (!llvm::is_contained(lhsBatch, d) && !llvm::is_contained(lhsSummed, d))
      add(d, -1);
  for (int64_t d : llvm::seq<int64_t>(rhsHeld.size()))
    if (!llvm::is_contained(rhsBatch, d) && !llvm::is_contained(rhsSummed, d))
      add(-1, d);
  terms.held = terms.sizes;
  for (auto [l, r] : llvm::zip_equal(lhsSummed, rhsSummed)) {
    add(l, r);
    if (terms.sizes.back() == 1)
      terms.repeats *= getShape(op->getOperand(0))[l];
  }
  return terms;
}

ProductTerms ProductTerms::ofConvolution(Operation *op,
                                         ArrayRef<int64_t> lhsHeld) {
  auto convolution = cast<ConvolutionOp>(op);
  ConvDimensionNumbersAttr dims = convolution.getDimensionNumbers();
  ProductTerms terms;
  terms.op = op;
  ArrayRef<int64_t> lhs = getShape(convolution.getLhs());
  ArrayRef<int64_t> rhs = getShape(convolution.getRhs());
  ArrayRef<int64_t> result = getShape(convolution.getResult());
  terms.lhsHeld.assign(lhs.begin(), lhs.end());
  terms.rhsHeld.assign(rhs.begin(), rhs.end());
  terms.held.assign(result.begin(), result.end());
  // All examples of a batch alike are one.
  int64_t batch = dims.getInputBatchDimension();
  if (lhsHeld[batch] == 1)
    terms.lhsHeld[batch] = terms.held[dims.getOutputBatchDimension()] = 1;
  terms.sizes = terms.held;
  terms.sizes.push_back(rhs[dims.getKernelInputFeatureDimension()]);
  for (int64_t dim : dims.getKernelSpatialDimensions())
    terms.sizes.push_back(rhs[dim]);
  return terms;
}

void ProductTerms::forEachOfConvolution(
    function_ref<void(int64_t, int64_t, int64_t)> visit) const {
  auto convolution = cast<ConvolutionOp>(op);
  ConvDimensionNumbersAttr dims = convolution.getDimensionNumbers();
  auto inputSpatial = dims.getInputSpatialDimensions();
  auto kernelSpatial = dims.getKernelSpatialDimensions();
  auto outputSpatial = dims.getOutputSpatialDimensions();
  int64_t features = rhsHeld[dims.getKernelInputFeatureDimension()];
  int64_t featuresOut = held[dims.getOutputFeatureDimension()];
  int64_t featuresOfGroup = featuresOut / convolution.getFeatureGroupCount();
  auto getOr = [](std::optional<ArrayRef<int64_t>> values, size_t i) {
    return values ? (*values)[i] : 1;
  };
  SmallVector<int64_t> lhsStrides = computeStrides(lhsHeld);
  SmallVector<int64_t> rhsStrides = computeStrides(rhsHeld);
  SmallVector<int64_t> strides = computeStrides(held);
  auto padding = convolution.getPadding();
  auto reversal = convolution.getWindowReversal();
  SmallVector<int64_t> from(lhsHeld.size()), by(rhsHeld.size());
  forEachIndex(sizes, [&](ArrayRef<int64_t> index) {
    ArrayRef<int64_t> to = index.take_front(held.size());
    ArrayRef<int64_t> tap = index.drop_front(held.size());
    int64_t feature = to[dims.getOutputFeatureDimension()];
    from[dims.getInputBatchDimension()] = to[dims.getOutputBatchDimension()];
    from[dims.getInputFeatureDimension()] =
        feature / featuresOfGroup * features + tap[0];
    by[dims.getKernelOutputFeatureDimension()] = feature;
    by[dims.getKernelInputFeatureDimension()] = tap[0];
    for (size_t d = 0; d < inputSpatial.size(); ++d) {
      int64_t at = tap[d + 1], size = rhsHeld[kernelSpatial[d]];
      by[kernelSpatial[d]] = reversal && (*reversal)[d] ? size - 1 - at : at;
      int64_t low =
          padding ? *(padding->value_begin<int64_t>() + 2 * d) : int64_t(0);
      int64_t place =
          to[outputSpatial[d]] * getOr(convolution.getWindowStrides(), d) +
          at * getOr(convolution.getRhsDilation(), d) - low;
      int64_t dilation = getOr(convolution.getLhsDilation(), d);
      if (place % dilation != 0 || place < 0 ||
          place / dilation >= lhsHeld[inputSpatial[d]])
        return;
      from[inputSpatial[d]] = place / dilation;
    }
    visit(linearize(to, strides), linearize(from, lhsStrides),
          linearize(by, rhsStrides));
  });
}

void ProductTerms::forEach(
    function_ref<void(int64_t, int64_t, int64_t)> visit) const {
  if (isa<ConvolutionOp>(op))
    return forEachOfConvolution(visit);
  SmallVector<int64_t> steps = computeStrides(held);
  steps.resize(sizes.size(), 0);
  forEachIndex(sizes, [&](ArrayRef<int64_t> index) {
    visit(linearize(index, steps), linearize(index, lhsSteps),
          linearize(index, rhsSteps));
  });
}
