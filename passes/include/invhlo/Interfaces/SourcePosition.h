// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Where in a program an op comes from.

#ifndef INVHLO_INTERFACES_SOURCEPOSITION_H
#define INVHLO_INTERFACES_SOURCEPOSITION_H

#include "mlir/IR/Location.h"
#include <string>

namespace invhlo {

/// The innermost source position that a location names, as "file.py:10:6";
/// empty if there is none.
std::string getPosition(mlir::Location loc);

/// The names that JAX gives to a location, the outermost first: paths of
/// primitives and scopes, such as "jit(f)/scan/while".
std::string getNames(mlir::Location loc);

} // namespace invhlo

#endif // INVHLO_INTERFACES_SOURCEPOSITION_H
