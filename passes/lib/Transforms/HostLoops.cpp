// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Invhlo/Invhlo.h"
#include "invhlo/StableHLO/StableHLO.h"
#include "invhlo/Transforms/Passes.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/Transforms/RegionUtils.h"

using namespace mlir;
using namespace invhlo;

namespace invhlo {
#define GEN_PASS_DEF_HOSTLOOPSPASS
#include "invhlo/Transforms/Passes.h.inc"
} // namespace invhlo

/// The body of `scan` as a function that takes what the body does, then what it
/// captures.
static func::FuncOp outline(ScanOp scan, ArrayRef<Value> captures) {
  Region &region = scan.getBody();
  Block &body = region.front();
  for (Value value : captures)
    replaceAllUsesInRegionWith(
        value, body.addArgument(value.getType(), value.getLoc()), region);
  Operation *yield = body.getTerminator();
  auto type = FunctionType::get(scan.getContext(), body.getArgumentTypes(),
                                yield->getOperandTypes());
  auto function = func::FuncOp::create(scan.getLoc(), "scan", type);
  function.setPrivate();
  function.getBody().takeBody(region);
  OpBuilder b(yield);
  func::ReturnOp::create(b, yield->getLoc(), yield->getOperands());
  yield->erase();
  return function;
}

static void lower(ScanOp scan, SymbolTable &symbols) {
  SetVector<Value> captures;
  getUsedValuesDefinedAbove(scan.getBody(), captures);
  OpBuilder b(scan);
  SmallVector<Value> operands(scan.getOperands());
  llvm::append_range(operands, captures);
  auto call =
      stablehlo::CustomCallOp::create(b, scan.getLoc(), scan.getResultTypes(),
                                      operands, ScanOp::getOperationName());
  func::FuncOp function = outline(scan, captures.getArrayRef());
  symbols.insert(function);
  call.setCalledComputationsAttr(
      b.getArrayAttr(FlatSymbolRefAttr::get(function)));
  auto set = [&](StringRef name, Attribute value) {
    call->setDiscardableAttr(("invhlo." + name).str(), value);
  };
  set("count", scan.getCountAttr());
  set("carried", b.getI64IntegerAttr(scan.getNumCarried()));
  set("stacked", b.getI64IntegerAttr(scan.getStacked().size()));
  set("reverse", b.getBoolAttr(scan.getReverse()));
  scan.replaceAllUsesWith(call);
  scan.erase();
}

namespace {
struct HostLoopsPass : invhlo::impl::HostLoopsPassBase<HostLoopsPass> {
  void runOnOperation() override {
    SmallVector<ScanOp> scans;
    // Inner loops first: they are calls in the functions of outer ones then.
    getOperation().walk([&](ScanOp op) { scans.push_back(op); });
    if (scans.empty())
      return markAllAnalysesPreserved();
    SymbolTable symbols(getOperation());
    for (ScanOp op : scans)
      lower(op, symbols);
  }
};
} // namespace
