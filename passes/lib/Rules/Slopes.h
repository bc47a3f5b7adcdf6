// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef INVHLO_RULES_SLOPES_H
#define INVHLO_RULES_SLOPES_H

#include "invhlo/Rules/Elementwise.h"

namespace invhlo {

/// The rule of a function of one slope below zero and another one above; null
/// if `function` is none.
const ElementwiseRule *getSlopesRule(llvm::StringRef function);

} // namespace invhlo

#endif // INVHLO_RULES_SLOPES_H
