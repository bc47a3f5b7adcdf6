// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Text of the operations whose regions have a form of their own.

#include "AssemblyFormat.h"

#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace invhlo::stablehlo;

// while(%iterArg = %a, ...) : types attributes {..} cond {..} do {..}

void WhileOp::print(OpAsmPrinter &p) {
  p << "(";
  llvm::interleaveComma(llvm::zip(getCond().getArguments(), getOperand()), p,
                        [&](auto pair) {
                          p.printOperand(std::get<0>(pair));
                          p << " = ";
                          p.printOperand(std::get<1>(pair));
                        });
  p << ")";
  if (getNumOperands()) {
    p << " : ";
    llvm::interleaveComma(getOperandTypes(), p);
  }
  p.printOptionalAttrDictWithKeyword((*this)->getAttrs());
  p.printNewline();
  p << "cond ";
  p.printRegion(getCond(), /*printEntryBlockArgs=*/false);
  p << " do ";
  p.printRegion(getBody(), /*printEntryBlockArgs=*/false);
}

ParseResult WhileOp::parse(OpAsmParser &parser, OperationState &result) {
  SMLoc loc = parser.getCurrentLocation();
  SmallVector<OpAsmParser::UnresolvedOperand> operands;
  SmallVector<OpAsmParser::Argument> arguments;
  auto parsePair = [&]() -> ParseResult {
    return failure(parser.parseArgument(arguments.emplace_back()) ||
                   parser.parseEqual() ||
                   parser.parseOperand(operands.emplace_back()));
  };
  if (parser.parseCommaSeparatedList(AsmParser::Delimiter::Paren, parsePair))
    return failure();
  SmallVector<Type> types;
  if (!operands.empty() && parser.parseColonTypeList(types))
    return failure();
  if (types.size() != operands.size())
    return parser.emitError(loc)
           << "expected " << operands.size() << " types, got " << types.size();
  for (auto [argument, type] : llvm::zip(arguments, types))
    argument.type = type;
  result.addTypes(types);
  Region *cond = result.addRegion(), *body = result.addRegion();
  return failure(
      parser.resolveOperands(operands, types, loc, result.operands) ||
      parser.parseOptionalAttrDictWithKeyword(result.attributes) ||
      parser.parseKeyword("cond") || parser.parseRegion(*cond, arguments) ||
      parser.parseKeyword("do") || parser.parseRegion(*body, arguments));
}

// reduce(%x init: %z) applies stablehlo.add across dimensions = [0] : type
// reduce(%x init: %z), (..) across dimensions = [0] : type
//  reducer(%a: t, %b: t) (..)  {..}

/// The one op of the body, if the body is `return op(a, b)` with `op` a
/// commutative op of scalars like the input's elements.
static Operation *getAppliedOp(ReduceOp op) {
  if (op.getInputs().size() != 1 || op.getNumResults() != 1 ||
      !op.getBody().hasOneBlock())
    return nullptr;
  Block &block = op.getBody().front();
  if (block.getNumArguments() != 2 || block.getOperations().size() != 2)
    return nullptr;
  Operation &inner = block.front();
  Operation &last = block.back();
  if (inner.getNumOperands() != 2 || inner.getNumResults() != 1 ||
      inner.getNumRegions() != 0 || inner.getNumSuccessors() != 0 ||
      inner.getDialect() != op->getDialect() ||
      !inner.hasTrait<OpTrait::IsCommutative>())
    return nullptr;
  auto input = dyn_cast<RankedTensorType>(op.getInputs()[0].getType());
  if (!input || !isa<ReturnOp>(last) || last.getNumOperands() != 1 ||
      last.getOperand(0) != inner.getResult(0) ||
      inner.getOperand(0) != block.getArgument(0) ||
      inner.getOperand(1) != block.getArgument(1))
    return nullptr;
  Type scalar = RankedTensorType::get({}, input.getElementType());
  if (inner.getResult(0).getType() != scalar ||
      inner.getOperand(0).getType() != scalar ||
      inner.getOperand(1).getType() != scalar)
    return nullptr;
  return &inner;
}

void ReduceOp::print(OpAsmPrinter &p) {
  p << "(";
  llvm::interleave(
      llvm::zip(getInputs(), getInitValues()),
      [&](auto pair) {
        p << std::get<0>(pair) << " init: " << std::get<1>(pair) << ")";
      },
      [&] { p << ", ("; });
  Operation *applied = getAppliedOp(*this);
  if (applied)
    p << " applies " << applied->getName().getStringRef();
  p << " across dimensions = [";
  llvm::interleaveComma(getDimensions(), p);
  p << "]";
  p.printOptionalAttrDict((*this)->getAttrs(), {getDimensionsAttrName()});
  p << " : ";
  p.printFunctionalType(*this);
  if (applied)
    return;
  p.printNewline();
  p << " reducer";
  Block &block = getBody().front();
  unsigned count = block.getNumArguments() / 2;
  for (unsigned i = 0; i < count; ++i) {
    p << "(";
    p.printRegionArgument(block.getArgument(i));
    p << ", ";
    p.printRegionArgument(block.getArgument(i + count));
    p << ") ";
  }
  p << ' ';
  p.printRegion(getBody(), /*printEntryBlockArgs=*/false);
}

/// `(%x init: %z), (%y init: %w)`.
static ParseResult
parseInputs(OpAsmParser &parser,
            SmallVectorImpl<OpAsmParser::UnresolvedOperand> &inputs,
            SmallVectorImpl<OpAsmParser::UnresolvedOperand> &inits) {
  do {
    if (parser.parseLParen() || parser.parseOperand(inputs.emplace_back()) ||
        parser.parseKeyword("init") || parser.parseColon() ||
        parser.parseOperand(inits.emplace_back()) || parser.parseRParen())
      return failure();
  } while (succeeded(parser.parseOptionalComma()));
  return success();
}

/// Fills the region with `return op(a, b)`.
static ParseResult buildAppliedBody(OpAsmParser &parser, SMLoc loc,
                                    OperationName applied, Type input,
                                    OperationState &result, Region &body) {
  auto tensor = dyn_cast<RankedTensorType>(input);
  if (!tensor)
    return parser.emitError(loc, "expected a ranked tensor to reduce");
  Type scalar = RankedTensorType::get({}, tensor.getElementType());
  Location at = parser.getEncodedSourceLoc(loc);
  OpBuilder builder(parser.getContext());
  Block *block = builder.createBlock(&body, {}, {scalar, scalar}, {at, at});
  OperationState inner(at, applied);
  inner.addOperands(block->getArguments());
  inner.addTypes(scalar);
  Operation *op = builder.create(inner);
  ReturnOp::create(builder, at, op->getResults());
  return success();
}

/// ` reducer(%a: t, %b: t) (..) {..}`.
static ParseResult parseReducer(OpAsmParser &parser, size_t count,
                                Region &body) {
  SMLoc loc = parser.getCurrentLocation();
  if (parser.parseKeyword("reducer"))
    return failure();
  SmallVector<OpAsmParser::Argument> first, second;
  while (succeeded(parser.parseOptionalLParen())) {
    if (parser.parseArgument(first.emplace_back(), /*allowType=*/true) ||
        parser.parseOptionalLocationSpecifier(first.back().sourceLoc) ||
        parser.parseComma() ||
        parser.parseArgument(second.emplace_back(), /*allowType=*/true) ||
        parser.parseOptionalLocationSpecifier(second.back().sourceLoc) ||
        parser.parseRParen())
      return failure();
  }
  if (first.size() != count)
    return parser.emitError(loc) << "expected " << count
                                 << " pairs of arguments, got " << first.size();
  llvm::append_range(first, second);
  return parser.parseRegion(body, first);
}

ParseResult ReduceOp::parse(OpAsmParser &parser, OperationState &result) {
  SMLoc loc = parser.getCurrentLocation();
  SmallVector<OpAsmParser::UnresolvedOperand> inputs, inits;
  if (parseInputs(parser, inputs, inits))
    return failure();
  std::optional<OperationName> applied;
  SMLoc appliedLoc = parser.getCurrentLocation();
  if (succeeded(parser.parseOptionalKeyword("applies"))) {
    appliedLoc = parser.getCurrentLocation();
    FailureOr<OperationName> name = parser.parseCustomOperationName();
    if (failed(name))
      return failure();
    applied = *name;
  }
  SmallVector<int64_t> dimensions;
  FunctionType type;
  if (parser.parseKeyword("across") || parser.parseKeyword("dimensions") ||
      parser.parseEqual() ||
      parser.parseCommaSeparatedList(
          AsmParser::Delimiter::Square,
          [&] { return parser.parseInteger(dimensions.emplace_back()); }) ||
      parser.parseOptionalAttrDict(result.attributes) ||
      parser.parseColonType(type))
    return failure();
  llvm::append_range(inputs, inits);
  if (type.getNumInputs() != inputs.size())
    return parser.emitError(loc)
           << "expected " << inputs.size() << " operand types, got "
           << type.getNumInputs();
  if (parser.resolveOperands(inputs, type.getInputs(), loc, result.operands))
    return failure();
  result.addTypes(type.getResults());
  result.getOrAddProperties<Properties>().dimensions =
      parser.getBuilder().getDenseI64ArrayAttr(dimensions);
  Region &body = *result.addRegion();
  if (applied)
    return buildAppliedBody(parser, appliedLoc, *applied, type.getInput(0),
                            result, body);
  return parseReducer(parser, inits.size(), body);
}
