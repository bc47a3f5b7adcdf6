// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "AssemblyFormat.h"

#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace invhlo::stablehlo;

namespace invhlo::stablehlo {

/// Assigns a function type's inputs and result to `types`, the last of which
/// is the result's.
static ParseResult assignFunctionType(OpAsmParser &parser, SMLoc loc,
                                      FunctionType fn, ArrayRef<Type *> types) {
  size_t operands = types.size() - 1;
  if (fn.getNumInputs() != operands || fn.getNumResults() != 1)
    return parser.emitError(loc) << "expected a function type with " << operands
                                 << " operands and 1 result, got " << fn;
  for (auto [type, input] : llvm::zip(types.drop_back(), fn.getInputs()))
    *type = input;
  *types.back() = fn.getResult(0);
  return success();
}

static void printFunctionType(OpAsmPrinter &p, ArrayRef<Type> types) {
  p.printFunctionalType(types.drop_back(), types.take_back());
}

void printOneOrAllTypes(OpAsmPrinter &p, ArrayRef<Type> types) {
  if (llvm::all_equal(types))
    p << types.front();
  else
    printFunctionType(p, types);
}

ParseResult parseOneOrAllTypes(OpAsmParser &parser, ArrayRef<Type *> types) {
  SMLoc loc = parser.getCurrentLocation();
  Type type;
  if (parser.parseType(type))
    return failure();
  if (auto fn = dyn_cast<FunctionType>(type))
    return assignFunctionType(parser, loc, fn, types);
  for (Type *t : types)
    *t = type;
  return success();
}

/// The type of a complex tensor's parts, or null.
static Type getPartType(Type type) {
  auto tensor = dyn_cast<RankedTensorType>(type);
  if (!tensor)
    return {};
  auto complex = dyn_cast<ComplexType>(tensor.getElementType());
  return complex ? tensor.clone(complex.getElementType()) : Type();
}

void printComplexOpType(OpAsmPrinter &p, Operation *, Type lhs, Type rhs,
                        Type result) {
  Type part = getPartType(result);
  if (part && lhs == part && rhs == part)
    p << result;
  else
    printFunctionType(p, {lhs, rhs, result});
}

ParseResult parseComplexOpType(OpAsmParser &parser, Type &lhs, Type &rhs,
                               Type &result) {
  SMLoc loc = parser.getCurrentLocation();
  Type type;
  if (parser.parseType(type))
    return failure();
  if (auto fn = dyn_cast<FunctionType>(type))
    return assignFunctionType(parser, loc, fn, {&lhs, &rhs, &result});
  Type part = getPartType(type);
  if (!part)
    return parser.emitError(loc, "expected a tensor of complex numbers");
  lhs = rhs = part;
  result = type;
  return success();
}

void printSelectOpType(OpAsmPrinter &p, Operation *, Type pred, Type onTrue,
                       Type onFalse, Type result) {
  if (onTrue == result && onFalse == result)
    p << pred << ", " << result;
  else
    printFunctionType(p, {pred, onTrue, onFalse, result});
}

ParseResult parseSelectOpType(OpAsmParser &parser, Type &pred, Type &onTrue,
                              Type &onFalse, Type &result) {
  SMLoc loc = parser.getCurrentLocation();
  Type type;
  if (parser.parseType(type))
    return failure();
  if (auto fn = dyn_cast<FunctionType>(type))
    return assignFunctionType(parser, loc, fn,
                              {&pred, &onTrue, &onFalse, &result});
  pred = type;
  if (parser.parseComma() || parser.parseType(result))
    return failure();
  onTrue = onFalse = result;
  return success();
}

void printPairwiseTypes(OpAsmPrinter &p, Operation *, TypeRange operands,
                        TypeRange) {
  llvm::interleaveComma(operands, p);
}

ParseResult parsePairwiseTypes(OpAsmParser &parser,
                               SmallVectorImpl<Type> &operands,
                               SmallVectorImpl<Type> &results) {
  if (parser.parseTypeList(operands))
    return failure();
  results.assign(operands.begin(), operands.end());
  return success();
}

void printVariadicSameType(OpAsmPrinter &p, Operation *, OperandRange,
                           TypeRange types, Type result) {
  SmallVector<Type> all(types);
  all.push_back(result);
  printOneOrAllTypes(p, all);
}

ParseResult
parseVariadicSameType(OpAsmParser &parser,
                      ArrayRef<OpAsmParser::UnresolvedOperand> operands,
                      SmallVectorImpl<Type> &types, Type &result) {
  types.resize(operands.size());
  SmallVector<Type *> all;
  for (Type &type : types)
    all.push_back(&type);
  all.push_back(&result);
  return parseOneOrAllTypes(parser, all);
}

void printTupleOpType(OpAsmPrinter &p, Operation *, TypeRange, Type result) {
  p << result;
}

ParseResult parseTupleOpType(OpAsmParser &parser,
                             SmallVectorImpl<Type> &operands, Type &result) {
  SMLoc loc = parser.getCurrentLocation();
  if (parser.parseType(result))
    return failure();
  auto tuple = dyn_cast<TupleType>(result);
  if (!tuple)
    return parser.emitError(loc, "expected a tuple type");
  llvm::append_range(operands, tuple.getTypes());
  return success();
}

void printOperandsThenComma(OpAsmPrinter &p, Operation *,
                            OperandRange operands) {
  p << operands << ",";
}

ParseResult parseOperandsThenComma(
    OpAsmParser &parser,
    SmallVectorImpl<OpAsmParser::UnresolvedOperand> &operands) {
  while (true) {
    OpAsmParser::UnresolvedOperand operand;
    OptionalParseResult parsed = parser.parseOptionalOperand(operand);
    if (!parsed.has_value())
      // No operand at all still has its comma.
      return operands.empty() ? ParseResult(parser.parseComma()) : success();
    if (*parsed || parser.parseComma())
      return failure();
    operands.push_back(operand);
  }
}

void printSliceRanges(OpAsmPrinter &p, Operation *, DenseI64ArrayAttr starts,
                      DenseI64ArrayAttr limits, DenseI64ArrayAttr strides) {
  p << "[";
  // Unequal lengths are invalid; a diagnostic may print them all the same.
  llvm::interleaveComma(
      llvm::zip(starts.asArrayRef(), limits.asArrayRef(), strides.asArrayRef()),
      p, [&](std::tuple<int64_t, int64_t, int64_t> range) {
        auto [start, limit, stride] = range;
        p << start << ":" << limit;
        if (stride != 1)
          p << ":" << stride;
      });
  p << "]";
}

ParseResult parseSliceRanges(OpAsmParser &parser, DenseI64ArrayAttr &starts,
                             DenseI64ArrayAttr &limits,
                             DenseI64ArrayAttr &strides) {
  SmallVector<int64_t> start, limit, stride;
  auto parseRange = [&]() -> ParseResult {
    if (parser.parseInteger(start.emplace_back()) || parser.parseColon() ||
        parser.parseInteger(limit.emplace_back()))
      return failure();
    if (succeeded(parser.parseOptionalColon()))
      return parser.parseInteger(stride.emplace_back());
    stride.push_back(1);
    return success();
  };
  if (parser.parseCommaSeparatedList(AsmParser::Delimiter::Square, parseRange))
    return failure();
  Builder &b = parser.getBuilder();
  starts = b.getDenseI64ArrayAttr(start);
  limits = b.getDenseI64ArrayAttr(limit);
  strides = b.getDenseI64ArrayAttr(stride);
  return success();
}

void printExponentMantissa(OpAsmPrinter &p, Operation *, IntegerAttr exponent,
                           IntegerAttr mantissa) {
  p << "e" << exponent.getInt() << "m" << mantissa.getInt();
}

ParseResult parseExponentMantissa(OpAsmParser &parser, IntegerAttr &exponent,
                                  IntegerAttr &mantissa) {
  SMLoc loc = parser.getCurrentLocation();
  StringRef format;
  if (parser.parseKeyword(&format))
    return failure();
  int32_t e = 0, m = 0;
  if (!format.consume_front("e") || format.consumeInteger(10, e) ||
      !format.consume_front("m") || format.getAsInteger(10, m))
    return parser.emitError(loc, "expected a float format such as e5m10");
  exponent = parser.getBuilder().getI32IntegerAttr(e);
  mantissa = parser.getBuilder().getI32IntegerAttr(m);
  return success();
}

void printCallTarget(OpAsmPrinter &p, Operation *, StringAttr target) {
  p.printSymbolName(target.getValue());
}

ParseResult parseCallTarget(OpAsmParser &parser, StringAttr &target) {
  return parser.parseSymbolName(target);
}

static ParseResult parseDims(AsmParser &parser,
                             SmallVectorImpl<int64_t> &dims) {
  return parser.parseCommaSeparatedList(AsmParser::Delimiter::Square, [&] {
    return parser.parseInteger(dims.emplace_back());
  });
}

static void printDims(AsmPrinter &p, ArrayRef<int64_t> dims) {
  p << "[";
  llvm::interleaveComma(dims, p);
  p << "]";
}

void printDotDimensionNumbers(OpAsmPrinter &p, Operation *,
                              DotDimensionNumbersAttr dims) {
  auto printPair = [&](ArrayRef<int64_t> lhs, ArrayRef<int64_t> rhs) {
    printDims(p, lhs);
    p << " x ";
    printDims(p, rhs);
  };
  if (!dims.getLhsBatchingDimensions().empty() ||
      !dims.getRhsBatchingDimensions().empty()) {
    p << "batching_dims = ";
    printPair(dims.getLhsBatchingDimensions(), dims.getRhsBatchingDimensions());
    p << ", ";
  }
  p << "contracting_dims = ";
  printPair(dims.getLhsContractingDimensions(),
            dims.getRhsContractingDimensions());
}

ParseResult parseDotDimensionNumbers(OpAsmParser &parser,
                                     DotDimensionNumbersAttr &dims) {
  SmallVector<int64_t> lhsBatch, rhsBatch, lhsContract, rhsContract;
  auto parsePair = [&](SmallVector<int64_t> &lhs,
                       SmallVector<int64_t> &rhs) -> ParseResult {
    return failure(parser.parseEqual() || parseDims(parser, lhs) ||
                   parser.parseKeyword("x") || parseDims(parser, rhs));
  };
  if (succeeded(parser.parseOptionalKeyword("batching_dims")) &&
      (parsePair(lhsBatch, rhsBatch) || parser.parseComma()))
    return failure();
  if (parser.parseKeyword("contracting_dims") ||
      parsePair(lhsContract, rhsContract))
    return failure();
  dims = DotDimensionNumbersAttr::get(parser.getContext(), lhsBatch, rhsBatch,
                                      lhsContract, rhsContract);
  return success();
}

void printPrecisionConfig(OpAsmPrinter &p, Operation *, ArrayAttr precision) {
  if (!precision)
    return;
  p << ", precision = [";
  llvm::interleaveComma(precision, p, [&](Attribute attr) {
    p << stringifyPrecision(cast<PrecisionAttr>(attr).getValue());
  });
  p << "]";
}

/// After the `precision` keyword.
static ParseResult parsePrecisionList(OpAsmParser &parser,
                                      ArrayAttr &precision) {
  SmallVector<Attribute> values;
  auto parseOne = [&]() -> ParseResult {
    SMLoc loc = parser.getCurrentLocation();
    StringRef word;
    if (parser.parseKeyword(&word))
      return failure();
    std::optional<Precision> value = symbolizePrecision(word);
    if (!value)
      return parser.emitError(loc) << "unknown precision: " << word;
    values.push_back(PrecisionAttr::get(parser.getContext(), *value));
    return success();
  };
  if (parser.parseEqual() ||
      parser.parseCommaSeparatedList(AsmParser::Delimiter::Square, parseOne))
    return failure();
  precision = parser.getBuilder().getArrayAttr(values);
  return success();
}

ParseResult parsePrecisionConfig(OpAsmParser &parser, ArrayAttr &precision) {
  if (failed(parser.parseOptionalComma()))
    return success();
  return failure(parser.parseKeyword("precision") ||
                 parsePrecisionList(parser, precision));
}

void printPrecisionConfigAndAlgorithm(OpAsmPrinter &p, Operation *op,
                                      ArrayAttr precision,
                                      DotAlgorithmAttr algorithm) {
  printPrecisionConfig(p, op, precision);
  if (algorithm) {
    p << ", algorithm = ";
    p.printStrippedAttrOrType(algorithm);
  }
}

ParseResult parsePrecisionConfigAndAlgorithm(OpAsmParser &parser,
                                             ArrayAttr &precision,
                                             DotAlgorithmAttr &algorithm) {
  if (failed(parser.parseOptionalComma()))
    return success();
  if (succeeded(parser.parseOptionalKeyword("precision"))) {
    if (parsePrecisionList(parser, precision))
      return failure();
    if (failed(parser.parseOptionalComma()))
      return success();
  }
  return failure(parser.parseKeyword("algorithm") || parser.parseEqual() ||
                 parser.parseCustomAttributeWithFallback(algorithm, Type{}));
}

void printWindowAttributes(OpAsmPrinter &p, Operation *,
                           DenseI64ArrayAttr strides,
                           DenseIntElementsAttr padding,
                           DenseI64ArrayAttr lhsDilation,
                           DenseI64ArrayAttr rhsDilation,
                           DenseBoolArrayAttr reversal) {
  StringRef separator = "";
  auto name = [&](StringRef word) {
    p << separator << word << " = ";
    separator = ", ";
  };
  auto dims = [&](StringRef word, DenseI64ArrayAttr attr) {
    if (!attr)
      return;
    name(word);
    printDims(p, attr.asArrayRef());
  };
  dims("stride", strides);
  if (padding) {
    name("pad");
    // Pairs of low and high padding; the verifier sees to the shape.
    SmallVector<int64_t> values(padding.getValues<int64_t>());
    p << "[";
    for (size_t i = 0; i + 1 < values.size(); i += 2) {
      p << (i ? ", " : "");
      printDims(p, {values[i], values[i + 1]});
    }
    p << "]";
  }
  dims("lhs_dilate", lhsDilation);
  dims("rhs_dilate", rhsDilation);
  if (reversal) {
    name("reverse");
    p << "[";
    llvm::interleaveComma(reversal.asArrayRef(), p,
                          [&](bool b) { p << (b ? "true" : "false"); });
    p << "]";
  }
}

static ParseResult parseBool(OpAsmParser &parser, bool &value) {
  if (succeeded(parser.parseOptionalKeyword("true"))) {
    value = true;
    return success();
  }
  if (succeeded(parser.parseOptionalKeyword("false"))) {
    value = false;
    return success();
  }
  int64_t number;
  if (parser.parseInteger(number))
    return failure();
  value = number != 0;
  return success();
}

ParseResult parseWindowAttributes(OpAsmParser &parser,
                                  DenseI64ArrayAttr &strides,
                                  DenseIntElementsAttr &padding,
                                  DenseI64ArrayAttr &lhsDilation,
                                  DenseI64ArrayAttr &rhsDilation,
                                  DenseBoolArrayAttr &reversal) {
  Builder &b = parser.getBuilder();
  auto parsePadding = [&]() -> ParseResult {
    SmallVector<int64_t> values;
    auto parsePair = [&]() -> ParseResult {
      SmallVector<int64_t> pair;
      SMLoc loc = parser.getCurrentLocation();
      if (parseDims(parser, pair))
        return failure();
      if (pair.size() != 2)
        return parser.emitError(loc, "expected a pair of low and high padding");
      llvm::append_range(values, pair);
      return success();
    };
    if (parser.parseCommaSeparatedList(AsmParser::Delimiter::Square, parsePair))
      return failure();
    auto type = RankedTensorType::get(
        {static_cast<int64_t>(values.size() / 2), 2}, b.getI64Type());
    padding = DenseIntElementsAttr::get(type, values);
    return success();
  };
  auto parseReversal = [&]() -> ParseResult {
    SmallVector<bool> values;
    if (parser.parseCommaSeparatedList(AsmParser::Delimiter::Square, [&] {
          return parseBool(parser, values.emplace_back());
        }))
      return failure();
    reversal = b.getDenseBoolArrayAttr(values);
    return success();
  };
  auto parseInto = [&](DenseI64ArrayAttr &attr) -> ParseResult {
    SmallVector<int64_t> values;
    if (parseDims(parser, values))
      return failure();
    attr = b.getDenseI64ArrayAttr(values);
    return success();
  };
  auto parseOne = [&](SMLoc loc, StringRef word) -> ParseResult {
    if (parser.parseEqual())
      return failure();
    auto once = [&](bool seen) -> ParseResult {
      if (seen)
        return parser.emitError(loc) << "duplicate window attribute: " << word;
      return success();
    };
    if (word == "stride")
      return failure(once(bool(strides)) || parseInto(strides));
    if (word == "pad")
      return failure(once(bool(padding)) || parsePadding());
    if (word == "lhs_dilate")
      return failure(once(bool(lhsDilation)) || parseInto(lhsDilation));
    if (word == "rhs_dilate")
      return failure(once(bool(rhsDilation)) || parseInto(rhsDilation));
    if (word == "reverse")
      return failure(once(bool(reversal)) || parseReversal());
    return parser.emitError(loc) << "unknown window attribute: " << word;
  };
  // The braces belong to the op's format: an empty list has no first word.
  SMLoc loc = parser.getCurrentLocation();
  StringRef word;
  if (failed(parser.parseOptionalKeyword(&word)))
    return success();
  while (true) {
    if (parseOne(loc, word))
      return failure();
    if (failed(parser.parseOptionalComma()))
      return success();
    loc = parser.getCurrentLocation();
    if (parser.parseKeyword(&word))
      return failure();
  }
}

} // namespace invhlo::stablehlo
