//===- Bindings.cpp - the Python module invhlo._core ----------------------===//
//
// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
#include "invhlo/Bridge/Bridge.h"

#include <nanobind/nanobind.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/string_view.h>
#include <nanobind/stl/vector.h>

namespace nb = nanobind;
using namespace nb::literals;

NB_MODULE(_core, m) {
  m.doc() = "The compiler of invhlo.";

  nb::class_<invhlo::Diagnostic>(m, "Diagnostic",
                                 "What the compiler said about a place.")
      .def_ro("severity", &invhlo::Diagnostic::severity)
      .def_ro("message", &invhlo::Diagnostic::message)
      .def_ro("location", &invhlo::Diagnostic::location)
      .def_ro("notes", &invhlo::Diagnostic::notes);

  nb::class_<invhlo::PipelineResult>(m, "PipelineResult",
                                     "A module, or why there is none.")
      .def_ro("succeeded", &invhlo::PipelineResult::succeeded)
      .def_ro("module", &invhlo::PipelineResult::module)
      .def_ro("diagnostics", &invhlo::PipelineResult::diagnostics);

  m.def("run_pipeline", &invhlo::runPipeline, "module"_a, "pipeline"_a,
        nb::call_guard<nb::gil_scoped_release>(),
        "Run the textual pass pipeline on a module given as text.");
}
