// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Interfaces/Masks.h"

#include "invhlo/StableHLO/Emission.h"
#include "invhlo/StableHLO/StableHLO.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace invhlo;

/// Of masks with more elements than these, boxes are not written as literals.
static constexpr unsigned kMostElements = 1 << 16;

/// The box that the elements of a mask make, if they make one.
static std::optional<Box> findBox(ArrayRef<int64_t> shape,
                                  const llvm::BitVector &bits) {
  SmallVector<llvm::BitVector> places;
  for (int64_t size : shape)
    places.emplace_back(size);
  for (int64_t element : bits.set_bits())
    for (size_t d = shape.size(); d-- > 0; element /= shape[d])
      places[d].set(element % shape[d]);
  SmallVector<Progression> dims;
  for (const llvm::BitVector &place : places) {
    int64_t first = place.find_first(), count = place.count();
    if (count == 0)
      return std::nullopt;
    int64_t step = count > 1 ? (place.find_last() - first) / (count - 1) : 1;
    dims.push_back(Progression::get(first, count, step));
    for (unsigned i : place.set_bits())
      if (!dims.back().contains(i))
        return std::nullopt;
  }
  Box box(dims);
  return box.getNumElements() == int64_t(bits.count()) ? std::optional(box)
                                                       : std::nullopt;
}

/// A predicate that is true in a box of a tensor.
static Value createBox(OpBuilder &b, Location loc, const Box &box,
                       ArrayRef<int64_t> shape) {
  auto type = RankedTensorType::get(box.getSizes(), b.getI1Type());
  Value inside = stablehlo::createSplat(b, loc, type, 1);
  return stablehlo::createEmbedding(b, loc, inside, box.getOffsets(),
                                    box.getStrides(), shape);
}

static Value createLiteral(OpBuilder &b, Location loc, ArrayRef<int64_t> shape,
                           const llvm::BitVector &bits) {
  if (bits.size() > kMostElements) {
    bool areFew = bits.count() <= bits.size() / 2;
    llvm::BitVector few = bits;
    if (!areFew)
      few.flip();
    if (std::optional<Box> box = findBox(shape, few)) {
      Value inside = createBox(b, loc, *box, shape);
      return areFew ? inside : stablehlo::NotOp::create(b, loc, inside);
    }
  }
  SmallVector<bool> values(bits.size());
  for (unsigned i : bits.set_bits())
    values[i] = true;
  auto type = RankedTensorType::get(shape, b.getI1Type());
  return stablehlo::ConstantOp::create(b, loc,
                                       DenseElementsAttr::get(type, values));
}

Value invhlo::createMask(OpBuilder &b, Location loc, const IndexSet &set) {
  Mask mask = set.getMask();
  if (ArrayRef(mask.shape) == set.getShape())
    return createLiteral(b, loc, mask.shape, mask.bits);
  SmallVector<int64_t> dims, sizes;
  for (auto [d, size] : llvm::enumerate(mask.shape)) {
    if (size == 1)
      continue;
    dims.push_back(d);
    sizes.push_back(size);
  }
  Value literal = createLiteral(b, loc, sizes, mask.bits);
  auto type = RankedTensorType::get(set.getShape(), b.getI1Type());
  return stablehlo::BroadcastInDimOp::create(b, loc, type, literal, dims);
}
