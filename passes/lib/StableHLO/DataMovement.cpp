// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Operations that create, rearrange and cut out elements.

#include "AssemblyFormat.h"
#include "VerifyUtils.h"

using namespace mlir;
using namespace invhlo::stablehlo;

#define GET_OP_CLASSES
#include "invhlo/StableHLO/DataMovement.cpp.inc"

void StableHLODialect::registerDataMovementOps() {
  addOperations<
#define GET_OP_LIST
#include "invhlo/StableHLO/DataMovement.cpp.inc"
      >();
}

void ConstantOp::build(OpBuilder &builder, OperationState &state,
                       Attribute value) {
  ElementsAttr elements = dyn_cast<ElementsAttr>(value);
  if (!elements) {
    // A single number stands for a scalar tensor.
    auto type = RankedTensorType::get({}, cast<TypedAttr>(value).getType());
    elements = DenseElementsAttr::get(type, value);
  }
  build(builder, state, elements.getType(), elements);
}

OpFoldResult ConstantOp::fold(FoldAdaptor) { return getValue(); }

void ConstantOp::getAsmResultNames(OpAsmSetValueNameFn setName) {
  Type element = getType().getElementType();
  setName(getResult(), element.isIntOrIndex() ? "c" : "cst");
}

void ConstantOp::print(OpAsmPrinter &p) {
  if (getValue().getType() != getType()) {
    // The type is not the value's: leave the value to the attributes.
    p << "() ";
    p.printAttributeWithoutType(
        DictionaryAttr::get(getContext(), (*this)->getAttrs()));
    p << " : ";
    p.printFunctionalType(*this);
    return;
  }
  p.printOptionalAttrDict((*this)->getAttrs(), /*elidedAttrs=*/{"value"});
  p << " ";
  p.printStrippedAttrOrType(getValueAttr());
}

ParseResult ConstantOp::parse(OpAsmParser &parser, OperationState &result) {
  // `() {value = ...} : () -> type`, or `attr-dict value`.
  if (succeeded(parser.parseOptionalLParen())) {
    FunctionType type;
    SMLoc loc;
    if (parser.parseRParen())
      return failure();
    if (succeeded(parser.parseOptionalLess())) {
      if (parser.parseOptionalAttrDict(result.attributes) ||
          parser.parseGreater())
        return failure();
    }
    if (parser.parseOptionalAttrDict(result.attributes) ||
        parser.parseColon() || parser.getCurrentLocation(&loc) ||
        parser.parseType(type))
      return failure();
    if (type.getNumInputs() != 0 || type.getNumResults() != 1)
      return parser.emitError(loc, "expected the type () -> result");
    result.addTypes(type.getResults());
    return success();
  }
  ElementsAttr value;
  if (parser.parseOptionalAttrDict(result.attributes) ||
      parser.parseAttribute(value))
    return failure();
  result.getOrAddProperties<Properties>().value = value;
  result.addTypes(value.getType());
  return success();
}

LogicalResult IotaOp::verify() {
  return report(*this,
                checkDim("dim", getIotaDimension(), getType().getRank()));
}

LogicalResult ReshapeOp::verify() {
  RankedTensorType from = getOperand().getType(), to = getType();
  if (from.hasStaticShape() && to.hasStaticShape() &&
      from.getNumElements() != to.getNumElements())
    return emitOpError() << "expects as many elements in operand and result, "
                         << "got " << from << " and " << to;
  if (!elementsAgree(from, to))
    return emitOpError() << "expects one element type, got " << from << " and "
                         << to;
  return success();
}

/// Bits of an element, or nothing if it has no fixed width.
static std::optional<unsigned> elementWidth(Type type) {
  if (auto complex = dyn_cast<ComplexType>(type)) {
    std::optional<unsigned> part = elementWidth(complex.getElementType());
    return part ? std::optional(2 * *part) : std::nullopt;
  }
  if (auto quantized = dyn_cast<quant::QuantizedType>(type))
    return quantized.getStorageTypeIntegralWidth();
  return type.isIntOrFloat() ? std::optional(type.getIntOrFloatBitWidth())
                             : std::nullopt;
}

LogicalResult BitcastConvertOp::verify() {
  RankedTensorType from = getOperand().getType(), to = getType();
  std::optional<unsigned> fromBits = elementWidth(from.getElementType());
  std::optional<unsigned> toBits = elementWidth(to.getElementType());
  if (!fromBits || !toBits)
    return success();
  // The tensor of narrower elements has one more dimension, of the ratio.
  bool narrows = *fromBits > *toBits;
  RankedTensorType wide = narrows ? from : to, narrow = narrows ? to : from;
  unsigned wideBits = std::max(*fromBits, *toBits);
  unsigned narrowBits = std::min(*fromBits, *toBits);
  ArrayRef<int64_t> shape = narrow.getShape();
  bool fits = wideBits == narrowBits ||
              (wideBits % narrowBits == 0 && !shape.empty() &&
               sizesAgree(shape.back(), wideBits / narrowBits));
  if (wideBits != narrowBits && fits)
    shape = shape.drop_back();
  if (!fits || failed(verifyCompatibleShape(shape, wide.getShape())))
    return emitOpError() << "expects as many bits in operand and result, got "
                         << from << " and " << to;
  return success();
}

LogicalResult BroadcastInDimOp::verify() {
  RankedTensorType from = getOperand().getType(), to = getType();
  ArrayRef<int64_t> dims = getBroadcastDimensions();
  if (failed(report(*this, checkLength("dims", dims.size(), from.getRank()))) ||
      failed(report(*this, checkDims("dims", dims, to.getRank()))))
    return failure();
  for (auto [i, d] : llvm::enumerate(dims)) {
    int64_t size = from.getDimSize(i);
    if (size != 1 && !sizesAgree(size, to.getDimSize(d)))
      return emitOpError() << "cannot broadcast dimension " << i << " of "
                           << from << " to dimension " << d << " of " << to;
  }
  if (!elementsAgree(from, to))
    return emitOpError() << "expects one element type, got " << from << " and "
                         << to;
  return success();
}

LogicalResult ReverseOp::verify() {
  return report(*this, checkDims("dims", getDimensions(), getType().getRank()));
}

LogicalResult DynamicUpdateSliceOp::verify() {
  RankedTensorType type = getOperand().getType();
  RankedTensorType update = getUpdate().getType();
  if (update.getRank() != type.getRank() || !elementsAgree(type, update))
    return emitOpError() << "expects an update like " << type << ", got "
                         << update;
  for (auto [d, size] : llvm::enumerate(update.getShape()))
    if (!ShapedType::isDynamic(size) && !type.isDynamicDim(d) &&
        size > type.getDimSize(d))
      return emitOpError() << "update does not fit dimension " << d << " of "
                           << type;
  return report(*this, checkLength("start indices", getStartIndices().size(),
                                   type.getRank()));
}
