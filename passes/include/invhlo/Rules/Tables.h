// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef INVHLO_RULES_TABLES_H
#define INVHLO_RULES_TABLES_H

#include "invhlo/Interfaces/Knowledge.h"
#include "invhlo/StableHLO/StableHLO.h"

namespace invhlo {

/// Finds the indices of a gather that looks single entries of a literal table
/// up, or refuses it.
void lookUpInTable(stablehlo::GatherOp gather, Knowledge &knowledge);

} // namespace invhlo

#endif // INVHLO_RULES_TABLES_H
