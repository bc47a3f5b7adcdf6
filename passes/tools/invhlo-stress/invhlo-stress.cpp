// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Inverts many modules on several threads, as the Python module does: each must
// give an inverse or say why there is none, the same on every thread. For
// builds that watch memory, undefined behaviour or data races.

#include "invhlo/Bridge/Bridge.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"
#include <thread>

using namespace invhlo;

static llvm::cl::list<std::string>
    files(llvm::cl::Positional, llvm::cl::OneOrMore,
          llvm::cl::desc("<files of modules, with '// -----' between them>"));
static llvm::cl::opt<unsigned>
    threads("threads", llvm::cl::init(1),
            llvm::cl::desc("How many threads invert every module"));
static llvm::cl::opt<std::string>
    pipeline("pipeline", llvm::cl::init("invhlo-pipeline{log-det=total}"),
             llvm::cl::desc("What is run on each module that does not begin "
                            "with '// pipeline: ' and its own"));

static constexpr llvm::StringLiteral separator = "// -----\n";
static constexpr llvm::StringLiteral ownPipeline = "// pipeline: ";

/// The modules of all files; false if one cannot be read.
static bool readModules(std::vector<std::string> &modules) {
  for (const std::string &path : files) {
    auto buffer = llvm::MemoryBuffer::getFile(path);
    if (!buffer) {
      llvm::errs() << path << ": " << buffer.getError().message() << '\n';
      return false;
    }
    llvm::SmallVector<llvm::StringRef> texts;
    (*buffer)->getBuffer().split(texts, separator);
    for (llvm::StringRef text : texts)
      modules.push_back(text.str());
  }
  return true;
}

/// What became of a module, and its inverse.
struct Outcome {
  enum Kind { Inverted, Refused, Rejected, Silent } kind;
  std::string text;

  bool operator==(const Outcome &other) const {
    return kind == other.kind && text == other.text;
  }
};

static Outcome run(const std::string &module) {
  llvm::StringRef chosen = pipeline, line = module;
  if (line.consume_front(ownPipeline))
    chosen = line.take_until([](char c) { return c == '\n'; });
  PipelineResult result = runPipeline(module, chosen, Form::Text);
  if (result.succeeded)
    return {Outcome::Inverted, std::move(result.module)};
  if (result.diagnostics.empty())
    return {Outcome::Silent, {}};
  const Diagnostic &first = result.diagnostics.front();
  return {first.isRefusal ? Outcome::Refused : Outcome::Rejected,
          first.message};
}

int main(int argc, char **argv) {
  llvm::cl::ParseCommandLineOptions(argc, argv, "Inverts many modules\n");
  std::vector<std::string> modules;
  if (!readModules(modules))
    return 1;

  std::vector<std::vector<Outcome>> outcomes(threads);
  std::vector<std::thread> workers;
  for (std::vector<Outcome> &own : outcomes)
    workers.emplace_back([&own, &modules] {
      for (const std::string &module : modules)
        own.push_back(run(module));
    });
  for (std::thread &worker : workers)
    worker.join();

  unsigned counts[4] = {}, differing = 0;
  for (unsigned i = 0; i < modules.size(); ++i) {
    ++counts[outcomes.front()[i].kind];
    differing += llvm::any_of(outcomes, [&](const std::vector<Outcome> &own) {
      return !(own[i] == outcomes.front()[i]);
    });
  }
  llvm::outs() << modules.size() << " modules on " << threads
               << " threads: " << counts[Outcome::Inverted] << " inverted, "
               << counts[Outcome::Refused] << " refused, "
               << counts[Outcome::Rejected] << " rejected, "
               << counts[Outcome::Silent] << " without a reason, " << differing
               << " not the same on every thread\n";
  return counts[Outcome::Silent] != 0 || differing != 0;
}
