// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What operands and results of an op must have in common.

#ifndef INVHLO_STABLEHLO_TRAITS_H
#define INVHLO_STABLEHLO_TRAITS_H

#include "mlir/IR/OpDefinition.h"
#include "mlir/Interfaces/InferTypeOpInterface.h"

namespace invhlo::stablehlo {

/// Whether two types can describe one value: equal, or tensors whose static
/// dimensions agree and whose elements are equal or quantized relatives.
bool areCompatibleTypes(mlir::Type a, mlir::Type b);
bool areCompatibleTypes(mlir::TypeRange a, mlir::TypeRange b);

namespace detail {
llvm::LogicalResult verifySameType(mlir::Operation *op);
llvm::LogicalResult verifySameShape(mlir::Operation *op);
/// The first operand's type, with sizes the other operands know filled in.
llvm::LogicalResult inferSameType(std::optional<mlir::Location> location,
                                  mlir::ValueRange operands,
                                  llvm::SmallVectorImpl<mlir::Type> &inferred);
} // namespace detail

/// All operands and results have compatible types; the result's is inferred
/// from the operands.
template <typename ConcreteOp>
class SameType : public mlir::OpTrait::TraitBase<ConcreteOp, SameType> {
public:
  static llvm::LogicalResult verifyTrait(mlir::Operation *op) {
    return detail::verifySameType(op);
  }
  static llvm::LogicalResult
  inferReturnTypes(mlir::MLIRContext *, std::optional<mlir::Location> location,
                   mlir::ValueRange operands, mlir::DictionaryAttr,
                   mlir::OpaqueProperties, mlir::RegionRange,
                   llvm::SmallVectorImpl<mlir::Type> &inferred) {
    return detail::inferSameType(location, operands, inferred);
  }
};

/// All operands and results have compatible shapes.
template <typename ConcreteOp>
class SameShape : public mlir::OpTrait::TraitBase<ConcreteOp, SameShape> {
public:
  static llvm::LogicalResult verifyTrait(mlir::Operation *op) {
    return detail::verifySameShape(op);
  }
};

} // namespace invhlo::stablehlo

#endif // INVHLO_STABLEHLO_TRAITS_H
