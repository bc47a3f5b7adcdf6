// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/CHLO/CHLO.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/DialectImplementation.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace invhlo::chlo;

#include "invhlo/CHLO/CHLOEnums.cpp.inc"

#define GET_ATTRDEF_CLASSES
#include "invhlo/CHLO/CHLOAttrs.cpp.inc"

void CHLODialect::registerAttributes() {
  addAttributes<
#define GET_ATTRDEF_LIST
#include "invhlo/CHLO/CHLOAttrs.cpp.inc"
      >();
}

/// The names of the six lists, in the order of the parameters.
static constexpr llvm::StringLiteral kRaggedDotLists[] = {
    "lhs_batching_dimensions",    "rhs_batching_dimensions",
    "lhs_contracting_dimensions", "rhs_contracting_dimensions",
    "lhs_ragged_dimensions",      "rhs_group_dimensions"};

/// `<` [name `=` `[` int, ... `]`], ... `>`, the lists in any order.
Attribute RaggedDotDimensionNumbersAttr::parse(AsmParser &parser, Type) {
  SmallVector<int64_t> lists[6];
  bool seen[6] = {};
  auto parseList = [&]() -> ParseResult {
    SMLoc loc = parser.getCurrentLocation();
    StringRef name;
    if (parser.parseKeyword(&name) || parser.parseEqual())
      return failure();
    const auto *it = llvm::find(kRaggedDotLists, name);
    if (it == std::end(kRaggedDotLists))
      return parser.emitError(loc) << "unknown list '" << name << "'";
    size_t index = it - std::begin(kRaggedDotLists);
    if (std::exchange(seen[index], true))
      return parser.emitError(loc) << "duplicate list '" << name << "'";
    return parser.parseCommaSeparatedList(
        AsmParser::Delimiter::Square, [&]() -> ParseResult {
          return parser.parseInteger(lists[index].emplace_back());
        });
  };
  if (parser.parseCommaSeparatedList(AsmParser::Delimiter::LessGreater,
                                     parseList))
    return {};
  return get(parser.getContext(), lists[0], lists[1], lists[2], lists[3],
             lists[4], lists[5]);
}

void RaggedDotDimensionNumbersAttr::print(AsmPrinter &printer) const {
  ArrayRef<int64_t> lists[] = {
      getLhsBatchingDimensions(),    getRhsBatchingDimensions(),
      getLhsContractingDimensions(), getRhsContractingDimensions(),
      getLhsRaggedDimensions(),      getRhsGroupDimensions()};
  printer << '<';
  StringRef separator;
  for (auto [name, list] : llvm::zip_equal(kRaggedDotLists, lists)) {
    if (list.empty())
      continue;
    printer << separator << name << " = [";
    llvm::interleaveComma(list, printer);
    printer << ']';
    separator = ", ";
  }
  printer << '>';
}
