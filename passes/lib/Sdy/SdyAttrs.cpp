// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What the attributes of sdy mean; SdySyntax.cpp reads and writes them.

#include "invhlo/Sdy/Sdy.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/DialectImplementation.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace invhlo::sdy;

#include "invhlo/Sdy/SdyEnums.cpp.inc"

#define GET_ATTRDEF_CLASSES
#include "invhlo/Sdy/SdyAttrs.cpp.inc"

void SdyDialect::registerAttributes() {
  addAttributes<
#define GET_ATTRDEF_LIST
#include "invhlo/Sdy/SdyAttrs.cpp.inc"
      >();
}

LogicalResult MeshAxisAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                                   StringRef name, int64_t size) {
  if (size < 1)
    return emitError() << "axis size must be at least 1, got: " << size;
  return success();
}

LogicalResult MeshAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                               ArrayRef<MeshAxisAttr> axes,
                               ArrayRef<int64_t> deviceIds) {
  llvm::StringSet<> names;
  int64_t numDevices = 1;
  for (MeshAxisAttr axis : axes) {
    if (!names.insert(axis.getName()).second)
      return emitError() << "duplicate axis name: \"" << axis.getName() << '"';
    numDevices *= axis.getSize();
  }
  if (axes.empty() && deviceIds.size() == 1) {
    if (deviceIds.front() < 0)
      return emitError() << "device id must not be negative, got: "
                         << deviceIds.front();
    return success();
  }
  if (deviceIds.empty())
    return success();
  SmallVector<int64_t> sorted(deviceIds);
  llvm::sort(sorted);
  if (!llvm::equal(sorted, llvm::seq<int64_t>(numDevices)))
    return emitError() << "device ids must be those below " << numDevices
                       << ", each once";
  return success();
}

std::optional<int64_t> MeshAttr::getAxisSize(StringRef name) const {
  for (MeshAxisAttr axis : getAxes())
    if (axis.getName() == name)
      return axis.getSize();
  return std::nullopt;
}

LogicalResult
SubAxisInfoAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                        int64_t preSize, int64_t size) {
  if (preSize < 1)
    return emitError() << "sub-axis pre-size must be at least 1, got: "
                       << preSize;
  if (size < 2)
    return emitError() << "sub-axis size must be at least 2, got: " << size;
  return success();
}

int64_t AxisRefAttr::getSize(MeshAttr mesh) const {
  if (getSubAxisInfo())
    return getSubAxisInfo().getSize();
  return mesh.getAxisSize(getName()).value_or(1);
}

bool ManualAxesAttr::contains(StringRef axis) const {
  return llvm::any_of(getValue(),
                      [&](StringAttr name) { return name.getValue() == axis; });
}

int64_t DimensionShardingAttr::getShardedSize(MeshAttr mesh) const {
  int64_t size = 1;
  for (AxisRefAttr axis : getAxes())
    size *= axis.getSize(mesh);
  return size;
}

MeshAttr TensorShardingAttr::getMesh(Operation *from) const {
  if (auto mesh = dyn_cast<MeshAttr>(getMeshOrRef()))
    return mesh;
  auto op = SymbolTable::lookupNearestSymbolFrom<MeshOp>(
      from, cast<SymbolRefAttr>(getMeshOrRef()));
  return op ? op.getMesh() : nullptr;
}
