// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Sums of products: a zero of the one factor takes what the other is.

#include "Precedence.h"

#include "invhlo/StableHLO/Analysis/Indices.h"
#include "invhlo/StableHLO/StableHLO.h"
#include "mlir/Dialect/Utils/IndexingUtils.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace invhlo;
using namespace invhlo::stablehlo;

/// The most products of one op that are looked at.
static constexpr int64_t kMaxProducts = int64_t(1) << 24;

void Precedence::addProduct(Element &sum, int64_t factor, int64_t other) {
  int64_t product = factor == Zero || other == Zero
                        ? int64_t(Zero)
                        : std::max<int64_t>({factor, other, Other});
  sum = toPosition(std::max<int64_t>(int32_t(sum.bits), product));
}

std::optional<Literal> Precedence::findProduct(Operation *op, unsigned depth) {
  auto dot = dyn_cast<DotGeneralOp>(op);
  if (!dot)
    return std::nullopt;
  DotDimensionNumbersAttr dims = dot.getDotDimensionNumbers();
  Literal lhs = get(dot.getLhs(), depth), rhs = get(dot.getRhs(), depth);
  // Along each dimension of the loop, the steps in what the two and the result
  // hold: the result's dimensions, then those that are summed over.
  SmallVector<int64_t> sizes, lhsSteps, rhsSteps, held;
  SmallVector<int64_t> lhsStrides = computeStrides(lhs.getHeldShape());
  SmallVector<int64_t> rhsStrides = computeStrides(rhs.getHeldShape());
  auto add = [&](int64_t lhsDim, int64_t rhsDim) {
    auto getSize = [](const Literal &of, int64_t dim) {
      return dim < 0 ? 1 : of.getHeldShape()[dim];
    };
    auto getStep = [&](const Literal &of, ArrayRef<int64_t> strides,
                       int64_t dim) {
      return getSize(of, dim) == 1 ? 0 : strides[dim];
    };
    sizes.push_back(std::max(getSize(lhs, lhsDim), getSize(rhs, rhsDim)));
    lhsSteps.push_back(getStep(lhs, lhsStrides, lhsDim));
    rhsSteps.push_back(getStep(rhs, rhsStrides, rhsDim));
  };
  auto lhsBatch = dims.getLhsBatchingDimensions();
  auto rhsBatch = dims.getRhsBatchingDimensions();
  auto lhsSummed = dims.getLhsContractingDimensions();
  auto rhsSummed = dims.getRhsContractingDimensions();
  for (auto [l, r] : llvm::zip_equal(lhsBatch, rhsBatch))
    add(l, r);
  for (int64_t d : llvm::seq<int64_t>(lhs.getShape().size()))
    if (!llvm::is_contained(lhsBatch, d) && !llvm::is_contained(lhsSummed, d))
      add(d, -1);
  for (int64_t d : llvm::seq<int64_t>(rhs.getShape().size()))
    if (!llvm::is_contained(rhsBatch, d) && !llvm::is_contained(rhsSummed, d))
      add(-1, d);
  held = sizes;
  for (auto [l, r] : llvm::zip_equal(lhsSummed, rhsSummed))
    add(l, r);
  if (ShapedType::getNumElements(sizes) > kMaxProducts)
    return std::nullopt;
  work += ShapedType::getNumElements(sizes);
  SmallVector<int64_t> steps = computeStrides(held);
  steps.resize(sizes.size(), 0);
  std::vector<Element> elements(ShapedType::getNumElements(held),
                                toPosition(Zero));
  forEachIndex(sizes, [&](ArrayRef<int64_t> index) {
    addProduct(elements[linearize(index, steps)],
               lhs.getInteger(linearize(index, lhsSteps)),
               rhs.getInteger(linearize(index, rhsSteps)));
  });
  return Literal(getPositionsType(dot.getType()), held, std::move(elements));
}

std::optional<Literal> Precedence::findConvolved(Operation *op,
                                                 unsigned depth) {
  auto convolution = dyn_cast<ConvolutionOp>(op);
  if (!convolution || convolution.getBatchGroupCount() != 1)
    return std::nullopt;
  ConvDimensionNumbersAttr dims = convolution.getDimensionNumbers();
  RankedTensorType type = getPositionsType(convolution.getType());
  int64_t groups = convolution.getFeatureGroupCount();
  Literal input = get(convolution.getLhs(), depth).holdingAll();
  Literal kernel = get(convolution.getRhs(), depth).holdingAll();
  // All examples of a batch alike are one.
  SmallVector<int64_t> held(type.getShape());
  bool isSame = get(convolution.getLhs(), depth)
                    .getHeldShape()[dims.getInputBatchDimension()] == 1;
  if (isSame)
    held[dims.getOutputBatchDimension()] = 1;
  auto inputSpatial = dims.getInputSpatialDimensions();
  auto kernelSpatial = dims.getKernelSpatialDimensions();
  auto outputSpatial = dims.getOutputSpatialDimensions();
  int64_t features = kernel.getShape()[dims.getKernelInputFeatureDimension()];
  int64_t featuresOut = type.getDimSize(dims.getOutputFeatureDimension());
  // The places of the kernel, behind those of the result.
  SmallVector<int64_t> sizes = held, taps;
  sizes.push_back(features);
  for (int64_t dim : kernelSpatial)
    sizes.push_back(kernel.getShape()[dim]);
  if (ShapedType::getNumElements(sizes) > kMaxProducts)
    return std::nullopt;
  work += ShapedType::getNumElements(sizes);

  auto getOr = [](std::optional<ArrayRef<int64_t>> values, size_t i) {
    return values ? (*values)[i] : 1;
  };
  SmallVector<int64_t> inputStrides = computeStrides(input.getShape());
  SmallVector<int64_t> kernelStrides = computeStrides(kernel.getShape());
  SmallVector<int64_t> strides = computeStrides(held);
  std::vector<Element> elements(ShapedType::getNumElements(held),
                                toPosition(Zero));
  auto padding = convolution.getPadding();
  auto reversal = convolution.getWindowReversal();
  forEachIndex(sizes, [&](ArrayRef<int64_t> index) {
    ArrayRef<int64_t> to = index.take_front(held.size());
    ArrayRef<int64_t> tap = index.drop_front(held.size());
    SmallVector<int64_t> from(input.getShape().size());
    SmallVector<int64_t> by(kernel.getShape().size());
    int64_t feature = to[dims.getOutputFeatureDimension()];
    from[dims.getInputBatchDimension()] = to[dims.getOutputBatchDimension()];
    from[dims.getInputFeatureDimension()] =
        feature / (featuresOut / groups) * features + tap[0];
    by[dims.getKernelOutputFeatureDimension()] = feature;
    by[dims.getKernelInputFeatureDimension()] = tap[0];
    for (size_t d = 0; d < inputSpatial.size(); ++d) {
      int64_t at = tap[d + 1], size = kernel.getShape()[kernelSpatial[d]];
      by[kernelSpatial[d]] = reversal && (*reversal)[d] ? size - 1 - at : at;
      int64_t low =
          padding ? *(padding->value_begin<int64_t>() + 2 * d) : int64_t(0);
      int64_t place =
          to[outputSpatial[d]] * getOr(convolution.getWindowStrides(), d) +
          at * getOr(convolution.getRhsDilation(), d) - low;
      int64_t dilation = getOr(convolution.getLhsDilation(), d);
      if (place % dilation != 0 || place < 0 ||
          place / dilation >= input.getShape()[inputSpatial[d]])
        return;
      from[inputSpatial[d]] = place / dilation;
    }
    addProduct(elements[linearize(to, strides)],
               input.getInteger(linearize(from, inputStrides)),
               kernel.getInteger(linearize(by, kernelStrides)));
  });
  return Literal(type, held, std::move(elements));
}
