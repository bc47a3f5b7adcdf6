// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/CHLO/CHLO.h"
#include "invhlo/Engine/Annotation.h"
#include "invhlo/Idioms/Passes.h"
#include "invhlo/Invhlo/Invhlo.h"
#include "invhlo/Sdy/Sdy.h"
#include "invhlo/StableHLO/StableHLO.h"
#include "invhlo/Transforms/Passes.h"

using namespace mlir;
using namespace invhlo;

namespace invhlo {
#define GEN_PASS_DEF_INVERTPASS
#include "invhlo/Transforms/Passes.h.inc"
} // namespace invhlo

namespace {
class InvertPass : public invhlo::impl::InvertPassBase<InvertPass> {
public:
  using InvertPassBase::InvertPassBase;

  void runOnOperation() override {
    SmallVector<func::FuncOp> functions;
    for (auto function : getOperation().getOps<func::FuncOp>())
      if (function.isPublic())
        functions.push_back(function);
    if (functions.empty()) {
      getOperation().emitOpError("has no public function to invert");
      return signalPassFailure();
    }
    if (failed(verifyAnnotations(getOperation())))
      return signalPassFailure();
    for (func::FuncOp function : functions)
      if (failed(invert(function)))
        return signalPassFailure();
    // What is still called is called forward.
    eraseAnnotations(getOperation());
  }

private:
  FailureOr<llvm::BitVector> getUnknown(func::FuncOp function) {
    llvm::BitVector marks(function.getNumArguments());
    for (unsigned i : unknown) {
      if (i >= marks.size())
        return function.emitOpError() << "has no argument #" << i;
      marks.set(i);
    }
    if (marks.none())
      for (unsigned i = 0; i < marks.size(); ++i)
        marks[i] = bool(function.getArgAttr(i, "invhlo.unknown"));
    if (marks.none())
      marks.set();
    return marks;
  }

  LogicalResult invert(func::FuncOp function) {
    FailureOr<llvm::BitVector> marks = getUnknown(function);
    if (failed(marks))
      return failure();
    InversionOptions options{logDet, allowOverdetermined, choosesBranches,
                             raiseTriangular};
    FailureOr<func::FuncOp> inverse = invertFunction(function, *marks, options);
    if (failed(inverse))
      return failure();
    bool isEntry = function.getSymName() == "main";
    function.erase();
    // A StableHLO module's entry point is `@main`, for whoever runs it.
    if (isEntry)
      inverse->setSymName("main");
    return success();
  }
};
} // namespace
