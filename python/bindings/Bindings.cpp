//===- Bindings.cpp - the Python module invhlo._core ----------------------===//
//
// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
#include "invhlo/Bridge/Bridge.h"

#include <exception>
#include <nanobind/nanobind.h>
#include <nanobind/stl/optional.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/string_view.h>
#include <nanobind/stl/vector.h>

namespace nb = nanobind;
using namespace nb::literals;

/// Runs the pipeline without Python's lock. What `ask`, if any, raises is kept
/// and raised again at the end, since nothing may be thrown through the
/// compiler; from then on every rule declines.
static invhlo::PipelineResult runPipeline(const nb::bytes &module,
                                          std::string_view pipeline,
                                          const nb::object &ask, bool asText,
                                          bool journal) {
  std::exception_ptr raised;
  invhlo::AskRule askPython = [&](const invhlo::RuleQuestion &question) {
    if (raised)
      return invhlo::RuleAnswer();
    nb::gil_scoped_acquire locked;
    try {
      return nb::cast<invhlo::RuleAnswer>(ask(question));
    } catch (...) {
      raised = std::current_exception();
      return invhlo::RuleAnswer();
    }
  };
  invhlo::PipelineResult result;
  std::string_view view(module.c_str(), module.size());
  {
    nb::gil_scoped_release unlocked;
    result = invhlo::runPipeline(
        view, pipeline, asText ? invhlo::Form::Text : invhlo::Form::Bytecode,
        ask.is_none() ? invhlo::AskRule() : askPython, journal);
  }
  if (raised)
    std::rethrow_exception(raised);
  return result;
}

NB_MODULE(_core, m) {
  m.doc() = "The compiler of invhlo.";

  nb::class_<invhlo::Diagnostic>(m, "Diagnostic",
                                 "What the compiler said about a place.")
      .def_ro("severity", &invhlo::Diagnostic::severity)
      .def_ro("message", &invhlo::Diagnostic::message)
      .def_ro("location", &invhlo::Diagnostic::location)
      .def_ro("names", &invhlo::Diagnostic::names)
      .def_ro("notes", &invhlo::Diagnostic::notes)
      .def_ro("is_refusal", &invhlo::Diagnostic::isRefusal);

  nb::class_<invhlo::PipelineResult>(m, "PipelineResult",
                                     "A module, or why there is none.")
      .def_ro("succeeded", &invhlo::PipelineResult::succeeded)
      .def_prop_ro("module",
                   [](const invhlo::PipelineResult &result) {
                     return nb::bytes(result.module.data(),
                                      result.module.size());
                   })
      .def_ro("diagnostics", &invhlo::PipelineResult::diagnostics)
      .def_ro("journal", &invhlo::PipelineResult::journal);

  nb::class_<invhlo::RuleQuestion>(m, "RuleQuestion",
                                   "What is known where a rule is to apply.")
      .def_ro("host", &invhlo::RuleQuestion::host)
      .def_ro("operands", &invhlo::RuleQuestion::operands)
      .def_ro("results", &invhlo::RuleQuestion::results)
      .def_ro("log_det", &invhlo::RuleQuestion::logDet)
      .def_ro("only_log_det", &invhlo::RuleQuestion::onlyLogDet);

  nb::class_<invhlo::RuleAnswer>(m, "RuleAnswer",
                                 "The function of a rule, or why it declines.")
      .def(
          "__init__",
          [](invhlo::RuleAnswer *answer, const std::optional<nb::bytes> &module,
             std::vector<int64_t> finds, std::string refusal) {
            std::optional<std::string> copy;
            if (module)
              copy.emplace(module->c_str(), module->size());
            new (answer) invhlo::RuleAnswer{std::move(copy), std::move(finds),
                                            std::move(refusal)};
          },
          "module"_a.none(), "finds"_a, "refusal"_a);

  m.def("run_pipeline", &runPipeline, "module"_a, "pipeline"_a,
        "ask"_a.none() = nb::none(), "as_text"_a = false, "journal"_a = false,
        "Run the textual pass pipeline on a module given as text; the result "
        "is bytecode, or text. `ask` gives the rules that the module only "
        "names; `journal` asks how the inverse was found.");
}
