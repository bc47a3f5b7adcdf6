// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Linear functions of literals.

#ifndef INVHLO_LIB_SYSTEMS_LINEARLITERALS_H
#define INVHLO_LIB_SYSTEMS_LINEARLITERALS_H

#include "invhlo/Literals/Literal.h"
#include "mlir/IR/Operation.h"
#include <complex>

namespace invhlo {

/// The number that an element of a float or complex type is.
std::complex<double> toNumber(const Element &element, mlir::Type type);
/// The element of such a type that a number is rounded to.
Element fromNumber(std::complex<double> number, mlir::Type type);

/// The value of an op with one result whose operands have the given values,
/// also where the op is a product or a Fourier transform: these are computed in
/// double precision, by their definitions. None if that is not to be had.
std::optional<Literal> evaluateLinear(mlir::Operation *op,
                                      llvm::ArrayRef<Literal> operands);

} // namespace invhlo

#endif // INVHLO_LIB_SYSTEMS_LINEARLITERALS_H
