// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/CHLO/CHLO.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace invhlo::chlo;

#define GET_OP_CLASSES
#include "invhlo/CHLO/CHLOOps.cpp.inc"

OpFoldResult ConstantOp::fold(FoldAdaptor) { return getValue(); }

namespace {

/// The dimensions of one side of a ragged product by their role.
struct Side {
  ArrayRef<int64_t> shape, batching, contracting, group;

  bool isBatching(int64_t d) const { return llvm::is_contained(batching, d); }
  bool isContracting(int64_t d) const {
    return llvm::is_contained(contracting, d);
  }

  /// Every dimension exists and has one role.
  bool isValid() const {
    llvm::SmallDenseSet<int64_t> seen;
    for (ArrayRef<int64_t> role : {batching, contracting, group})
      for (int64_t d : role)
        if (d < 0 || d >= static_cast<int64_t>(shape.size()) ||
            !seen.insert(d).second)
          return false;
    return true;
  }

  void appendFreeSizes(SmallVectorImpl<int64_t> &sizes) const {
    for (auto [d, size] : llvm::enumerate(shape))
      if (!isBatching(d) && !isContracting(d) && !llvm::is_contained(group, d))
        sizes.push_back(size);
  }
};

} // namespace

/// Whether the dimensions `l` of one side pair up with `r` of the other.
static bool sizesMatch(const Side &lhs, ArrayRef<int64_t> l, const Side &rhs,
                       ArrayRef<int64_t> r) {
  return l.size() == r.size() &&
         llvm::all_of(llvm::zip_equal(l, r), [&](auto pair) {
           int64_t a = lhs.shape[std::get<0>(pair)];
           int64_t b = rhs.shape[std::get<1>(pair)];
           return a == b || ShapedType::isDynamic(a) ||
                  ShapedType::isDynamic(b);
         });
}

LogicalResult RaggedDotOp::verify() {
  auto lhsType = dyn_cast<RankedTensorType>(getLhs().getType());
  auto rhsType = dyn_cast<RankedTensorType>(getRhs().getType());
  if (!lhsType || !rhsType)
    return success();
  RaggedDotDimensionNumbersAttr dims = getRaggedDotDimensionNumbers();
  if (dims.getLhsRaggedDimensions().size() != 1)
    return emitOpError("expects exactly one ragged dimension, got ")
           << dims.getLhsRaggedDimensions().size();
  int64_t ragged = dims.getLhsRaggedDimensions().front();
  Side lhs{lhsType.getShape(),
           dims.getLhsBatchingDimensions(),
           dims.getLhsContractingDimensions(),
           {}};
  Side rhs{rhsType.getShape(), dims.getRhsBatchingDimensions(),
           dims.getRhsContractingDimensions(), dims.getRhsGroupDimensions()};
  if (!lhs.isValid() || !rhs.isValid() || ragged < 0 ||
      ragged >= lhsType.getRank())
    return emitOpError("dimension numbers are repeated or out of range");
  if (!sizesMatch(lhs, lhs.batching, rhs, rhs.batching))
    return emitOpError("batching dimensions do not match");
  if (!sizesMatch(lhs, lhs.contracting, rhs, rhs.contracting))
    return emitOpError("contracting dimensions do not match");
  bool isFree = !lhs.isBatching(ragged) && !lhs.isContracting(ragged);
  if (rhs.group.size() != (isFree ? 1 : 0))
    return emitOpError("expects ")
           << (isFree ? "one group dimension" : "no group dimension")
           << " for a ragged "
           << (isFree                   ? "free"
               : lhs.isBatching(ragged) ? "batching"
                                        : "contracting")
           << " dimension, got " << rhs.group.size();

  SmallVector<int64_t> shape;
  if (lhs.isContracting(ragged))
    shape.push_back(getGroupSizes().getType().getShape().back());
  for (int64_t d : lhs.batching)
    shape.push_back(lhs.shape[d]);
  lhs.appendFreeSizes(shape);
  rhs.appendFreeSizes(shape);
  if (failed(verifyCompatibleShape(shape,
                                   cast<ShapedType>(getType()).hasRank()
                                       ? cast<ShapedType>(getType()).getShape()
                                       : ArrayRef<int64_t>(shape))))
    return emitOpError("inferred shape [")
           << shape << "] is incompatible with result type " << getType();
  return success();
}

void ScanOp::getAsmBlockArgumentNames(Region &region,
                                      OpAsmSetValueNameFn setName) {
  if (region.empty())
    return;
  for (BlockArgument argument : region.getArguments()) {
    bool isInput = argument.getArgNumber() < getInputs().size();
    setName(argument, isInput ? "input" : "carry");
  }
}

/// `(` inputs `)` `inits` `(` inits `)` `dimension` `=` int
/// (`attributes` attr-dict)? region `:` functional-type
ParseResult ScanOp::parse(OpAsmParser &parser, OperationState &result) {
  SmallVector<OpAsmParser::UnresolvedOperand> inputs, inits;
  IntegerAttr dimension;
  FunctionType type;
  SMLoc loc = parser.getCurrentLocation();
  if (parser.parseOperandList(inputs, OpAsmParser::Delimiter::Paren) ||
      parser.parseKeyword("inits") ||
      parser.parseOperandList(inits, OpAsmParser::Delimiter::Paren) ||
      parser.parseKeyword("dimension") || parser.parseEqual() ||
      parser.parseAttribute(dimension, parser.getBuilder().getI64Type(),
                            getDimensionAttrName(result.name),
                            result.attributes) ||
      parser.parseOptionalAttrDictWithKeyword(result.attributes) ||
      parser.parseRegion(*result.addRegion()) || parser.parseColonType(type) ||
      parser.resolveOperands(
          llvm::concat<OpAsmParser::UnresolvedOperand>(inputs, inits),
          type.getInputs(), loc, result.operands))
    return failure();
  int32_t numCarries = inits.size();
  int32_t numOutputs = type.getNumResults() - numCarries;
  if (numOutputs < 0)
    return parser.emitError(loc, "expects one result per init");
  Builder &b = parser.getBuilder();
  result.addAttribute(getOperandSegmentSizesAttrName(result.name),
                      b.getDenseI32ArrayAttr(
                          {static_cast<int32_t>(inputs.size()), numCarries}));
  result.addAttribute(getResultSegmentSizeAttr(),
                      b.getDenseI32ArrayAttr({numOutputs, numCarries}));
  result.addTypes(type.getResults());
  return success();
}

void ScanOp::print(OpAsmPrinter &printer) {
  printer << '(' << getInputs() << ") inits (" << getInits()
          << ") dimension=" << getDimension() << ' ';
  printer.printOptionalAttrDictWithKeyword((*this)->getAttrs(),
                                           {getDimensionAttrName(),
                                            getOperandSegmentSizesAttrName(),
                                            getResultSegmentSizeAttr()});
  printer << ' ';
  printer.printRegion(getBody());
  printer << " : ";
  printer.printFunctionalType(*this);
}

/// `type` without dimension `dim`.
static Type dropDimension(RankedTensorType type, int64_t dim) {
  SmallVector<int64_t> shape(type.getShape());
  shape.erase(shape.begin() + dim);
  return RankedTensorType::get(shape, type.getElementType());
}

/// The values' types as the body sees them: without the dimension for inputs
/// and outputs, unchanged for carries.
static LogicalResult appendSlices(ScanOp op, ValueRange values, StringRef what,
                                  SmallVectorImpl<Type> &types) {
  int64_t dim = op.getDimension();
  for (auto [index, value] : llvm::enumerate(values)) {
    auto type = dyn_cast<RankedTensorType>(value.getType());
    if (!type)
      return op.emitOpError(what) << " #" << index << " must be ranked";
    if (dim < 0 || dim >= type.getRank())
      return op.emitOpError("dimension ")
             << dim << " is out of range for " << what << " #" << index;
    std::optional<uint64_t> size = op.getScanDimSize();
    if (size && !type.isDynamicDim(dim) &&
        type.getDimSize(dim) != static_cast<int64_t>(*size))
      return op.emitOpError("scan_dim_size ")
             << *size << " differs from " << what << " #" << index;
    types.push_back(dropDimension(type, dim));
  }
  return success();
}

LogicalResult ScanOp::verify() {
  if (getInputs().empty() && getOutputs().empty())
    return emitOpError("expects an input or an output");
  SmallVector<Type> arguments, returned;
  if (failed(appendSlices(*this, getInputs(), "input", arguments)) ||
      failed(appendSlices(*this, getOutputs(), "output", returned)))
    return failure();
  llvm::append_range(arguments, getInits().getTypes());
  llvm::append_range(returned, getCarries().getTypes());
  if (!detail::areCompatible(arguments, getBody().getArgumentTypes()))
    return emitOpError("expects a body with arguments of types ") << arguments;
  Block &block = getBody().front();
  if (block.empty() || !block.back().hasTrait<OpTrait::IsTerminator>() ||
      !detail::areCompatible(returned, block.back().getOperandTypes()))
    return emitOpError("expects a body that returns types ") << returned;
  return success();
}
