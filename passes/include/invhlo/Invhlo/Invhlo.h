// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The compiler's own dialect: include this one header.

#ifndef INVHLO_INVHLO_INVHLO_H
#define INVHLO_INVHLO_INVHLO_H

#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/Interfaces/ControlFlowInterfaces.h"
#include "mlir/Interfaces/InferTypeOpInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

#include "invhlo/Invhlo/InvhloDialect.h.inc"

namespace invhlo {

/// The op is work for the host program: a custom call of its name in the
/// modules that come in and go out.
template <typename Op>
class HostCall : public mlir::OpTrait::TraitBase<Op, HostCall> {};

/// Whether the last two dimensions of a ranked tensor are of one size.
bool isSquare(mlir::Type type);

/// The type of the log-determinants of matrices of `type`.
mlir::Type getLogAbsDetType(mlir::Type type);

/// The share `share` and one more term; either may be null for zero.
mlir::Value appendTerm(mlir::OpBuilder &b, mlir::Location loc,
                       mlir::Value share, mlir::Value term);

/// The same for a term that depends on what was found before element by
/// element, as the first term of `share` may: they are read together.
mlir::Value addToFirstTerm(mlir::OpBuilder &b, mlir::Location loc,
                           mlir::Value share, mlir::Value term);

/// The values that `op` says something about, if it is an idiom, a monomial,
/// a fraction, quadratic, piecewise, a search or alternatives; none for others.
mlir::OperandRange getValuesBeside(mlir::Operation *op);
/// The same for ops of one value; null if there is none.
mlir::Value getValueBeside(mlir::Operation *op);

/// What an arm, of a piecewise op or of alternatives, computes of the results,
/// and where or whether it holds.
mlir::OperandRange getArmValues(mlir::Region &arm);
mlir::Value getArmPredicate(mlir::Region &arm);

/// `value`, or what the operation of the host that gives it is lowered to.
mlir::Value lookThroughPrimitives(mlir::Value value);

} // namespace invhlo

#define GET_OP_CLASSES
#include "invhlo/Invhlo/InvhloOps.h.inc"

#endif // INVHLO_INVHLO_INVHLO_H
