// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Layout.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVectorExtras.h"

using namespace mlir;
using namespace invhlo;

SmallVector<int64_t> Layout::getBatchShape() const {
  return llvm::map_to_vector(groups.batch,
                             [](const BatchDim &dim) { return dim.size; });
}

SmallVector<int64_t> Layout::getShape() const {
  SmallVector<int64_t> shape = getBatchShape();
  shape.append({groups.count, groups.size});
  return shape;
}

SmallVector<int64_t> Layout::getDims(unsigned value) const {
  auto ofBatch = llvm::map_to_vector(groups.batch, [&](const BatchDim &dim) {
    return isOfXs ? dim.ofXs[value] : dim.ofYs[value];
  });
  return ElementGroups::getDims(ofBatch,
                                getTensorType(values[value]).getRank());
}

SmallVector<int64_t> Layout::getSizes(unsigned value) const {
  ArrayRef<int64_t> shape = getTensorType(values[value]).getShape();
  SmallVector<int64_t> sizes = getBatchShape(), dims = getDims(value);
  for (int64_t d : ArrayRef<int64_t>(dims).drop_front(sizes.size()))
    sizes.push_back(shape[d]);
  return sizes;
}

Value Layout::flatten(Emitter &e, Value part, unsigned value) const {
  SmallVector<int64_t> shape = getBatchShape();
  int64_t batch = ShapedType::getNumElements(shape);
  shape.push_back(getTensorType(part).getNumElements() / batch);
  return e.reshape(e.transpose(part, getDims(value)), shape);
}

Value Layout::unflatten(Emitter &e, Value flat, unsigned value) const {
  SmallVector<int64_t> dims = getDims(value), back(dims.size());
  for (auto [i, d] : llvm::enumerate(dims))
    back[d] = i;
  return e.transpose(e.reshape(flat, getSizes(value)), back);
}

Value Layout::permute(Emitter &e, Value flat, ArrayRef<int64_t> order) {
  int64_t count = order.size();
  int64_t dim = getTensorType(flat).getRank() - 1;
  if (llvm::equal(order, llvm::seq(count)))
    return flat;
  // Every so many: the columns of a matrix.
  int64_t step = order[1] - order[0];
  bool areColumns = step > 1 && count % step == 0;
  for (int64_t i = 0, rows = areColumns ? count / step : 0;
       areColumns && i < count; ++i)
    areColumns = order[i] == i / rows + i % rows * step;
  if (!areColumns)
    return e.takeRows(flat, dim, order, dim);
  SmallVector<int64_t> shape(getTensorType(flat).getShape());
  SmallVector<int64_t> matrix(shape);
  matrix.back() = count / step;
  matrix.push_back(step);
  auto swapped = llvm::to_vector(llvm::seq<int64_t>(matrix.size()));
  std::swap(swapped[dim], swapped[dim + 1]);
  return e.reshape(e.transpose(e.reshape(flat, matrix), swapped), shape);
}

Value Layout::join(Emitter &e, ArrayRef<Value> flat) const {
  int64_t dim = groups.batch.size();
  Value all = flat.front();
  if (flat.size() > 1)
    all = e.create<stablehlo::ConcatenateOp>(flat, dim);
  return e.reshape(permute(e, all, order), getShape());
}

SmallVector<Value> Layout::split(Emitter &e, Value coordinates) const {
  int64_t count = groups.getNumCoordinates();
  SmallVector<int64_t> shape = getBatchShape(), back(count);
  shape.push_back(count);
  for (auto [i, coordinate] : llvm::enumerate(order))
    back[coordinate] = i;
  Value all = permute(e, e.reshape(coordinates, shape), back);
  if (parts.size() == 1)
    return {unflatten(e, all, parts.front().value)};
  int64_t offset = 0;
  SmallVector<Value> found;
  for (const ValuePart &part : parts) {
    int64_t size = ShapedType::getNumElements(
        ArrayRef<int64_t>(getSizes(part.value)).drop_front(shape.size() - 1));
    Box box = Box::whole(shape);
    box[shape.size() - 1] = {offset, size, 1};
    found.push_back(unflatten(e, e.slice(all, box), part.value));
    offset += size;
  }
  return found;
}

Value Layout::pack(Emitter &e, ValueRange data, Type type) const {
  SmallVector<Value> flat;
  for (const ValuePart &part : parts) {
    Value value = data[part.value];
    if (part.kind == ValuePart::Real)
      value = e.create<stablehlo::RealOp>(value);
    else if (part.kind == ValuePart::Imaginary)
      value = e.create<stablehlo::ImagOp>(value);
    flat.push_back(flatten(e, e.convert(value, type), part.value));
  }
  return join(e, flat);
}

Value Layout::packShares(Emitter &e, ValueRange shares) const {
  SmallVector<Value> flat;
  for (const ValuePart &part : parts) {
    Value share = shares[part.value];
    if (part.kind != ValuePart::Whole)
      share = e.create<SpreadShareOp>(share, 2);
    flat.push_back(flatten(e, share, part.value));
  }
  return join(e, flat);
}

SmallVector<Value> Layout::unpack(Emitter &e, Value coordinates) const {
  SmallVector<Value> ofParts = split(e, coordinates), found;
  for (auto [i, part] : llvm::enumerate(parts)) {
    if (part.kind == ValuePart::Imaginary)
      continue; // Taken with the real part.
    Type type = getTensorType(values[part.value]).getElementType();
    Value value = ofParts[i];
    if (part.kind == ValuePart::Real) {
      Type real = cast<ComplexType>(type).getElementType();
      Value re = e.convert(value, real), im = e.convert(ofParts[i + 1], real);
      value = e.create<stablehlo::ComplexOp>(re, im);
    }
    found.push_back(e.convert(value, type));
  }
  return found;
}

SmallVector<Value> Layout::unpackShares(Emitter &e, Value coordinates) const {
  SmallVector<Value> ofParts = split(e, coordinates), found;
  for (auto [i, part] : llvm::enumerate(parts)) {
    if (part.kind == ValuePart::Imaginary)
      continue;
    Value share = ofParts[i];
    if (part.kind == ValuePart::Real)
      share = e.addLogDet(share, ofParts[i + 1]);
    Type type = getTensorType(values[part.value]).getElementType();
    found.push_back(e.convert(share, getShareType(type)));
  }
  return found;
}
