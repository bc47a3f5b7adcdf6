// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Engine/Annotation.h"

#include "invhlo/Interfaces/Knowledge.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/FormatVariadic.h"

using namespace mlir;
using namespace invhlo;

bool invhlo::isAnnotated(Operation *op) { return op->hasAttr(kRulesAttr); }

std::string invhlo::getAnnotatedName(Operation *op) {
  if (auto name = op->getAttrOfType<StringAttr>(kNameAttr))
    return llvm::formatv("`{0}`", name.getValue()).str();
  if (auto callee = op->getAttrOfType<FlatSymbolRefAttr>("callee"))
    return llvm::formatv("`{0}`", callee.getValue()).str();
  return "the call";
}

SmallVector<FlatSymbolRefAttr> CustomRule::getFunctions() const {
  SmallVector<FlatSymbolRefAttr> functions;
  if (auto *separate = std::get_if<SeparateFunctions>(&how))
    functions = {separate->inverse, separate->ildj};
  else if (auto *joint = std::get_if<JointFunction>(&how))
    functions = {joint->inverseAndIldj};
  llvm::erase(functions, FlatSymbolRefAttr());
  return functions;
}

namespace {
using Complain = llvm::function_ref<InFlightDiagnostic()>;

/// Reads one rule, with the defaults for what it leaves out.
class RuleReader {
public:
  RuleReader(Operation *op, Complain complain) : op(op), complain(complain) {}

  FailureOr<CustomRule> read(Attribute attr) {
    auto entries = dyn_cast<DictionaryAttr>(attr);
    if (!entries)
      return fail() << "a rule is a dictionary, not " << attr;
    for (NamedAttribute entry : entries)
      if (failed(readEntry(entry.getName().getValue(), entry.getValue())))
        return failure();
    if (!entries.contains("results"))
      llvm::append_range(rule.results,
                         llvm::seq<int64_t>(0, op->getNumResults()));
    if (!entries.contains("finds"))
      for (int64_t i : llvm::seq<int64_t>(0, op->getNumOperands()))
        if (!llvm::is_contained(rule.operands, i))
          rule.finds.push_back(i);
    auto &[inverse, ildj, host] = separate;
    if (joint && (inverse || ildj))
      return op->emitOpError("has a rule with 'inverse_and_ildj' and another "
                             "function");
    if (joint)
      rule.how = JointFunction{joint};
    else if (inverse || ildj)
      rule.how = separate;
    else if (host)
      rule.how = HostRule{*host};
    else
      return op->emitOpError("has a rule without a function");
    return rule;
  }

private:
  InFlightDiagnostic fail() { return complain(); }

  LogicalResult readEntry(StringRef key, Attribute value) {
    if (key == "host" || key == "batch_dims") {
      auto number = dyn_cast<IntegerAttr>(value);
      if (!number || !number.getType().isSignlessInteger(64))
        return fail() << "'" << key << "' is an integer of 64 bits, not "
                      << value;
      if (key == "host")
        separate.host = number.getInt();
      else
        rule.numBatchDims = number.getInt();
      return success();
    }
    if (auto *positions = llvm::StringSwitch<SmallVector<int64_t> *>(key)
                              .Case("operands", &rule.operands)
                              .Case("results", &rule.results)
                              .Case("finds", &rule.finds)
                              .Default(nullptr)) {
      auto array = dyn_cast<DenseI64ArrayAttr>(value);
      if (!array)
        return fail() << "'" << key << "' is an array<i64: ...>, not " << value;
      llvm::append_range(*positions, array.asArrayRef());
      return success();
    }
    auto *symbol = llvm::StringSwitch<FlatSymbolRefAttr *>(key)
                       .Case("inverse", &separate.inverse)
                       .Case("ildj", &separate.ildj)
                       .Case("inverse_and_ildj", &joint)
                       .Default(nullptr);
    if (!symbol)
      return fail() << "a rule has no key '" << key << "'";
    *symbol = dyn_cast<FlatSymbolRefAttr>(value);
    if (!*symbol)
      return fail() << "'" << key << "' names a function, not " << value;
    return success();
  }

  Operation *op;
  Complain complain;
  CustomRule rule;
  SeparateFunctions separate;
  FlatSymbolRefAttr joint;
};
} // namespace

SmallVector<CustomRule> invhlo::getCustomRules(Operation *op) {
  SmallVector<CustomRule> rules;
  auto complain = [&] { return op->emitOpError(); };
  for (Attribute attr : op->getAttrOfType<ArrayAttr>(kRulesAttr))
    rules.push_back(*RuleReader(op, complain).read(attr));
  return rules;
}

static LogicalResult verifyPositions(Operation *op, StringRef key,
                                     ArrayRef<int64_t> positions,
                                     unsigned count, StringRef what) {
  DenseSet<int64_t> seen;
  for (int64_t position : positions) {
    if (position < 0 || position >= count)
      return op->emitOpError() << "has a rule whose '" << key << "' names "
                               << what << " #" << position << " of " << count;
    if (!seen.insert(position).second)
      return op->emitOpError() << "has a rule whose '" << key << "' names "
                               << what << " #" << position << " twice";
  }
  return success();
}

/// Results and finds have the batch in common.
static LogicalResult verifyBatch(Operation *op, const CustomRule &rule) {
  SmallVector<RankedTensorType> types;
  for (int64_t i : rule.results)
    types.push_back(getTensorType(op->getResult(i)));
  for (int64_t i : rule.finds)
    types.push_back(getTensorType(op->getOperand(i)));
  for (RankedTensorType type : types) {
    auto getBatch = [&](RankedTensorType type) {
      return type.getShape().take_front(rule.numBatchDims);
    };
    if (rule.numBatchDims < 0 || rule.numBatchDims > type.getRank() ||
        rule.numBatchDims > types.front().getRank() ||
        getBatch(type) != getBatch(types.front()))
      return op->emitOpError()
             << "has a rule with 'batch_dims' " << rule.numBatchDims
             << ", but one value is " << types.front() << " and one " << type;
  }
  return success();
}

static LogicalResult verifyFunction(Operation *op, StringRef key,
                                    FlatSymbolRefAttr symbol,
                                    FunctionType wanted,
                                    SymbolTableCollection &symbols) {
  if (!symbol)
    return success();
  auto function = symbols.lookupNearestSymbolFrom<func::FuncOp>(op, symbol);
  if (!function || function.isExternal())
    return op->emitOpError() << "has a rule whose '" << key << "' is " << symbol
                             << ", which is no function with a body";
  if (function.getFunctionType() == wanted)
    return success();
  InFlightDiagnostic diagnostic =
      op->emitOpError() << "has a rule whose '" << key << "' has the type "
                        << function.getFunctionType()
                        << ", where the rule needs " << wanted;
  diagnostic.attachNote(function.getLoc()) << "the function is here";
  return diagnostic;
}

LogicalResult invhlo::verifyRule(Operation *op, const CustomRule &rule,
                                 SymbolTableCollection &symbols) {
  unsigned numOperands = op->getNumOperands();
  if (failed(verifyPositions(op, "operands", rule.operands, numOperands,
                             "operand")) ||
      failed(verifyPositions(op, "results", rule.results, op->getNumResults(),
                             "result")) ||
      failed(verifyPositions(op, "finds", rule.finds, numOperands, "operand")))
    return failure();
  if (failed(verifyBatch(op, rule)))
    return failure();
  if (std::holds_alternative<HostRule>(rule.how))
    return success();
  for (int64_t i : rule.finds)
    if (llvm::is_contained(rule.operands, i))
      return op->emitOpError()
             << "has a rule that finds operand #" << i << ", which it needs";

  SmallVector<Type> given, shares, found, foundShares;
  auto share = [](Type type) {
    return getShareTensorType(cast<RankedTensorType>(type));
  };
  for (int64_t i : rule.operands)
    given.push_back(op->getOperand(i).getType());
  for (int64_t i : rule.results) {
    given.push_back(op->getResult(i).getType());
    shares.push_back(share(given.back()));
  }
  for (int64_t i : rule.finds) {
    found.push_back(op->getOperand(i).getType());
    foundShares.push_back(share(found.back()));
  }
  MLIRContext *context = op->getContext();
  auto inverse = FunctionType::get(context, given, found);
  auto ildj = FunctionType::get(context, given, foundShares);
  llvm::append_range(given, shares);
  llvm::append_range(found, foundShares);
  if (auto *joint = std::get_if<JointFunction>(&rule.how))
    return verifyFunction(op, "inverse_and_ildj", joint->inverseAndIldj,
                          FunctionType::get(context, given, found), symbols);
  auto &separate = std::get<SeparateFunctions>(rule.how);
  return success(
      succeeded(
          verifyFunction(op, "inverse", separate.inverse, inverse, symbols)) &&
      succeeded(verifyFunction(op, "ildj", separate.ildj, ildj, symbols)));
}

LogicalResult invhlo::verifyAnnotation(Operation *op,
                                       SymbolTableCollection &symbols) {
  auto isTensor = [](Type type) {
    auto tensor = dyn_cast<RankedTensorType>(type);
    return tensor && tensor.hasStaticShape();
  };
  if (!llvm::all_of(op->getOperandTypes(), isTensor) ||
      !llvm::all_of(op->getResultTypes(), isTensor))
    return op->emitOpError("is annotated, but takes or returns something that "
                           "is not a tensor of static shape");
  auto rules = dyn_cast<ArrayAttr>(op->getAttr(kRulesAttr));
  if (!rules)
    return op->emitOpError()
           << "has an attribute '" << kRulesAttr << "' that is not an array";
  auto complain = [&] { return op->emitOpError("is wrongly annotated: "); };
  for (Attribute attr : rules) {
    FailureOr<CustomRule> rule = RuleReader(op, complain).read(attr);
    if (failed(rule) || failed(verifyRule(op, *rule, symbols)))
      return failure();
  }
  return success();
}

LogicalResult invhlo::verifyAnnotations(Operation *op) {
  SymbolTableCollection symbols;
  WalkResult result = op->walk([&](Operation *inner) -> WalkResult {
    return isAnnotated(inner) ? verifyAnnotation(inner, symbols) : success();
  });
  return failure(result.wasInterrupted());
}

void invhlo::eraseAnnotations(Operation *op) {
  op->walk([](Operation *inner) {
    inner->removeDiscardableAttr(kRulesAttr);
    inner->removeDiscardableAttr(kNameAttr);
  });
}
