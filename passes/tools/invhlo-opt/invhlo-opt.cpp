// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The compiler of invhlo as a command: reads MLIR, runs passes, prints MLIR.

#include "invhlo/Bridge/BoolLiterals.h"
#include "invhlo/Bridge/Registration.h"
#include "invhlo/Interfaces/InvertibleOpInterface.h"
#include "invhlo/Interfaces/InvertibleRegionOpInterface.h"
#include "invhlo/Interfaces/JournalSink.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/DialectRegistry.h"
#include "mlir/Pass/PassRegistry.h"
#include "mlir/Support/FileUtilities.h"
#include "mlir/Tools/mlir-opt/MlirOptMain.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/ToolOutputFile.h"

static llvm::cl::opt<bool>
    listRules("list-rules",
              llvm::cl::desc("Print the ops that have an inversion rule"));

static llvm::cl::opt<std::string> journalFile(
    "invhlo-journal",
    llvm::cl::desc("Write how inverses were found to this file, as JSON"),
    llvm::cl::value_desc("file"));

namespace {
/// Collects the journals of all functions.
class CollectJournals
    : public mlir::DialectExtension<CollectJournals, mlir::func::FuncDialect> {
public:
  explicit CollectJournals(llvm::json::Array &journals) : journals(journals) {}

  void apply(mlir::MLIRContext *,
             mlir::func::FuncDialect *dialect) const final {
    llvm::json::Array &all = journals;
    dialect->addInterface(std::make_unique<invhlo::JournalSink>(
        dialect, [&all](llvm::json::Value journal) {
          all.push_back(std::move(journal));
        }));
  }

private:
  llvm::json::Array &journals;
};
} // namespace

/// Writes the journals where the command line asks for them.
static llvm::LogicalResult writeJournals(llvm::json::Array journals) {
  if (journalFile.empty())
    return llvm::success();
  std::string error;
  auto file = mlir::openOutputFile(journalFile, &error);
  if (!file) {
    llvm::errs() << error << "\n";
    return llvm::failure();
  }
  file->os() << llvm::formatv("{0:2}\n",
                              llvm::json::Value(std::move(journals)));
  file->keep();
  return llvm::success();
}

/// Prints the name of each op with a rule, one a line, in alphabetical order.
static void printRules(const mlir::DialectRegistry &registry) {
  mlir::MLIRContext context(registry);
  context.loadAllAvailableDialects();
  llvm::SmallVector<llvm::StringRef> names;
  for (mlir::RegisteredOperationName name : context.getRegisteredOperations())
    if (name.hasInterface<invhlo::InvertibleOpInterface>() ||
        name.hasInterface<invhlo::InvertibleRegionOpInterface>())
      names.push_back(name.getStringRef());
  llvm::sort(names);
  for (llvm::StringRef name : names)
    llvm::outs() << name << "\n";
}

/// Runs the tool as the command line asks. Unlike in mlir-opt, what belongs to
/// dialects unknown here (mhlo., jax., tf., ...) is allowed and travels along.
static llvm::LogicalResult run(llvm::StringRef inputName,
                               llvm::StringRef outputName,
                               mlir::DialectRegistry &registry) {
  auto config = mlir::MlirOptMainConfig::createFromCLOptions();
  config.allowUnregisteredDialects(true);
  if (config.shouldShowDialects()) {
    for (llvm::StringRef name : registry.getDialectNames())
      llvm::outs() << name << "\n";
    return llvm::success();
  }
  if (config.shouldListPasses()) {
    mlir::printRegisteredPasses();
    return llvm::success();
  }
  if (listRules) {
    printRules(registry);
    return llvm::success();
  }
  std::string error;
  auto input = mlir::openInputFile(inputName, &error);
  auto output = input ? mlir::openOutputFile(outputName, &error) : nullptr;
  if (!output) {
    llvm::errs() << error << "\n";
    return llvm::failure();
  }
  if (auto packed = invhlo::packBoolLiterals(input->getBuffer()))
    input = llvm::MemoryBuffer::getMemBufferCopy(*packed,
                                                 input->getBufferIdentifier());
  llvm::json::Array journals;
  if (!journalFile.empty())
    registry.addExtension(mlir::TypeID::get<CollectJournals>(),
                          std::make_unique<CollectJournals>(journals));
  std::string text;
  llvm::raw_string_ostream os(text);
  bool isRight =
      succeeded(mlir::MlirOptMain(os, std::move(input), registry, config));
  if (failed(writeJournals(std::move(journals))) || !isRight)
    return llvm::failure();
  output->os() << invhlo::unpackBoolLiterals(text).value_or(std::move(text));
  // Keep the output file: the module is fine.
  output->keep();
  return llvm::success();
}

int main(int argc, char **argv) {
  llvm::InitLLVM init(argc, argv);
  mlir::DialectRegistry registry;
  invhlo::registerDialectsAndRules(registry);
  invhlo::registerPasses();
  auto [input, output] = mlir::registerAndParseCLIOptions(
      argc, argv, "The compiler that inverts JAX functions\n", registry);
  return mlir::asMainReturnCode(run(input, output, registry));
}
