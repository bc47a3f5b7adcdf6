// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Bridge/Bridge.h"

#include "invhlo/Bridge/BoolLiterals.h"
#include "invhlo/Bridge/Registration.h"
#include "invhlo/Interfaces/JournalSink.h"
#include "invhlo/Interfaces/Refusal.h"
#include "invhlo/Interfaces/RuleHost.h"
#include "invhlo/Interfaces/SourcePosition.h"
#include "invhlo/Invhlo/CustomCalls.h"
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
                            invhlo::getPosition(diagnostic.getLocation()),
                            invhlo::getNames(diagnostic.getLocation()),
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
    OwningOpRef<ModuleOp> module = parse(*answer.module, *getContext());
    if (module && failed(invhlo::raiseCustomCalls(*module)))
      module = {};
    return {std::move(module), llvm::to_vector(answer.finds),
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
                                           const AskRule &ask,
                                           bool wantsJournal) {
  registerPassesOnce();
  DialectRegistry registry;
  registerDialectsAndRules(registry);
  MLIRContext context(registry, MLIRContext::Threading::DISABLED);
  // Attributes of other dialects (mhlo, jax) travel along.
  context.allowUnregisteredDialects();
  context.printOpOnDiagnostic(false);
  PipelineResult result;
  auto *dialect = context.getOrLoadDialect<func::FuncDialect>();
  if (ask)
    dialect->addInterface(std::make_unique<TextRuleHost>(dialect, ask));
  if (wantsJournal)
    dialect->addInterface(
        std::make_unique<JournalSink>(dialect, [&](llvm::json::Value journal) {
          llvm::raw_string_ostream(result.journal) << journal << "\n";
        }));
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
