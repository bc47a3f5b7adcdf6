// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Engine/Visit.h"

using namespace mlir;
using namespace invhlo;

SmallVector<Piece> Visit::getPieces(Value value) {
  if (knows(value))
    return {Piece{wholeOf(value), Knowledge::get(value)}};
  if (!terms.showsPieces)
    return {};
  findsConditionally |= isConditional(value);
  store.use(value);
  return SmallVector<Piece>(getAllPieces(value));
}

Known Visit::get(Value value, const IndexSet &where) {
  findsConditionally |= store.isConditional(value, where);
  return store.get(value, where);
}

void Visit::learn(Value value, const IndexSet &where, Known data) {
  assert(getTensorType(data.value).getElementType() ==
             getTensorType(value).getElementType() &&
         "data of another element type");
  assert(getTensorType(data.value).getShape() ==
             ArrayRef<int64_t>(where.getDataShape()) &&
         "data of another shape");
  if (!wantsShares())
    data.share = {};
  bool isConditional = isOverdetermined() && findsConditionally;
  Piece piece{
      where,        data, op, choosesBranches(), findsJointly && data.share,
      isConditional};
  if (isOverdetermined() && mayImprove(value))
    store.improve(value, piece);
  if (isConditional && !knows(value) && value.getDefiningOp() != op) {
    store.addTeller(op);
    told.push_back(value);
  }
  store.learn(value, std::move(piece), terms.isExact);
}
