// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// How the attributes about propagation are read and written: sharding rules
// and traces. See SdySyntax.cpp for the others.

#include "invhlo/Sdy/Sdy.h"
#include "mlir/IR/DialectImplementation.h"

using namespace mlir;
using namespace invhlo::sdy;

using Delimiter = AsmParser::Delimiter;

static constexpr int64_t kNumLetters = 'z' - 'i' + 1;

static void printFactor(raw_ostream &os, int64_t factor) {
  if (factor < kNumLetters)
    os << static_cast<char>('i' + factor);
  else
    os << "z_" << factor - kNumLetters + 1;
}

/// Takes one factor off the front of `word`.
static FailureOr<int64_t> consumeFactor(StringRef &word) {
  if (word.empty() || word.front() < 'i' || word.front() > 'z')
    return failure();
  int64_t factor = word.front() - 'i';
  word = word.drop_front();
  if (factor != kNumLetters - 1 || !word.starts_with("_"))
    return factor;
  int64_t number;
  word = word.drop_front();
  if (word.consumeInteger(10, number) || number < 1)
    return failure();
  return factor + number;
}

/// A word made of factors.
static ParseResult parseFactors(AsmParser &parser,
                                SmallVectorImpl<int64_t> &factors) {
  SMLoc loc = parser.getCurrentLocation();
  StringRef word;
  if (parser.parseKeyword(&word))
    return failure();
  StringRef rest = word;
  while (!rest.empty()) {
    FailureOr<int64_t> factor = consumeFactor(rest);
    if (failed(factor))
      return parser.emitError(loc)
             << "expected factors i to z, z_1, z_2 and so on, got: '" << word
             << "'";
    factors.push_back(*factor);
  }
  return success();
}

static ParseResult parseFactor(AsmParser &parser, int64_t &factor) {
  SMLoc loc = parser.getCurrentLocation();
  SmallVector<int64_t> factors;
  if (parseFactors(parser, factors))
    return failure();
  if (factors.size() != 1)
    return parser.emitError(loc, "expected one factor");
  factor = factors.front();
  return success();
}

static ParseResult parseMapping(AsmParser &parser, DimMappingAttr &mapping) {
  SmallVector<int64_t> factors;
  if (parseFactors(parser, factors))
    return failure();
  mapping = DimMappingAttr::get(parser.getContext(), factors);
  return success();
}

static void printMapping(AsmPrinter &printer, DimMappingAttr mapping) {
  for (int64_t factor : mapping.getFactorIndices())
    printFactor(printer.getStream(), factor);
}

Attribute DimMappingAttr::parse(AsmParser &parser, Type) {
  DimMappingAttr mapping;
  if (parseMapping(parser, mapping))
    return {};
  return mapping;
}

/// Alone, it is one space from the mnemonic.
void DimMappingAttr::print(AsmPrinter &printer) const {
  printer << ' ';
  printMapping(printer, *this);
}

Attribute TensorMappingAttr::parse(AsmParser &parser, Type) {
  SmallVector<DimMappingAttr> mappings;
  if (parser.parseCommaSeparatedList(Delimiter::Square, [&] {
        return parseMapping(parser, mappings.emplace_back());
      }))
    return {};
  return get(parser.getContext(), mappings);
}

void TensorMappingAttr::print(AsmPrinter &printer) const {
  printer << '[';
  llvm::interleaveComma(getDimMappings(), printer, [&](DimMappingAttr mapping) {
    printMapping(printer, mapping);
  });
  printer << ']';
}

static ParseResult parseMappings(AsmParser &parser,
                                 SmallVectorImpl<TensorMappingAttr> &mappings) {
  return parser.parseCommaSeparatedList(Delimiter::Paren, [&]() -> ParseResult {
    auto mapping = cast_or_null<TensorMappingAttr>(
        TensorMappingAttr::parse(parser, Type()));
    mappings.push_back(mapping);
    return success(mapping != nullptr);
  });
}

/// (`{` i `=` int, ... `}`)?, the factors in order
static ParseResult parseFactorSizes(AsmParser &parser,
                                    SmallVectorImpl<int64_t> &sizes) {
  return parser.parseCommaSeparatedList(
      Delimiter::OptionalBraces, [&]() -> ParseResult {
        SMLoc loc = parser.getCurrentLocation();
        int64_t factor;
        if (parseFactor(parser, factor) || parser.parseEqual() ||
            parser.parseInteger(sizes.emplace_back()))
          return failure();
        if (factor != static_cast<int64_t>(sizes.size()) - 1)
          return parser.emitError(loc, "expected the sizes of all factors in "
                                       "order");
        return success();
      });
}

/// (name `=` `{` factor, ... `}`)?
static ParseResult parseFactorList(AsmParser &parser, StringRef name,
                                   SmallVectorImpl<int64_t> &factors) {
  if (failed(parser.parseOptionalKeyword(name)))
    return success();
  return failure(parser.parseEqual() ||
                 parser.parseCommaSeparatedList(Delimiter::Braces, [&] {
                   return parseFactor(parser, factors.emplace_back());
                 }));
}

static void printFactorList(AsmPrinter &printer, StringRef name,
                            ArrayRef<int64_t> factors) {
  if (factors.empty())
    return;
  printer << ' ' << name << "={";
  llvm::interleaveComma(factors, printer, [&](int64_t factor) {
    printFactor(printer.getStream(), factor);
  });
  printer << '}';
}

/// `<` mappings `->` mappings sizes lists (`,` `custom`)? `>`
Attribute OpShardingRuleAttr::parse(AsmParser &parser, Type) {
  SmallVector<TensorMappingAttr> operands, results;
  SmallVector<int64_t> sizes, reduction, replication, permutation, blocked;
  if (parser.parseLess() || parseMappings(parser, operands) ||
      parser.parseArrow() || parseMappings(parser, results) ||
      parseFactorSizes(parser, sizes) ||
      parseFactorList(parser, "reduction", reduction) ||
      parseFactorList(parser, "need_replication", replication) ||
      parseFactorList(parser, "permutation", permutation) ||
      parseFactorList(parser, "blocked_propagation", blocked))
    return {};
  bool isCustom = succeeded(parser.parseOptionalComma());
  if ((isCustom && parser.parseKeyword("custom")) || parser.parseGreater())
    return {};
  return get(parser.getContext(), sizes, operands, results, reduction,
             replication, permutation, blocked, isCustom);
}

void OpShardingRuleAttr::print(AsmPrinter &printer) const {
  auto printMapping = [&](TensorMappingAttr mapping) {
    mapping.print(printer);
  };
  printer << "<(";
  llvm::interleaveComma(getOperandMappings(), printer, printMapping);
  printer << ")->(";
  llvm::interleaveComma(getResultMappings(), printer, printMapping);
  printer << ')';
  if (!getFactorSizes().empty()) {
    printer << " {";
    llvm::interleaveComma(llvm::enumerate(getFactorSizes()), printer,
                          [&](auto factor) {
                            printFactor(printer.getStream(), factor.index());
                            printer << '=' << factor.value();
                          });
    printer << '}';
  }
  printFactorList(printer, "reduction", getReductionFactors());
  printFactorList(printer, "need_replication", getNeedReplicationFactors());
  printFactorList(printer, "permutation", getPermutationFactors());
  printFactorList(printer, "blocked_propagation",
                  getBlockedPropagationFactors());
  printer << (getIsCustomRule() ? ", custom>" : ">");
}

/// `-` int
static ParseResult parseDashIndex(AsmParser &parser, int64_t &index) {
  return failure(parser.parseMinus() || parser.parseInteger(index));
}

static ParseResult parseValueRef(AsmParser &parser, EdgeValueRefAttr &ref) {
  SMLoc loc = parser.getCurrentLocation();
  StringRef word;
  int64_t index;
  if (parser.parseKeyword(&word))
    return failure();
  std::optional<EdgeNodeType> type = symbolizeEdgeNodeType(word);
  if (!type)
    return parser.emitError(loc, "expected 'operand' or 'result'");
  if (parseDashIndex(parser, index))
    return failure();
  ref = EdgeValueRefAttr::get(parser.getContext(), *type, index);
  return success();
}

static void printValueRef(AsmPrinter &printer, EdgeValueRefAttr ref) {
  printer << stringifyEdgeNodeType(ref.getType()) << '-' << ref.getIndex();
}

Attribute EdgeValueRefAttr::parse(AsmParser &parser, Type) {
  EdgeValueRefAttr ref;
  if (parseValueRef(parser, ref))
    return {};
  return ref;
}

/// Alone, it is one space from the mnemonic.
void EdgeValueRefAttr::print(AsmPrinter &printer) const {
  printer << ' ';
  printValueRef(printer, *this);
}

/// `{` axis `=` value `->` `[` value, ... `]` `}`
Attribute AxisToPropagationDetailsAttr::parse(AsmParser &parser, Type) {
  if (parser.parseLBrace())
    return {};
  auto axis = cast_or_null<AxisRefAttr>(AxisRefAttr::parse(parser, Type()));
  EdgeValueRefAttr source;
  SmallVector<EdgeValueRefAttr> targets;
  if (!axis || parser.parseEqual() || parseValueRef(parser, source) ||
      parser.parseArrow() ||
      parser.parseCommaSeparatedList(
          Delimiter::Square,
          [&] { return parseValueRef(parser, targets.emplace_back()); }) ||
      parser.parseRBrace())
    return {};
  return get(parser.getContext(), axis, source, targets);
}

void AxisToPropagationDetailsAttr::print(AsmPrinter &printer) const {
  printer << '{';
  getAxisName().print(printer);
  printer << " = ";
  printValueRef(printer, getSource());
  printer << " -> [";
  llvm::interleaveComma(getTargets(), printer, [&](EdgeValueRefAttr target) {
    printValueRef(printer, target);
  });
  printer << "]}";
}

/// `{` `step` `-` int `=` `[` details, ... `]` `}`
Attribute PropagationOneStepAttr::parse(AsmParser &parser, Type) {
  int64_t step;
  SmallVector<AxisToPropagationDetailsAttr> entries;
  auto parseEntry = [&]() -> ParseResult {
    auto entry = cast_or_null<AxisToPropagationDetailsAttr>(
        AxisToPropagationDetailsAttr::parse(parser, Type()));
    entries.push_back(entry);
    return success(entry != nullptr);
  };
  if (parser.parseLBrace() || parser.parseKeyword("step") ||
      parseDashIndex(parser, step) || parser.parseEqual() ||
      parser.parseCommaSeparatedList(Delimiter::Square, parseEntry) ||
      parser.parseRBrace())
    return {};
  return get(parser.getContext(), step, entries);
}

void PropagationOneStepAttr::print(AsmPrinter &printer) const {
  printer << "{step-" << getStepIndex() << " = [";
  llvm::interleaveComma(
      getAxisEntries(), printer,
      [&](AxisToPropagationDetailsAttr entry) { entry.print(printer); });
  printer << "]}";
}

/// `<` `[` step, ... `]` `>`
Attribute PropagationEdgesAttr::parse(AsmParser &parser, Type) {
  SmallVector<PropagationOneStepAttr> steps;
  auto parseStep = [&]() -> ParseResult {
    auto step = cast_or_null<PropagationOneStepAttr>(
        PropagationOneStepAttr::parse(parser, Type()));
    steps.push_back(step);
    return success(step != nullptr);
  };
  if (parser.parseLess() ||
      parser.parseCommaSeparatedList(Delimiter::Square, parseStep) ||
      parser.parseGreater())
    return {};
  return get(parser.getContext(), steps);
}

void PropagationEdgesAttr::print(AsmPrinter &printer) const {
  printer << "<[";
  llvm::interleaveComma(getValue(), printer, [&](PropagationOneStepAttr step) {
    step.print(printer);
  });
  printer << "]>";
}
