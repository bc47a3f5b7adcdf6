// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

//
// The compiler for callers with another MLIR: text in, text out.

#ifndef INVHLO_BRIDGE_BRIDGE_H
#define INVHLO_BRIDGE_BRIDGE_H

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
  std::vector<Diagnostic> notes;
};

struct PipelineResult {
  bool succeeded = false;
  /// The module in generic form with locations, if the pipeline succeeded.
  std::string module;
  std::vector<Diagnostic> diagnostics;
};

/// Parses `module`, runs the textual pass pipeline and prints the outcome.
/// Whatever fails is told in diagnostics; nothing is printed or thrown.
PipelineResult runPipeline(std::string_view module, std::string_view pipeline);

} // namespace invhlo

#endif // INVHLO_BRIDGE_BRIDGE_H
