// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

//
// Large boolean literals between versions of MLIR.

#ifndef INVHLO_BRIDGE_BOOLLITERALS_H
#define INVHLO_BRIDGE_BOOLLITERALS_H

#include "llvm/ADT/StringRef.h"
#include <optional>
#include <string>

namespace invhlo {

/// Literals of over 100 elements are printed as hexadecimal bytes. For bools
/// that was a bit an element up to MLIR 22 and is a byte an element in the MLIR
/// of jaxlib 0.10. Both functions rewrite the boolean literals of a module's
/// text and return nothing where there is nothing to rewrite.
std::optional<std::string> packBoolLiterals(llvm::StringRef text);
std::optional<std::string> unpackBoolLiterals(llvm::StringRef text);

} // namespace invhlo

#endif // INVHLO_BRIDGE_BOOLLITERALS_H
