// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// How the attributes of sdy are read and written.
//
// An attribute inside another one stands without its prefix, so each `parse`
// and `print` here handles what follows the mnemonic, and the outer ones call
// the inner ones.

#include "invhlo/Sdy/Sdy.h"
#include "mlir/IR/DialectImplementation.h"

using namespace mlir;
using namespace invhlo::sdy;

using Delimiter = AsmParser::Delimiter;

/// Parses an attribute without its prefix onto `list`.
template <typename AttrT>
static ParseResult parseOnto(AsmParser &parser, SmallVectorImpl<AttrT> &list) {
  auto attr = cast_or_null<AttrT>(AttrT::parse(parser, Type()));
  if (!attr)
    return failure();
  list.push_back(attr);
  return success();
}

template <typename AttrT>
static ParseResult parseList(AsmParser &parser, Delimiter delimiter,
                             SmallVectorImpl<AttrT> &list) {
  return parser.parseCommaSeparatedList(
      delimiter, [&] { return parseOnto(parser, list); });
}

template <typename AttrT>
static void printList(AsmPrinter &printer, ArrayRef<AttrT> list, char open,
                      char close) {
  printer << open;
  llvm::interleaveComma(list, printer,
                        [&](AttrT attr) { attr.print(printer); });
  printer << close;
}

/// Emits errors about what stands at `loc`.
static auto errorAt(AsmParser &parser, SMLoc loc) {
  return [&parser, loc] { return parser.emitError(loc); };
}

static ParseResult parseIntegers(AsmParser &parser,
                                 SmallVectorImpl<int64_t> &list) {
  return parser.parseCommaSeparatedList(Delimiter::Square, [&] {
    return parser.parseInteger(list.emplace_back());
  });
}

/// string `=` int
Attribute MeshAxisAttr::parse(AsmParser &parser, Type) {
  SMLoc loc = parser.getCurrentLocation();
  std::string name;
  int64_t size;
  if (parser.parseString(&name) || parser.parseEqual() ||
      parser.parseInteger(size))
    return {};
  return MeshAxisAttr::getChecked(errorAt(parser, loc), parser.getContext(),
                                  StringRef(name), size);
}

void MeshAxisAttr::print(AsmPrinter &printer) const {
  printer.printString(getName());
  printer << '=' << getSize();
}

/// `<` `[` axis, ... `]` (`,` `device_ids` `=` `[` int, ... `]`)? `>`
Attribute MeshAttr::parse(AsmParser &parser, Type) {
  SMLoc loc = parser.getCurrentLocation();
  SmallVector<MeshAxisAttr> axes;
  SmallVector<int64_t> deviceIds;
  if (parser.parseLess() || parseList(parser, Delimiter::Square, axes))
    return {};
  if (succeeded(parser.parseOptionalComma()) &&
      (parser.parseKeyword("device_ids") || parser.parseEqual() ||
       parseIntegers(parser, deviceIds)))
    return {};
  if (parser.parseGreater())
    return {};
  // Ids that count up are left out, once checked.
  auto mesh = MeshAttr::getChecked(errorAt(parser, loc), parser.getContext(),
                                   ArrayRef(axes), ArrayRef(deviceIds));
  if (mesh && !axes.empty() &&
      llvm::equal(deviceIds, llvm::seq<int64_t>(deviceIds.size())))
    return get(parser.getContext(), axes, {});
  return mesh;
}

void MeshAttr::print(AsmPrinter &printer) const {
  printer << '<';
  printList(printer, getAxes(), '[', ']');
  if (!getDeviceIds().empty()) {
    printer << ", device_ids=[";
    llvm::interleaveComma(getDeviceIds(), printer);
    printer << ']';
  }
  printer << '>';
}

/// `(` int `)` int
Attribute SubAxisInfoAttr::parse(AsmParser &parser, Type) {
  SMLoc loc = parser.getCurrentLocation();
  int64_t preSize, size;
  if (parser.parseLParen() || parser.parseInteger(preSize) ||
      parser.parseRParen() || parser.parseInteger(size))
    return {};
  return SubAxisInfoAttr::getChecked(errorAt(parser, loc), parser.getContext(),
                                     preSize, size);
}

void SubAxisInfoAttr::print(AsmPrinter &printer) const {
  printer << '(' << getPreSize() << ')' << getSize();
}

/// string (`:` sub-axis)?
Attribute AxisRefAttr::parse(AsmParser &parser, Type) {
  std::string name;
  SubAxisInfoAttr subAxis;
  if (parser.parseString(&name))
    return {};
  if (succeeded(parser.parseOptionalColon())) {
    subAxis =
        cast_or_null<SubAxisInfoAttr>(SubAxisInfoAttr::parse(parser, Type()));
    if (!subAxis)
      return {};
  }
  return get(parser.getContext(), name, subAxis);
}

void AxisRefAttr::print(AsmPrinter &printer) const {
  printer.printString(getName());
  if (getSubAxisInfo()) {
    printer << ':';
    getSubAxisInfo().print(printer);
  }
}

Attribute AxisRefListAttr::parse(AsmParser &parser, Type) {
  SmallVector<AxisRefAttr> axes;
  if (parseList(parser, Delimiter::Braces, axes))
    return {};
  return get(parser.getContext(), axes);
}

void AxisRefListAttr::print(AsmPrinter &printer) const {
  printList(printer, getValue(), '{', '}');
}

Attribute ListOfAxisRefListsAttr::parse(AsmParser &parser, Type) {
  SmallVector<AxisRefListAttr> lists;
  if (parseList(parser, Delimiter::Square, lists))
    return {};
  return get(parser.getContext(), lists);
}

void ListOfAxisRefListsAttr::print(AsmPrinter &printer) const {
  printList(printer, getValue(), '[', ']');
}

/// `{` string, ... `}`
Attribute ManualAxesAttr::parse(AsmParser &parser, Type) {
  SmallVector<StringAttr> axes;
  auto parseAxis = [&]() -> ParseResult {
    std::string name;
    if (parser.parseString(&name))
      return failure();
    axes.push_back(StringAttr::get(parser.getContext(), name));
    return success();
  };
  if (parser.parseCommaSeparatedList(Delimiter::Braces, parseAxis))
    return {};
  return get(parser.getContext(), axes);
}

void ManualAxesAttr::print(AsmPrinter &printer) const {
  printer << '{';
  llvm::interleaveComma(getValue(), printer, [&](StringAttr axis) {
    printer.printString(axis.getValue());
  });
  printer << '}';
}

/// `{` axis, ... (`,`? `?`)? `}` (`p` int)?
Attribute DimensionShardingAttr::parse(AsmParser &parser, Type) {
  SmallVector<AxisRefAttr> axes;
  bool isClosed = true;
  if (parser.parseLBrace())
    return {};
  if (failed(parser.parseOptionalRBrace())) {
    do {
      if (succeeded(parser.parseOptionalQuestion())) {
        isClosed = false;
        break;
      }
      if (parseOnto(parser, axes))
        return {};
    } while (succeeded(parser.parseOptionalComma()));
    if (parser.parseRBrace())
      return {};
  }
  std::optional<int64_t> priority;
  SMLoc loc = parser.getCurrentLocation();
  StringRef word;
  if (succeeded(parser.parseOptionalKeyword(&word))) {
    int64_t value;
    if (!word.consume_front("p") || word.getAsInteger(10, value)) {
      parser.emitError(loc, "expected a priority such as 'p1'");
      return {};
    }
    priority = value;
  }
  return get(parser.getContext(), axes, isClosed, priority);
}

void DimensionShardingAttr::print(AsmPrinter &printer) const {
  printer << '{';
  llvm::interleaveComma(getAxes(), printer,
                        [&](AxisRefAttr axis) { axis.print(printer); });
  if (!getIsClosed())
    printer << (getAxes().empty() ? "?" : ", ?");
  printer << '}';
  if (getPriority())
    printer << 'p' << *getPriority();
}

/// symbol | `mesh` mesh
static Attribute parseMeshOrRef(AsmParser &parser) {
  if (succeeded(parser.parseOptionalKeyword("mesh")))
    return MeshAttr::parse(parser, Type());
  StringAttr name;
  if (parser.parseSymbolName(name))
    return {};
  return FlatSymbolRefAttr::get(name);
}

/// `<` mesh `,` `[` dimension, ... `]` (`,` `replicated` `=` axes)?
/// (`,` `unreduced` `=` (`sum` | `max` | `min`)? axes)? `>`, the last two in
/// any order
Attribute TensorShardingAttr::parse(AsmParser &parser, Type) {
  SmallVector<DimensionShardingAttr> dims;
  SmallVector<AxisRefAttr> replicated, unreduced;
  ReductionOp reduction = ReductionOp::SUM;
  if (parser.parseLess())
    return {};
  Attribute mesh = parseMeshOrRef(parser);
  if (!mesh || parser.parseComma() ||
      parseList(parser, Delimiter::Square, dims))
    return {};
  while (succeeded(parser.parseOptionalComma())) {
    SMLoc loc = parser.getCurrentLocation();
    StringRef word;
    if (parser.parseKeyword(&word) || parser.parseEqual())
      return {};
    SmallVectorImpl<AxisRefAttr> *axes = nullptr;
    if (word == "replicated")
      axes = &replicated;
    else if (word == "unreduced")
      axes = &unreduced;
    if (!axes || !axes->empty()) {
      parser.emitError(loc, "expected 'replicated' or 'unreduced', once each");
      return {};
    }
    if (axes == &unreduced &&
        succeeded(parser.parseOptionalKeyword(&word, {"sum", "max", "min"})))
      reduction = *symbolizeReductionOp(word);
    if (parseList(parser, Delimiter::Braces, *axes))
      return {};
  }
  if (parser.parseGreater())
    return {};
  return get(parser.getContext(), mesh, dims, replicated, unreduced, reduction);
}

void TensorShardingAttr::print(AsmPrinter &printer) const {
  printer << '<';
  if (auto mesh = dyn_cast<MeshAttr>(getMeshOrRef())) {
    printer << "mesh";
    mesh.print(printer);
  } else {
    printer << getMeshOrRef();
  }
  printer << ", ";
  printList(printer, getDimShardings(), '[', ']');
  if (!getReplicatedAxes().empty()) {
    printer << ", replicated=";
    printList(printer, getReplicatedAxes(), '{', '}');
  }
  if (!getUnreducedAxes().empty()) {
    printer << ", unreduced=";
    if (getReductionOp() != ReductionOp::SUM)
      printer << stringifyReductionOp(getReductionOp());
    printList(printer, getUnreducedAxes(), '{', '}');
  }
  printer << '>';
}

/// `<` `[` sharding, ... `]` `>`
Attribute TensorShardingPerValueAttr::parse(AsmParser &parser, Type) {
  SmallVector<TensorShardingAttr> shardings;
  if (parser.parseLess() || parseList(parser, Delimiter::Square, shardings) ||
      parser.parseGreater())
    return {};
  return get(parser.getContext(), shardings);
}

void TensorShardingPerValueAttr::print(AsmPrinter &printer) const {
  printer << '<';
  printList(printer, getShardings(), '[', ']');
  printer << '>';
}

/// `{` axis, ... `}` `:` int `->` int
Attribute AllToAllParamAttr::parse(AsmParser &parser, Type) {
  SmallVector<AxisRefAttr> axes;
  int64_t source, target;
  if (parseList(parser, Delimiter::Braces, axes) || parser.parseColon() ||
      parser.parseInteger(source) || parser.parseArrow() ||
      parser.parseInteger(target))
    return {};
  return get(parser.getContext(), axes, source, target);
}

void AllToAllParamAttr::print(AsmPrinter &printer) const {
  printList(printer, getAxes(), '{', '}');
  printer << ": " << getSrcDim() << "->" << getTgtDim();
}

Attribute AllToAllParamListAttr::parse(AsmParser &parser, Type) {
  SmallVector<AllToAllParamAttr> params;
  if (parseList(parser, Delimiter::Square, params))
    return {};
  return get(parser.getContext(), params);
}

void AllToAllParamListAttr::print(AsmPrinter &printer) const {
  printList(printer, getValue(), '[', ']');
}
