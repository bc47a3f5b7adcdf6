// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The inverses of units, one for each unit and what is known of its boundary.

#ifndef INVHLO_ENGINE_UNITMEMO_H
#define INVHLO_ENGINE_UNITMEMO_H

#include "invhlo/Interfaces/Unit.h"
#include <unordered_map>

namespace invhlo {

class CallInverter;

/// Inverts units as they are asked about, each once for what is given.
class UnitMemo : public UnitInverter {
public:
  UnitMemo(CallInverter &calls, bool keepsJournals)
      : calls(calls), keepsJournals(keepsJournals) {}

  UnitInverse &ask(const Unit &unit, const BoundaryPattern &given) override;
  llvm::SmallVector<Known>
  inlineAt(mlir::OpBuilder &b, UnitInverse &inverse,
           llvm::ArrayRef<Known> given,
           llvm::ArrayRef<BoundaryPart> parts) override;
  /// Says that the inverse is built into the module.
  void use(UnitInverse &inverse);
  /// The journals of these, by their numbers.
  llvm::json::Array takeJournals();
  void clear();

private:
  struct Key {
    mlir::Block *block;
    BoundaryPattern given;

    bool operator==(const Key &other) const {
      return block == other.block && given == other.given;
    }
  };
  struct KeyHash {
    size_t operator()(const Key &key) const {
      return llvm::hash_combine(key.block, key.given);
    }
  };

  UnitInverse invert(const Unit &unit, const BoundaryPattern &given);

  /// What calls in units are inverted by.
  CallInverter &calls;
  bool keepsJournals;
  std::unordered_map<Key, UnitInverse, KeyHash> inverses;
  llvm::SmallVector<UnitInverse *> used;
};

} // namespace invhlo

#endif // INVHLO_ENGINE_UNITMEMO_H
