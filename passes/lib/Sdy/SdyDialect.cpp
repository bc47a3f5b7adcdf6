// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Sdy/Sdy.h"
#include "mlir/Transforms/InliningUtils.h"

using namespace mlir;
using namespace invhlo::sdy;

#include "invhlo/Sdy/SdyDialect.cpp.inc"

namespace {

/// Ops of sdy may go wherever their callers are.
struct SdyInlinerInterface : DialectInlinerInterface {
  using DialectInlinerInterface::DialectInlinerInterface;

  bool isLegalToInline(Operation *, Operation *, bool) const final {
    return true;
  }
  bool isLegalToInline(Region *, Region *, bool, IRMapping &) const final {
    return true;
  }
  bool isLegalToInline(Operation *, Region *, bool, IRMapping &) const final {
    return true;
  }
};

} // namespace

void SdyDialect::initialize() {
  registerAttributes();
  addOperations<
#define GET_OP_LIST
#include "invhlo/Sdy/SdyOps.cpp.inc"
      >();
  addInterfaces<SdyInlinerInterface>();
}
