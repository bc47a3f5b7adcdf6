// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "AssemblyFormat.h"

#include "mlir/IR/DialectImplementation.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace invhlo::stablehlo;

#include "invhlo/StableHLO/Enums.cpp.inc"

/// `[0, 1]`, possibly empty.
static ParseResult parseDimList(AsmParser &parser, SmallVector<int64_t> &dims) {
  return parser.parseCommaSeparatedList(AsmParser::Delimiter::Square, [&] {
    return parser.parseInteger(dims.emplace_back());
  });
}
static void printDimList(AsmPrinter &p, ArrayRef<int64_t> dims) {
  p << "[";
  llvm::interleaveComma(dims, p);
  p << "]";
}

#define GET_ATTRDEF_CLASSES
#include "invhlo/StableHLO/Attributes.cpp.inc"

namespace invhlo::stablehlo {

void StableHLODialect::registerAttributes() {
  addAttributes<
#define GET_ATTRDEF_LIST
#include "invhlo/StableHLO/Attributes.cpp.inc"
      >();
}

Attribute StableHLODialect::parseAttribute(DialectAsmParser &parser,
                                           Type type) const {
  SMLoc loc = parser.getCurrentLocation();
  StringRef mnemonic;
  Attribute attr;
  OptionalParseResult parsed =
      generatedAttributeParser(parser, &mnemonic, type, attr);
  if (parsed.has_value())
    return attr;
  if (mnemonic == "type_extensions")
    return TypeExtensionsAttr::parse(parser, type);
  parser.emitError(loc) << "unknown stablehlo attribute: " << mnemonic;
  return {};
}

void StableHLODialect::printAttribute(Attribute attr,
                                      DialectAsmPrinter &printer) const {
  // Fails only for attributes of other dialects.
  (void)generatedAttributePrinter(attr, printer);
}

bool GatherDimensionNumbersAttr::isWindowDim(int64_t operandDim) const {
  return !llvm::is_contained(getCollapsedSliceDims(), operandDim) &&
         !llvm::is_contained(getOperandBatchingDims(), operandDim);
}

GatherDimensionNumbersAttr ScatterDimensionNumbersAttr::asGather() const {
  return GatherDimensionNumbersAttr::get(
      getContext(), getUpdateWindowDims(), getInsertedWindowDims(),
      getInputBatchingDims(), getScatterIndicesBatchingDims(),
      getScatterDimsToOperandDims(), getIndexVectorDim());
}

ResultAccuracyAttr ResultAccuracyAttr::get(MLIRContext *context,
                                           ResultAccuracyMode mode) {
  return get(context, APFloat(0.0), APFloat(0.0), /*ulps=*/0,
             ResultAccuracyModeAttr::get(context, mode));
}

LogicalResult
ResultAccuracyAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                           APFloat atol, APFloat rtol, int64_t ulps,
                           ResultAccuracyModeAttr mode) {
  if (!mode)
    return emitError() << "expected a mode";
  if (atol.isNegative() || rtol.isNegative() || ulps < 0)
    return emitError() << "expected tolerances that are not negative";
  bool tolerant = mode.getValue() == ResultAccuracyMode::TOLERANCE;
  bool hasTolerance = !atol.isZero() || !rtol.isZero() || ulps != 0;
  if (hasTolerance && !tolerant)
    return emitError() << "expected no tolerance in mode "
                       << stringifyResultAccuracyMode(mode.getValue());
  return success();
}

LogicalResult TypeExtensionsAttr::verifyEncoding(
    ArrayRef<int64_t> shape, Type,
    function_ref<InFlightDiagnostic()> emitError) const {
  if (getBounds().size() != shape.size())
    return emitError() << "expected a bound for each of " << shape.size()
                       << " dimensions, got " << getBounds().size();
  for (auto [d, size] : llvm::enumerate(shape))
    if (!ShapedType::isDynamic(size) && !ShapedType::isDynamic(getBounds()[d]))
      return emitError() << "dimension " << d << " is static but has a bound";
  return success();
}

LogicalResult
ReplicaGroupMeshAxesAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                                 Attribute mesh, ArrayAttr axes) {
  if (!isa_and_nonnull<MeshAttr, FlatSymbolRefAttr>(mesh))
    return emitError() << "expected a mesh or the name of one";
  if (!axes || !llvm::all_of(axes, llvm::IsaPred<AxisRefAttr>))
    return emitError() << "expected axes to be axis_ref attributes";
  return success();
}

} // namespace invhlo::stablehlo
