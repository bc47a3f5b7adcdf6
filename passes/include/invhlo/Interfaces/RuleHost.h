// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Rules that are not in the module but in the program that runs the compiler.

#ifndef INVHLO_INTERFACES_RULEHOST_H
#define INVHLO_INTERFACES_RULEHOST_H

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/DialectInterface.h"
#include "mlir/IR/OwningOpRef.h"
#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/Hashing.h"

namespace invhlo {

/// Asked for a rule when it is clear what is known, so that rules exist for
/// what is really met. Attached to the func dialect, whose calls it is for.
class RuleHost : public mlir::DialectInterface::Base<RuleHost> {
public:
  explicit RuleHost(mlir::Dialect *dialect) : Base(dialect) {}

  struct Question {
    /// The rule, by the number in its annotation.
    int64_t host;
    /// The call's operands and results that are known.
    llvm::BitVector operands, results;
    /// Whether the shares are wanted as well.
    bool logDet;
    /// Whether only what the call adds to the shares is wanted.
    bool onlyLogDet;

    bool operator==(const Question &other) const {
      return host == other.host && operands == other.operands &&
             results == other.results && logDet == other.logDet &&
             onlyLogDet == other.onlyLogDet;
    }
    friend llvm::hash_code hash_value(const Question &question) {
      using Bits = llvm::DenseMapInfo<llvm::BitVector>;
      return llvm::hash_combine(question.host,
                                Bits::getHashValue(question.operands),
                                Bits::getHashValue(question.results),
                                question.logDet, question.onlyLogDet);
    }
  };
  struct Answer {
    /// A module whose `@main` is the rule's function, with the signature of
    /// `inverse`, `inverse_and_ildj` or `ildj` as the question goes. Null where
    /// the rule declines.
    mlir::OwningOpRef<mlir::ModuleOp> module;
    llvm::SmallVector<int64_t> finds;
    /// Why the rule declines.
    std::string refusal;
  };
  virtual Answer ask(const Question &question) const = 0;

  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(RuleHost)
};

} // namespace invhlo

#endif // INVHLO_INTERFACES_RULEHOST_H
