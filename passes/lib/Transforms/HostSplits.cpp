// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Invhlo/Invhlo.h"
#include "invhlo/StableHLO/StableHLO.h"
#include "invhlo/Transforms/Passes.h"
#include "llvm/ADT/MapVector.h"

using namespace mlir;
using namespace invhlo;
using namespace invhlo::stablehlo;

namespace invhlo {
#define GEN_PASS_DEF_HOSTSPLITSPASS
#include "invhlo/Transforms/Passes.h.inc"
} // namespace invhlo

/// The one dimension in which `slices` of a tensor are smaller than it is.
static std::optional<int64_t> findCutDimension(ArrayRef<SliceOp> slices) {
  SliceOp first = slices.front();
  ArrayRef<int64_t> shape = first.getOperand().getType().getShape();
  std::optional<int64_t> cut;
  for (SliceOp slice : slices)
    for (auto [d, size] : llvm::enumerate(shape)) {
      if (slice.getStartIndices()[d] == 0 && slice.getLimitIndices()[d] == size)
        continue;
      if (cut && *cut != int64_t(d))
        return std::nullopt;
      cut = d;
    }
  return cut;
}

/// Whether `slices`, in order, are all of a tensor and have nothing in common.
static bool isTiling(ArrayRef<SliceOp> slices, int64_t dim) {
  SliceOp first = slices.front();
  int64_t end = 0;
  for (SliceOp slice : slices) {
    bool isDense = llvm::all_of(slice.getStrides(),
                                [](int64_t stride) { return stride == 1; });
    if (!isDense || slice.getStartIndices()[dim] != end)
      return false;
    end = slice.getLimitIndices()[dim];
  }
  return end == first.getOperand().getType().getDimSize(dim);
}

static void replaceBySplit(MutableArrayRef<SliceOp> slices) {
  std::optional<int64_t> dim = findCutDimension(slices);
  if (!dim || slices.size() < 2)
    return;
  llvm::sort(slices, [dim = *dim](SliceOp a, SliceOp b) {
    return a.getStartIndices()[dim] < b.getStartIndices()[dim];
  });
  if (!isTiling(slices, *dim))
    return;
  // Where the first of them may be, so may all.
  Value whole = slices.front().getOperand();
  Block *block = slices.front()->getBlock();
  OpBuilder b(block, block->begin());
  if (whole.getParentBlock() == block)
    b.setInsertionPointAfterValue(whole);
  auto types = llvm::map_to_vector(
      slices, [](SliceOp slice) -> Type { return slice.getType(); });
  auto split = SplitOp::create(b, slices.front().getLoc(), types, whole, *dim);
  for (auto [slice, part] : llvm::zip_equal(slices, split.getResults())) {
    slice.getResult().replaceAllUsesWith(part);
    slice.erase();
  }
}

namespace {
struct HostSplitsPass : invhlo::impl::HostSplitsPassBase<HostSplitsPass> {
  void runOnOperation() override {
    llvm::MapVector<std::pair<Value, Block *>, SmallVector<SliceOp>> slices;
    getOperation().walk([&](SliceOp slice) {
      slices[{slice.getOperand(), slice->getBlock()}].push_back(slice);
    });
    for (auto &[whole, parts] : slices)
      replaceBySplit(parts);
  }
};
} // namespace
