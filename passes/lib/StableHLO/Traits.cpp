// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/StableHLO/Traits.h"

#include "invhlo/StableHLO/Dialect.h"
#include "mlir/IR/TypeUtilities.h"

using namespace mlir;

namespace invhlo::stablehlo {

/// A number of the expressed type is as good as the quantized one standing for
/// it: which mixtures an op allows is for the compiler behind us to say.
static bool areCompatibleElements(Type a, Type b) {
  return a == b || isa<quant::QuantizedType>(a) || isa<quant::QuantizedType>(b);
}

bool areCompatibleTypes(Type a, Type b) {
  if (a == b)
    return true;
  auto ta = dyn_cast<RankedTensorType>(a), tb = dyn_cast<RankedTensorType>(b);
  return ta && tb && succeeded(verifyCompatibleShape(ta, tb)) &&
         areCompatibleElements(ta.getElementType(), tb.getElementType());
}

bool areCompatibleTypes(TypeRange a, TypeRange b) {
  return a.size() == b.size() && llvm::all_of(llvm::zip(a, b), [](auto pair) {
           return areCompatibleTypes(std::get<0>(pair), std::get<1>(pair));
         });
}

namespace detail {

/// Checks the types of all operands and results against the first.
static LogicalResult
verifyAgainstFirst(Operation *op, function_ref<bool(Type, Type)> compatible,
                   StringRef what) {
  SmallVector<Type> types(op->getOperandTypes());
  llvm::append_range(types, op->getResultTypes());
  for (Type type : llvm::drop_begin(types))
    if (!compatible(types.front(), type))
      return op->emitOpError() << "requires compatible " << what
                               << " for all operands and results, got "
                               << types.front() << " and " << type;
  return success();
}

LogicalResult verifySameType(Operation *op) {
  return verifyAgainstFirst(
      op, [](Type a, Type b) { return areCompatibleTypes(a, b); }, "types");
}

LogicalResult verifySameShape(Operation *op) {
  auto sameShape = [](Type a, Type b) {
    return succeeded(verifyCompatibleShape(a, b));
  };
  return verifyAgainstFirst(op, sameShape, "shapes");
}

LogicalResult inferSameType(std::optional<Location> location,
                            ValueRange operands,
                            SmallVectorImpl<Type> &inferred) {
  if (operands.empty())
    return emitOptionalError(location, "expected an operand");
  auto type = dyn_cast<RankedTensorType>(operands.front().getType());
  if (!type)
    return emitOptionalError(location, "expected a ranked tensor, got ",
                             operands.front().getType());
  SmallVector<int64_t> shape(type.getShape());
  bool refined = false;
  for (Value operand : operands.drop_front()) {
    auto other = dyn_cast<RankedTensorType>(operand.getType());
    if (!other || other.getRank() != type.getRank())
      continue;
    for (auto [d, size] : llvm::enumerate(other.getShape()))
      if (ShapedType::isDynamic(shape[d]) && !ShapedType::isDynamic(size)) {
        shape[d] = size;
        refined = true;
      }
  }
  // Bounds belong to dynamic dimensions only.
  inferred.push_back(
      refined ? RankedTensorType::get(shape, type.getElementType()) : type);
  return success();
}

} // namespace detail
} // namespace invhlo::stablehlo
