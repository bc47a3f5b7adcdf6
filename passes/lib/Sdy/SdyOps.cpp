// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Sdy/Sdy.h"
#include "mlir/IR/Builders.h"

using namespace mlir;
using namespace invhlo::sdy;

/// A `#sdy.sharding_per_value` without its angle brackets.
static ParseResult parseShardingList(OpAsmParser &parser,
                                     TensorShardingPerValueAttr &shardings) {
  SmallVector<TensorShardingAttr> list;
  auto parseSharding = [&]() -> ParseResult {
    auto sharding = cast_or_null<TensorShardingAttr>(
        TensorShardingAttr::parse(parser, Type()));
    list.push_back(sharding);
    return success(sharding != nullptr);
  };
  if (parser.parseCommaSeparatedList(AsmParser::Delimiter::Square,
                                     parseSharding))
    return failure();
  shardings = TensorShardingPerValueAttr::get(parser.getContext(), list);
  return success();
}

static void printShardingList(OpAsmPrinter &printer, Operation *,
                              TensorShardingPerValueAttr shardings) {
  printer << '[';
  llvm::interleaveComma(
      shardings.getShardings(), printer,
      [&](TensorShardingAttr sharding) { sharding.print(printer); });
  printer << ']';
}

/// `sum` | `max` | `min`
static OptionalParseResult parseReduction(OpAsmParser &parser,
                                          ReductionOpAttr &reduction) {
  StringRef word;
  if (parser.parseOptionalKeyword(&word, {"sum", "max", "min"}))
    return std::nullopt;
  reduction =
      ReductionOpAttr::get(parser.getContext(), *symbolizeReductionOp(word));
  return success();
}

static void printReduction(OpAsmPrinter &printer, Operation *,
                           ReductionOpAttr reduction) {
  printer << stringifyReductionOp(reduction.getValue());
}

/// `(` argument, ... `)` region, the arguments of the one block
static ParseResult parseBodyRegion(OpAsmParser &parser, Region &body) {
  SmallVector<OpAsmParser::Argument> arguments;
  return failure(parser.parseArgumentList(arguments,
                                          AsmParser::Delimiter::Paren,
                                          /*allowType=*/true,
                                          /*allowAttrs=*/true) ||
                 parser.parseRegion(body, arguments));
}

static void printBodyRegion(OpAsmPrinter &printer, Operation *, Region &body) {
  printer << '(';
  llvm::interleaveComma(body.getArguments(), printer, [&](BlockArgument arg) {
    printer.printRegionArgument(arg);
  });
  printer << ") ";
  printer.printRegion(body, /*printEntryBlockArgs=*/false);
}

MeshAttr ManualComputationOp::getMesh() {
  MeshAttr mesh;
  for (TensorShardingPerValueAttr list : {getInShardings(), getOutShardings()})
    for (TensorShardingAttr sharding : list.getShardings())
      if (!mesh || mesh.getAxes().empty())
        mesh = sharding.getMesh(*this);
  return mesh;
}

#define GET_OP_CLASSES
#include "invhlo/Sdy/SdyOps.cpp.inc"
