// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Bridge/Bridge.h"

#include "invhlo/Bridge/BoolLiterals.h"
#include "invhlo/Bridge/Registration.h"
#include "invhlo/Interfaces/Refusal.h"
#include "invhlo/Interfaces/RuleHost.h"
#include "mlir/Bytecode/BytecodeWriter.h"
#include "mlir/Bytecode/Encoding.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/Verifier.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Pass/Pass.h"
#include "mlir/Pass/PassInstrumentation.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Pass/PassRegistry.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;

/// The innermost source position that a location names.
static std::string describe(Location loc) {
  SmallVector<LocationAttr> pending = {loc};
  while (!pending.empty()) {
    LocationAttr next = pending.pop_back_val();
    if (auto file = dyn_cast<FileLineColRange>(next))
      return llvm::formatv("{0}:{1}:{2}", file.getFilename().getValue(),
                           file.getStartLine(), file.getStartColumn());
    if (auto name = dyn_cast<NameLoc>(next))
      pending.push_back(name.getChildLoc());
    else if (auto call = dyn_cast<CallSiteLoc>(next))
      pending.append({call.getCaller(), call.getCallee()});
    else if (auto fused = dyn_cast<FusedLoc>(next))
      llvm::append_range(pending, llvm::reverse(fused.getLocations()));
  }
  return "";
}

/// The names that JAX gives to a location, the outermost first: paths of
/// primitives and scopes, such as "jit(f)/scan/while".
static std::string getNames(Location loc) {
  SmallVector<std::string> names;
  SmallVector<Location> pending = {loc};
  while (!pending.empty()) {
    Location next = pending.pop_back_val();
    if (auto call = dyn_cast<CallSiteLoc>(next)) {
      pending.append({call.getCallee(), call.getCaller()});
      continue;
    }
    auto name = dyn_cast<NameLoc>(next);
    if (name && !isa<FileLineColRange>(name.getChildLoc())) // a Python function
      names.push_back(name.getName().str());
  }
  return llvm::join(names, "/");
}

static std::string getSeverity(DiagnosticSeverity severity) {
  switch (severity) {
  case DiagnosticSeverity::Error:
    return "error";
  case DiagnosticSeverity::Warning:
    return "warning";
  case DiagnosticSeverity::Remark:
    return "remark";
  case DiagnosticSeverity::Note:
    return "note";
  }
  llvm_unreachable("not a severity");
}

static invhlo::Diagnostic convert(mlir::Diagnostic &diagnostic) {
  invhlo::Diagnostic result{getSeverity(diagnostic.getSeverity()),
                            diagnostic.str(),
                            describe(diagnostic.getLocation()),
                            getNames(diagnostic.getLocation()),
                            {},
                            invhlo::isRefusal(diagnostic)};
  for (mlir::Diagnostic &note : diagnostic.getNotes())
    result.notes.push_back(convert(note));
  return result;
}

static void registerPassesOnce() {
  static bool registered = [] {
    invhlo::registerPasses();
    return true;
  }();
  (void)registered;
}

static OwningOpRef<ModuleOp> parse(StringRef text, MLIRContext &context) {
  std::optional<std::string> packed = invhlo::packBoolLiterals(text);
  return parseSourceString<ModuleOp>(packed ? StringRef(*packed) : text,
                                     &context);
}

namespace {
/// Asks for rules in text.
class TextRuleHost : public invhlo::RuleHost {
public:
  TextRuleHost(Dialect *dialect, const invhlo::AskRule &askRule)
      : RuleHost(dialect), askRule(askRule) {}

  Answer ask(const Question &question) const override {
    invhlo::RuleAnswer answer = askRule(
        {question.host, toVector(question.operands), toVector(question.results),
         question.logDet, question.onlyLogDet});
    if (!answer.module)
      return {{}, {}, answer.refusal};
    return {parse(*answer.module, *getContext()), llvm::to_vector(answer.finds),
            "its rule cannot be read"};
  }

private:
  static std::vector<bool> toVector(const llvm::BitVector &bits) {
    std::vector<bool> vector(bits.size());
    for (unsigned bit : bits.set_bits())
      vector[bit] = true;
    return vector;
  }

  const invhlo::AskRule &askRule;
};
} // namespace

#ifndef NDEBUG
namespace {
/// Ends the process if a pass leaves what is no valid module.
class PassVerifier : public PassInstrumentation {
public:
  void runAfterPass(Pass *pass, Operation *op) override {
    if (failed(verify(op)))
      llvm::report_fatal_error(pass->getArgument() +
                               " leaves a module that is not valid");
  }
};
} // namespace
#endif

/// Writes the generic form, as the MLIR of jaxlib reads it.
static std::string writeText(ModuleOp module) {
  std::string text;
  llvm::raw_string_ostream os(text);
  module->print(os, OpPrintingFlags().printGenericOpForm().enableDebugInfo(
                        /*enable=*/true, /*prettyForm=*/false));
  return invhlo::unpackBoolLiterals(text).value_or(std::move(text));
}

/// Writes bytecode with attributes by name, as it had them before properties:
/// those of an op change between versions of a dialect.
static FailureOr<std::string> writeBytecode(ModuleOp module) {
  BytecodeWriterConfig config;
  config.setDesiredBytecodeVersion(bytecode::kNativePropertiesEncoding - 1);
  std::string code;
  llvm::raw_string_ostream os(code);
  if (failed(writeBytecodeToFile(module, os, config)))
    return failure();
  return code;
}

invhlo::PipelineResult invhlo::runPipeline(std::string_view text,
                                           std::string_view pipeline, Form form,
                                           const AskRule &ask) {
  registerPassesOnce();
  DialectRegistry registry;
  registerDialectsAndRules(registry);
  MLIRContext context(registry, MLIRContext::Threading::DISABLED);
  // Attributes of other dialects (mhlo, jax) travel along.
  context.allowUnregisteredDialects();
  context.printOpOnDiagnostic(false);
  if (ask) {
    auto *dialect = context.getOrLoadDialect<func::FuncDialect>();
    dialect->addInterface(std::make_unique<TextRuleHost>(dialect, ask));
  }

  PipelineResult result;
  ScopedDiagnosticHandler handler(&context, [&](mlir::Diagnostic &diagnostic) {
    result.diagnostics.push_back(convert(diagnostic));
    return success();
  });
  OwningOpRef<ModuleOp> module = parse(text, context);
  if (!module)
    return result;

  PassManager manager(&context, ModuleOp::getOperationName());
  manager.enableVerifier(false); // jaxlib verifies what comes out
#ifndef NDEBUG
  manager.addInstrumentation(std::make_unique<PassVerifier>());
#endif
  std::string messages;
  llvm::raw_string_ostream os(messages);
  if (failed(parsePassPipeline(pipeline, manager, os))) {
    result.diagnostics.push_back({"error", messages, "", "", {}});
    return result;
  }
  if (failed(manager.run(*module)))
    return result;

  FailureOr<std::string> written =
      form == Form::Text ? writeText(*module) : writeBytecode(*module);
  result.succeeded = succeeded(written);
  if (result.succeeded)
    result.module = std::move(*written);
  return result;
}
