// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

//
// The compiler for callers with another MLIR: text in, bytecode or text out.

#ifndef INVHLO_BRIDGE_BRIDGE_H
#define INVHLO_BRIDGE_BRIDGE_H

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace invhlo {

struct Diagnostic {
  /// "error", "warning", "remark" or "note".
  std::string severity;
  std::string message;
  /// The innermost source position, as "file.py:10:6"; empty if unknown.
  std::string location;
  /// The path of names that the position has, as "jit(f)/scan/while".
  std::string names;
  std::vector<Diagnostic> notes;
  /// Whether the module is fine, but the function has no inverse.
  bool isRefusal = false;
};

struct PipelineResult {
  bool succeeded = false;
  /// The module with locations, if the pipeline succeeded.
  std::string module;
  std::vector<Diagnostic> diagnostics;
  /// How inverses were found, or not, if that was asked for: what
  /// docs/journal.md describes, as JSON, a line for each function.
  std::string journal;
};

/// What is asked of the caller about a custom rule that the module only names;
/// see `RuleHost::Question`.
struct RuleQuestion {
  int64_t host;
  std::vector<bool> operands, results;
  bool logDet, onlyLogDet;
};

/// The module of the rule's function as text, or why there is none; see
/// `RuleHost::Answer`.
struct RuleAnswer {
  std::optional<std::string> module;
  std::vector<int64_t> finds;
  std::string refusal;
};

using AskRule = std::function<RuleAnswer(const RuleQuestion &)>;

/// How a module is written. Bytecode is smaller and read in a third of the
/// time; text, in the generic form, is read by any MLIR.
enum class Form { Bytecode, Text };

/// Reads `module`, runs the textual pass pipeline and writes the outcome.
/// Whatever fails is told in diagnostics; nothing is printed or thrown. `ask`,
/// which must not throw, may be empty.
PipelineResult runPipeline(std::string_view module, std::string_view pipeline,
                           Form form, const AskRule &ask = {},
                           bool wantsJournal = false);

} // namespace invhlo

#endif // INVHLO_BRIDGE_BRIDGE_H
