// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Interfaces/BoundaryPattern.h"

using namespace mlir;
using namespace invhlo;

SmallVector<Value> invhlo::pack(ArrayRef<Known> data) {
  SmallVector<Value> packed;
  for (const Known &known : data) {
    packed.push_back(known.value);
    if (known.share)
      packed.push_back(known.share);
  }
  return packed;
}

SmallVector<Known> invhlo::unpack(ArrayRef<BoundaryPart> parts,
                                  ValueRange packed) {
  SmallVector<Known> data;
  auto next = packed.begin();
  for (const BoundaryPart &part : parts) {
    Value value = *next++;
    data.push_back({value, part.hasShare ? *next++ : Value()});
  }
  assert(next == packed.end() && "data of other parts");
  return data;
}
