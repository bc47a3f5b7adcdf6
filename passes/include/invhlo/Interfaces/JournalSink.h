// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Who wants to know how inverses were found.

#ifndef INVHLO_INTERFACES_JOURNALSINK_H
#define INVHLO_INTERFACES_JOURNALSINK_H

#include "mlir/IR/DialectInterface.h"
#include "llvm/Support/JSON.h"

namespace invhlo {

/// Is given the journal of each function that is inverted, or is not.
/// docs/journal.md says what it holds. Attached to the func dialect, whose
/// functions they are.
class JournalSink : public mlir::DialectInterface::Base<JournalSink> {
public:
  using Record = std::function<void(llvm::json::Value)>;

  JournalSink(mlir::Dialect *dialect, Record record)
      : Base(dialect), record(std::move(record)) {}

  void take(llvm::json::Value journal) const { record(std::move(journal)); }

  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(JournalSink)

private:
  Record record;
};

} // namespace invhlo

#endif // INVHLO_INTERFACES_JOURNALSINK_H
