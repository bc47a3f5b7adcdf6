// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Values that literals determine.

#ifndef INVHLO_LITERALS_LITERALLOOKUP_H
#define INVHLO_LITERALS_LITERALLOOKUP_H

#include "invhlo/Literals/Literal.h"
#include "mlir/IR/ValueRange.h"

namespace invhlo {

/// More elements than these are not computed, for they would need gigabytes.
inline constexpr int64_t kMostElements = int64_t(1) << 26;

/// What a value is, if literals determine it through a few ops (an iota that is
/// compared and broadcast). These are evaluated at each call.
std::optional<Literal> findLiteral(mlir::Value value,
                                   int64_t maxElements = kMostElements);

/// The integer that every element of a constant is.
std::optional<int64_t> getConstantInteger(mlir::Value value);

/// Where a box of `sizes` starts inside `shape` that is asked for at `starts`,
/// which are constants where the box may move.
std::optional<llvm::SmallVector<int64_t>>
getConstantStarts(mlir::ValueRange starts, llvm::ArrayRef<int64_t> shape,
                  llvm::ArrayRef<int64_t> sizes);

} // namespace invhlo

#endif // INVHLO_LITERALS_LITERALLOOKUP_H
