// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Operations that fold, window, map and sort with a region.

#include "AssemblyFormat.h"
#include "VerifyUtils.h"

#include "llvm/Support/InterleavedRange.h"

using namespace mlir;
using namespace invhlo::stablehlo;

#define GET_OP_CLASSES
#include "invhlo/StableHLO/Reduction.cpp.inc"

void StableHLODialect::registerReductionOps() {
  addOperations<
#define GET_OP_LIST
#include "invhlo/StableHLO/Reduction.cpp.inc"
      >();
}

/// The initial values are scalars, one for each input; the inputs have one
/// shape.
static LogicalResult verifyFold(Operation *op, OperandRange inputs,
                                OperandRange initValues) {
  if (inputs.empty())
    return op->emitOpError() << "expects at least one input";
  for (Value input : inputs)
    if (failed(
            verifyCompatibleShape(inputs.front().getType(), input.getType())))
      return op->emitOpError()
             << "expects inputs of one shape, got " << inputs.front().getType()
             << " and " << input.getType();
  for (Value init : initValues)
    if (cast<RankedTensorType>(init.getType()).getRank() != 0)
      return op->emitOpError()
             << "expects scalar initial values, got " << init.getType();
  return success();
}

/// The region takes two scalars for each input and returns one.
static LogicalResult verifyFoldRegion(Operation *op, Region &region,
                                      TypeRange inputs, StringRef name) {
  SmallVector<Type> scalars = scalarsOf(inputs), arguments(scalars);
  llvm::append_range(arguments, scalars);
  return verifyRegion(op, region, name, arguments, scalars,
                      /*elementsMatter=*/false);
}

/// Every entry there is has one number a dimension, and padding two.
static LogicalResult verifyWindow(
    Operation *op, int64_t rank,
    ArrayRef<std::pair<StringRef, std::optional<ArrayRef<int64_t>>>> attributes,
    std::optional<DenseIntElementsAttr> padding) {
  for (auto [name, values] : attributes) {
    if (!values)
      continue;
    if (failed(report(op, checkLength(name, values->size(), rank))))
      return failure();
    if (llvm::any_of(*values, [](int64_t v) { return v <= 0; }))
      return op->emitOpError() << "expects positive " << name;
  }
  if (padding && padding->getType().getShape() != ArrayRef<int64_t>({rank, 2}))
    return op->emitOpError() << "expects padding of shape [" << rank
                             << ", 2], got " << padding->getType();
  return success();
}

/// The type of `input` without `dimensions`.
static Type reducedType(Type input, ArrayRef<int64_t> dimensions) {
  auto type = cast<RankedTensorType>(input);
  SmallVector<int64_t> shape;
  for (auto [d, size] : llvm::enumerate(type.getShape()))
    if (!llvm::is_contained(dimensions, static_cast<int64_t>(d)))
      shape.push_back(size);
  return tensorOf(shape, type.getElementType());
}

void ReduceOp::build(
    OpBuilder &builder, OperationState &state, ValueRange inputs,
    ValueRange initValues, ArrayRef<int64_t> dimensions,
    function_ref<void(OpBuilder &, Location, ValueRange)> body) {
  SmallVector<Type> types;
  for (Value input : inputs)
    types.push_back(reducedType(input.getType(), dimensions));
  build(builder, state, types, inputs, initValues, dimensions);
  SmallVector<Type> arguments = scalarsOf(inputs.getTypes());
  llvm::append_range(arguments, scalarsOf(inputs.getTypes()));
  SmallVector<Location> locations(arguments.size(), state.location);
  OpBuilder::InsertionGuard guard(builder);
  Block *block = builder.createBlock(state.regions.front().get(), {}, arguments,
                                     locations);
  body(builder, state.location, block->getArguments());
}

/// Folds `input` by the binary op `Combiner`, from `init`.
template <typename Combiner>
static ReduceOp createReduction(OpBuilder &builder, Location loc, Value input,
                                TypedAttr init, ArrayRef<int64_t> dimensions) {
  auto body = [](OpBuilder &b, Location loc, ValueRange arguments) {
    Value combined = Combiner::create(b, loc, arguments[0], arguments[1]);
    ReturnOp::create(b, loc, combined);
  };
  Value from = ConstantOp::create(builder, loc, init);
  return ReduceOp::create(builder, loc, input, from, dimensions, body);
}

ReduceOp ReduceOp::createSum(OpBuilder &builder, Location loc, Value input,
                             ArrayRef<int64_t> dimensions) {
  Type element = getElementTypeOrSelf(input.getType());
  auto scalar = RankedTensorType::get({}, element);
  TypedAttr zero;
  if (auto complex = dyn_cast<ComplexType>(element)) {
    Attribute part = builder.getZeroAttr(complex.getElementType());
    zero = DenseElementsAttr::get(scalar, builder.getArrayAttr({part, part}));
  } else {
    zero = DenseElementsAttr::get(scalar, builder.getZeroAttr(element));
  }
  return createReduction<AddOp>(builder, loc, input, zero, dimensions);
}

ReduceOp ReduceOp::createMin(OpBuilder &builder, Location loc, Value input,
                             ArrayRef<int64_t> dimensions) {
  Type element = getElementTypeOrSelf(input.getType());
  auto greatest = APInt::getSignedMaxValue(element.getIntOrFloatBitWidth());
  auto scalar = RankedTensorType::get({}, element);
  return createReduction<MinOp>(builder, loc, input,
                                DenseElementsAttr::get(scalar, greatest),
                                dimensions);
}

LogicalResult ReduceOp::verify() {
  if (failed(verifyFold(*this, getInputs(), getInitValues())))
    return failure();
  auto type = cast<RankedTensorType>(getInputs().front().getType());
  if (failed(report(*this,
                    checkDims("dimensions", getDimensions(), type.getRank()))))
    return failure();
  if (getNumResults() != getInputs().size())
    return emitOpError() << "expects " << getInputs().size() << " results, got "
                         << getNumResults();
  for (auto [input, result] :
       llvm::zip(getInputs().getTypes(), getResultTypes())) {
    Type expected = reducedType(input, getDimensions());
    if (failed(verifyCompatibleShape(expected, result)))
      return emitOpError() << "expects a result shaped like " << expected
                           << ", got " << result;
  }
  return success();
}

LogicalResult ReduceOp::verifyRegions() {
  return verifyFoldRegion(*this, getBody(), getInputs().getTypes(), "the body");
}

LogicalResult ReduceWindowOp::verify() {
  if (failed(verifyFold(*this, getInputs(), getInitValues())))
    return failure();
  auto type = cast<RankedTensorType>(getInputs().front().getType());
  if (failed(verifyWindow(*this, type.getRank(),
                          {{"window_dimensions", getWindowDimensions()},
                           {"window_strides", getWindowStrides()},
                           {"base_dilations", getBaseDilations()},
                           {"window_dilations", getWindowDilations()}},
                          getPadding())))
    return failure();
  if (getNumResults() != getInputs().size())
    return emitOpError() << "expects " << getInputs().size() << " results, got "
                         << getNumResults();
  SmallVector<int64_t> shape;
  for (auto [d, size] : llvm::enumerate(getWindowDimensions()))
    shape.push_back(
        windowedSize(type.getDimSize(d),
                     windowDim(d, size, getWindowStrides(), getPadding(),
                               getBaseDilations(), getWindowDilations())));
  for (Type result : getResultTypes())
    if (failed(verifyCompatibleShape(
            shape, cast<RankedTensorType>(result).getShape())))
      return emitOpError() << "expects results of shape ["
                           << llvm::interleaved(shape) << "], got " << result;
  return success();
}

LogicalResult ReduceWindowOp::verifyRegions() {
  return verifyFoldRegion(*this, getBody(), getInputs().getTypes(), "the body");
}

LogicalResult SelectAndScatterOp::verify() {
  RankedTensorType type = getOperand().getType();
  if (getInitValue().getType().getRank() != 0)
    return emitOpError() << "expects a scalar initial value, got "
                         << getInitValue().getType();
  if (getSource().getType().getRank() != type.getRank() ||
      failed(verifyCompatibleShape(type, getType())))
    return emitOpError() << "expects source and result to fit " << type
                         << ", got " << getSource().getType() << " and "
                         << getType();
  return verifyWindow(*this, type.getRank(),
                      {{"window_dimensions", getWindowDimensions()},
                       {"window_strides", getWindowStrides()}},
                      getPadding());
}

LogicalResult SelectAndScatterOp::verifyRegions() {
  SmallVector<Type> scalar = scalarsOf(getOperand().getType());
  Type pred = tensorOf({}, IntegerType::get(getContext(), 1));
  if (failed(verifyRegion(*this, getSelect(), "select", {scalar[0], scalar[0]},
                          pred, /*elementsMatter=*/false)))
    return failure();
  return verifyFoldRegion(*this, getScatter(), scalar, "scatter");
}

LogicalResult MapOp::verify() {
  if (getInputs().empty())
    return emitOpError() << "expects at least one input";
  ArrayRef<int64_t> dims = getDimensions();
  if (failed(report(
          *this, checkLength("dimensions", dims.size(), getType().getRank()))))
    return failure();
  for (auto [i, d] : llvm::enumerate(dims))
    if (d != static_cast<int64_t>(i))
      return emitOpError() << "expects all dimensions in order";
  return success();
}

LogicalResult MapOp::verifyRegions() {
  return verifyRegion(*this, getComputation(), "the computation",
                      scalarsOf(getInputs().getTypes()),
                      scalarsOf(getResult().getType()));
}

LogicalResult SortOp::verify() {
  if (getInputs().empty())
    return emitOpError() << "expects at least one input";
  if (!areCompatibleTypes(getInputs().getTypes(), getResultTypes()))
    return emitOpError() << "expects results typed like the inputs";
  int64_t rank = cast<RankedTensorType>(getInputs()[0].getType()).getRank();
  int64_t dim = static_cast<int64_t>(getDimension());
  if (rank != 0 || dim > 0 || dim < -1)
    return report(*this,
                  checkDim("dimension", dim < 0 ? dim + rank : dim, rank));
  return success();
}

LogicalResult SortOp::verifyRegions() {
  SmallVector<Type> arguments;
  for (Type scalar : scalarsOf(getInputs().getTypes()))
    arguments.append(2, scalar);
  Type pred = tensorOf({}, IntegerType::get(getContext(), 1));
  return verifyRegion(*this, getComparator(), "the comparator", arguments,
                      pred);
}
