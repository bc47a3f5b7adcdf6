// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Text of the attributes that ODS cannot describe.

#include "AssemblyFormat.h"

#include "llvm/ADT/STLExtras.h"

using namespace mlir;

namespace invhlo::stablehlo {

namespace {
/// A named list of dimensions, or (`number`) a single one. What is empty or
/// zero is not printed.
struct DimsField {
  StringRef name;
  SmallVector<int64_t> dims;
  bool number = false;
};
} // namespace

static void printFields(AsmPrinter &p, ArrayRef<DimsField> fields) {
  p << "<";
  StringRef separator = "";
  for (const DimsField &field : fields) {
    if (field.number ? field.dims[0] == 0 : field.dims.empty())
      continue;
    p << separator << field.name << " = ";
    separator = ", ";
    if (field.number) {
      p << field.dims[0];
      continue;
    }
    p << "[";
    llvm::interleaveComma(field.dims, p);
    p << "]";
  }
  p << ">";
}

/// Parses fields in any order, each at most once.
static ParseResult parseFields(AsmParser &parser,
                               MutableArrayRef<DimsField> fields) {
  SmallVector<bool> seen(fields.size());
  auto parseOne = [&]() -> ParseResult {
    SMLoc loc = parser.getCurrentLocation();
    StringRef word;
    if (parser.parseKeyword(&word) || parser.parseEqual())
      return failure();
    for (auto [i, field] : llvm::enumerate(fields)) {
      if (field.name != word)
        continue;
      if (seen[i])
        return parser.emitError(loc) << "duplicate entry: " << word;
      seen[i] = true;
      if (field.number)
        return parser.parseInteger(field.dims[0]);
      SmallVector<int64_t> &dims = field.dims;
      return parser.parseCommaSeparatedList(AsmParser::Delimiter::Square, [&] {
        return parser.parseInteger(dims.emplace_back());
      });
    }
    return parser.emitError(loc) << "unknown entry: " << word;
  };
  return parser.parseCommaSeparatedList(AsmParser::Delimiter::LessGreater,
                                        parseOne);
}

static DimsField list(StringRef name, ArrayRef<int64_t> dims = {}) {
  return {name, SmallVector<int64_t>(dims), /*number=*/false};
}
static DimsField number(StringRef name, int64_t value = 0) {
  return {name, {value}, /*number=*/true};
}

void GatherDimensionNumbersAttr::print(AsmPrinter &p) const {
  printFields(
      p, {list("offset_dims", getOffsetDims()),
          list("collapsed_slice_dims", getCollapsedSliceDims()),
          list("operand_batching_dims", getOperandBatchingDims()),
          list("start_indices_batching_dims", getStartIndicesBatchingDims()),
          list("start_index_map", getStartIndexMap()),
          number("index_vector_dim", getIndexVectorDim())});
}

Attribute GatherDimensionNumbersAttr::parse(AsmParser &parser, Type) {
  DimsField f[] = {
      list("offset_dims"),           list("collapsed_slice_dims"),
      list("operand_batching_dims"), list("start_indices_batching_dims"),
      list("start_index_map"),       number("index_vector_dim")};
  if (parseFields(parser, f))
    return {};
  return get(parser.getContext(), f[0].dims, f[1].dims, f[2].dims, f[3].dims,
             f[4].dims, f[5].dims[0]);
}

void ScatterDimensionNumbersAttr::print(AsmPrinter &p) const {
  printFields(
      p,
      {list("update_window_dims", getUpdateWindowDims()),
       list("inserted_window_dims", getInsertedWindowDims()),
       list("input_batching_dims", getInputBatchingDims()),
       list("scatter_indices_batching_dims", getScatterIndicesBatchingDims()),
       list("scatter_dims_to_operand_dims", getScatterDimsToOperandDims()),
       number("index_vector_dim", getIndexVectorDim())});
}

Attribute ScatterDimensionNumbersAttr::parse(AsmParser &parser, Type) {
  DimsField f[] = {list("update_window_dims"),
                   list("inserted_window_dims"),
                   list("input_batching_dims"),
                   list("scatter_indices_batching_dims"),
                   list("scatter_dims_to_operand_dims"),
                   number("index_vector_dim")};
  if (parseFields(parser, f))
    return {};
  return get(parser.getContext(), f[0].dims, f[1].dims, f[2].dims, f[3].dims,
             f[4].dims, f[5].dims[0]);
}

void DotDimensionNumbersAttr::print(AsmPrinter &p) const {
  printFields(
      p, {list("lhs_batching_dimensions", getLhsBatchingDimensions()),
          list("rhs_batching_dimensions", getRhsBatchingDimensions()),
          list("lhs_contracting_dimensions", getLhsContractingDimensions()),
          list("rhs_contracting_dimensions", getRhsContractingDimensions())});
}

Attribute DotDimensionNumbersAttr::parse(AsmParser &parser, Type) {
  DimsField f[] = {
      list("lhs_batching_dimensions"), list("rhs_batching_dimensions"),
      list("lhs_contracting_dimensions"), list("rhs_contracting_dimensions")};
  if (parseFields(parser, f))
    return {};
  return get(parser.getContext(), f[0].dims, f[1].dims, f[2].dims, f[3].dims);
}

void ResultAccuracyAttr::print(AsmPrinter &p) const {
  p << "<";
  if (!getAtol().isZero())
    p << "atol = " << getAtol() << ", ";
  if (!getRtol().isZero())
    p << "rtol = " << getRtol() << ", ";
  if (getUlps() != 0)
    p << "ulps = " << getUlps() << ", ";
  p << "mode = " << getMode() << ">";
}

Attribute ResultAccuracyAttr::parse(AsmParser &parser, Type) {
  double atol = 0, rtol = 0;
  int64_t ulps = 0;
  ResultAccuracyModeAttr mode;
  if (parser.parseLess())
    return {};
  if (succeeded(parser.parseOptionalKeyword("atol")) &&
      (parser.parseEqual() || parser.parseFloat(atol) || parser.parseComma()))
    return {};
  if (succeeded(parser.parseOptionalKeyword("rtol")) &&
      (parser.parseEqual() || parser.parseFloat(rtol) || parser.parseComma()))
    return {};
  if (succeeded(parser.parseOptionalKeyword("ulps")) &&
      (parser.parseEqual() || parser.parseInteger(ulps) || parser.parseComma()))
    return {};
  SMLoc loc = parser.getCurrentLocation();
  if (parser.parseKeyword("mode") || parser.parseEqual() ||
      parser.parseCustomAttributeWithFallback(mode, Type{}) ||
      parser.parseGreater())
    return {};
  return getChecked([&] { return parser.emitError(loc); }, parser.getContext(),
                    APFloat(atol), APFloat(rtol), ulps, mode);
}

void TypeExtensionsAttr::print(AsmPrinter &p) const {
  p << "<";
  llvm::interleaveComma(getBounds(), p, [&](int64_t bound) {
    if (ShapedType::isDynamic(bound))
      p << "?";
    else
      p << bound;
  });
  p << ">";
}

Attribute TypeExtensionsAttr::parse(AsmParser &parser, Type) {
  SmallVector<int64_t> bounds;
  auto parseBound = [&]() -> ParseResult {
    if (succeeded(parser.parseOptionalQuestion())) {
      bounds.push_back(ShapedType::kDynamic);
      return success();
    }
    return parser.parseInteger(bounds.emplace_back());
  };
  if (parser.parseLess())
    return {};
  // The older spelling `type_extensions<bounds = [3, ?]>`.
  bool named = succeeded(parser.parseOptionalKeyword("bounds"));
  if (named) {
    if (parser.parseEqual() || parser.parseCommaSeparatedList(
                                   AsmParser::Delimiter::Square, parseBound))
      return {};
  } else if (failed(parser.parseOptionalGreater())) {
    if (parser.parseCommaSeparatedList(parseBound))
      return {};
  } else {
    return get(parser.getContext(), bounds);
  }
  if (parser.parseGreater())
    return {};
  return get(parser.getContext(), bounds);
}

void MeshAttr::print(AsmPrinter &p) const {
  p << "<axes=[";
  llvm::interleaveComma(getAxes(), p, [&](MeshAxisAttr axis) {
    p.printStrippedAttrOrType(axis);
  });
  p << "]";
  if (getDeviceIds())
    p << ", device_ids=" << getDeviceIds();
  p << ">";
}

Attribute MeshAttr::parse(AsmParser &parser, Type) {
  SmallVector<MeshAxisAttr> axes;
  DenseIntElementsAttr deviceIds;
  auto parseAxis = [&] {
    return parser.parseCustomAttributeWithFallback(axes.emplace_back(), Type{});
  };
  if (parser.parseLess() || parser.parseKeyword("axes") ||
      parser.parseEqual() ||
      parser.parseCommaSeparatedList(AsmParser::Delimiter::Square, parseAxis))
    return {};
  if (succeeded(parser.parseOptionalComma()) &&
      (parser.parseKeyword("device_ids") || parser.parseEqual() ||
       parser.parseAttribute(deviceIds)))
    return {};
  if (parser.parseGreater())
    return {};
  return get(parser.getContext(), axes, deviceIds);
}

} // namespace invhlo::stablehlo
