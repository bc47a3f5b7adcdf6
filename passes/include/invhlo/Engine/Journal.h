// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Who found what from what: a record of how a unit was inverted.

#ifndef INVHLO_ENGINE_JOURNAL_H
#define INVHLO_ENGINE_JOURNAL_H

#include "invhlo/Engine/KnowledgeBase.h"
#include "invhlo/Interfaces/Unit.h"
#include "llvm/Support/JSON.h"

namespace invhlo {

/// The journal of a unit, as docs/journal.md describes it: its values, its ops
/// in order, and the steps that found parts of values. `getUnits` tells the
/// numbers of the units of an op whose inverses were built. To be written while
/// all that the inverse was found by is still in the IR.
llvm::json::Object
writeJournal(const Unit &unit, const KnowledgeBase &knowledge,
             llvm::function_ref<llvm::SmallVector<unsigned>(mlir::Operation *)>
                 getUnits);

/// What stands in the way, for the journal of a unit that is not inverted.
llvm::json::Object describe(const Blame &blame);

/// Tells MLIR's remark engine, if it listens, what was found by which op.
void emitRemarks(const Unit &unit, const KnowledgeBase &knowledge);

} // namespace invhlo

#endif // INVHLO_ENGINE_JOURNAL_H
