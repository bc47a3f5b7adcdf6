// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Entries of literal tables, looked up at places that are unknown.

#include "invhlo/Rules/Tables.h"

#include "invhlo/Literals/LiteralLookup.h"
#include "invhlo/Rules/Elementwise.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"

using namespace mlir;
using namespace invhlo;
using namespace invhlo::stablehlo;

/// Entries that are further apart are searched for, in tables that are not
/// larger.
static constexpr int64_t kMostEntries = 1 << 16, kMostCompared = 1 << 12;

/// Whether a gather takes single entries of a vector, by a tensor of indices
/// with a dimension of size 1 more at the end.
static bool takesEntries(GatherOp gather) {
  GatherDimensionNumbersAttr dims = gather.getDimensionNumbers();
  RankedTensorType indices = getTensorType(gather.getStartIndices());
  int64_t rank = indices.getRank();
  return getTensorType(gather.getOperand()).getRank() == 1 &&
         dims.getOffsetDims().empty() &&
         dims.getCollapsedSliceDims() == ArrayRef<int64_t>(0) &&
         dims.getIndexVectorDim() == rank - 1 && rank > 0 &&
         indices.getDimSize(rank - 1) == 1;
}

/// Where each entry of a table is, for those from the least to the largest;
/// none if they are too far apart.
static std::optional<Literal>
getPlaces(const Literal &table, RankedTensorType indices, int64_t &least) {
  if (!isa<IntegerType>(table.getElementType()) ||
      table.getElementType().isInteger(1))
    return std::nullopt;
  SmallVector<int64_t> entries = table.getIntegers();
  least = *llvm::min_element(entries);
  int64_t largest = *llvm::max_element(entries);
  if (uint64_t(largest) - uint64_t(least) >= uint64_t(kMostEntries))
    return std::nullopt;
  std::vector<Element> places(largest - least + 1);
  for (auto [i, entry] : llvm::enumerate(entries))
    places[entry - least] = toElement(i, indices.getElementType());
  return Literal(indices.clone({largest - least + 1}), std::move(places));
}

/// The places of the entries `y`, by looking them up or comparing all.
static Value findPlaces(Emitter &e, GatherOp gather, const Literal &table,
                        Value y) {
  RankedTensorType type = getTensorType(gather.getStartIndices());
  SmallVector<int64_t> shape(getTensorType(y).getShape());
  int64_t least, size = table.getType().getNumElements();
  if (auto places = getPlaces(table, type, least)) {
    // How far above the least entry, which may be more than a number with a
    // sign can be.
    RankedTensorType entry = getTensorType(y);
    unsigned width = entry.getElementTypeBitWidth();
    Value number = y;
    if (least != 0)
      number = e.sub(
          y,
          e.create<ConstantOp>(DenseElementsAttr::get(
              entry, APInt(64, least, /*isSigned=*/true).sextOrTrunc(width))));
    if (isSigned(entry.getElementType()))
      number = BitcastConvertOp::create(
          e.getBuilder(), e.getLoc(),
          entry.clone(e.getBuilder().getIntegerType(width, /*isSigned=*/false)),
          number);
    number = e.convert(number, e.getBuilder().getI32Type());
    shape.push_back(1);
    number = e.reshape(number, shape);
    Value array = e.create<ConstantOp>(places->toAttr());
    return GatherOp::create(e.getBuilder(), e.getLoc(),
                            type.clone(getTensorType(y).getShape()), array,
                            number, gather.getDimensionNumbers(),
                            gather.getSliceSizes(), false);
  }
  int64_t rank = shape.size();
  shape.push_back(size);
  auto dims = llvm::to_vector(llvm::seq<int64_t>(0, rank));
  Value each = e.broadcast(y, shape, dims);
  Value entries = e.create<ConstantOp>(table.toAttr());
  Value isThere = e.equal(each, e.broadcast(entries, shape, {rank}));
  auto all = RankedTensorType::get(shape, type.getElementType());
  Value places = IotaOp::create(e.getBuilder(), e.getLoc(), all, rank);
  return e.sum(e.select(isThere, places, e.fill(0, all)), {rank});
}

void invhlo::lookUpInTable(GatherOp gather, Knowledge &knowledge) {
  Value indices = gather.getStartIndices(), result = gather.getResult();
  if (!knowledge.knows(result) || knowledge.knows(indices))
    return knowledge.refuse(gather, "its indices are not literals");
  std::optional<Literal> table = findLiteral(gather.getOperand());
  if (!table || !takesEntries(gather))
    return knowledge.refuse(gather, "its indices are not literals");
  Literal all = table->holdingAll();
  int64_t size = all.getType().getNumElements();
  DenseMap<uint64_t, int64_t> places;
  for (int64_t i = 0; i < size; ++i) {
    uint64_t bits = all[i].bits;
    if (isa<FloatType>(all.getElementType())) {
      APFloat entry = toFloat(bits, all.getElementType());
      if (entry.isNaN())
        return knowledge.refuse(gather,
                                llvm::formatv("its table has a NaN at {0}", i));
      // Zeros of either sign are equal.
      bits = entry.isZero() ? 0 : bits;
    }
    auto [it, isNew] = places.try_emplace(bits, i);
    if (!isNew)
      return knowledge.refuse(
          gather, llvm::formatv("its table has the same entry at {0} and {1}",
                                it->second, i));
  }
  int64_t least;
  if (isa<ComplexType>(all.getElementType()) || size == 0 ||
      (size > kMostCompared && !getPlaces(all, getTensorType(indices), least)))
    return knowledge.refuse(gather, "its table is too large to be searched");
  Emitter e(knowledge.getBuilder(), gather.getLoc());
  Value found = findPlaces(e, gather, all, knowledge.get(result).value);
  found = e.reshape(found, getTensorType(indices).getShape());
  knowledge.learn(indices, Knowledge::wholeOf(indices), Known{found, {}});
}
