# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#   make        everything that is missing: packages, .venv, the compiler
#   make demo   the example that trains a flow on real images
#   make test   what CI runs, and then make test-sanitized, test-jax and test-targets

# The newest that is supported of those that are there.
PYTHON ?= $(or $(shell scripts/find-python.sh 3.13 3.12 3.11),python3)
BUILD := build/Release
VENV := .venv
BIN := $(VENV)/bin
PYTEST := $(BIN)/pytest
PYTEST_ARGS ?= -n auto
CLANG_FORMAT ?= $(or $(shell command -v clang-format-22),clang-format)
CXX_SOURCES = $(shell find passes python -name '*.h' -o -name '*.cpp')

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_ROOT_USER_ACTION := ignore

.DEFAULT_GOAL := build
.PHONY: build packages demo test test-lit test-py test-jax test-targets test-wheel \
        test-sanitized test-threads lint modules stress fuzz fuzz-bytes check-gpu clang \
        format wheel bench clean

packages:
	@PYTHON=$(PYTHON) scripts/install-system-packages.sh

$(BIN)/python: | packages
	$(PYTHON) -m venv $(VENV)

# The modules there are, written when there are others: an editable install knows
# only those that it met.
MODULES := build/modules.txt
$(shell mkdir -p build; find python/invhlo -name '*.py' | sort >$(MODULES).new; \
  cmp -s $(MODULES).new $(MODULES) || cp $(MODULES).new $(MODULES))

# What a later change of pyproject.toml asks for is installed then.
$(VENV)/.installed: pyproject.toml $(MODULES) | $(BIN)/python
	$(BIN)/pip install --quiet "scikit-build-core>=0.11" "nanobind>=2.9"
	$(BIN)/pip install --verbose --no-build-isolation --no-deps --editable .
	$(BIN)/pip install --quiet "invhlo[dev]"
	ln -sf ../../$(BUILD)/passes/tools/invhlo-opt/invhlo-opt $(BIN)/invhlo-opt
	touch $@

build: packages $(VENV)/.installed
	@cmake --build $(BUILD) --target _core invhlo-opt -- --quiet
	@cmake --install $(BUILD) --component python --prefix \
	  "$$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("platlib"))')" \
	  >/dev/null

wheel: build
	rm -rf dist
	$(BIN)/pip wheel --quiet --no-build-isolation --no-deps --wheel-dir dist .
	@ls -sh dist

clean:
	rm -rf build dist $(VENV) .mypy_cache .pytest_cache .ruff_cache .benchmarks

demo: build
	$(BIN)/python examples/coupling_flow.py

test: lint test-lit test-py

test-lit: build
	$(BIN)/lit -v tests/lit

test-py: build
	$(PYTEST) $(PYTEST_ARGS)

# The same on every Python and JAX that is supported, but for the one of .venv, with a
# part of the tests.
test-jax: build
	PYTEST_ARGS="$(PYTEST_ARGS)" scripts/test-jax.sh

# Compilers for TPUs and GPUs, and IREE: 1.5 GB, and not needed for anything else.
test-targets: build
	$(BIN)/pip install --quiet "invhlo[targets]"
	$(PYTEST) -m targets tests/python/test_targets.py

# How many random programs to judge, and from which seed on.
COUNT ?= 10000
SEED ?= 0

fuzz: build
	PYTHONPATH=tests:tests/python $(BIN)/python -m fuzz --count $(COUNT) --seed $(SEED)

# The same of damaged programs, which no reader may die of.
fuzz-bytes: build
	$(BIN)/python tests/fuzz/hostile_bytes.py --count $(COUNT) --seed $(SEED)

# Writes inverses to build/gpu and runs them; docs/gpu.md says how on another machine.
check-gpu: build
	$(BIN)/python scripts/check_gpu.py write build/gpu
	$(BIN)/python scripts/check_gpu.py run build/gpu

# Damaged modules through the compiler, and good ones, those of random programs among
# them, on eight threads at once.
MUTATIONS ?= 20000
PROGRAMS ?= 200
GOOD_MODULES := build/programs.mlir tests/lit/rules/*.mlir tests/lit/transforms/invert-*.mlir
stress_of = $(1)/passes/tools/invhlo-stress/invhlo-stress

modules: build
	$(BIN)/python tests/python/test_mutations.py $(MUTATIONS) >build/damaged.mlir
	PYTHONPATH=tests:tests/python $(BIN)/python -m fuzz.modules $(PROGRAMS) >build/programs.mlir

stress: modules
	cmake --build $(BUILD) --target invhlo-stress -- --quiet
	$(call stress_of,$(BUILD)) build/damaged.mlir
	$(call stress_of,$(BUILD)) --threads=8 $(GOOD_MODULES)

clang:
	@PYTHON=$(PYTHON) scripts/install-system-packages.sh clang-22 libclang-rt-22-dev

# The same in builds by clang, with assertions, that watch: the first memory and undefined
# behaviour, in the tests of tests/lit too, and the second data races. What LLVM poisons in
# our code its libraries, which are not built so, do not take back.
WATCHED := cmake -G Ninja -S . -C cmake/Watched.cmake
test-sanitized test-threads: export ASAN_OPTIONS := allow_user_poisoning=0
test-sanitized test-threads: export UBSAN_OPTIONS := print_stacktrace=1

test-sanitized: modules clang
	$(WATCHED) -B build/Sanitized -D 'LLVM_USE_SANITIZER=Address;Undefined' >/dev/null
	cmake --build build/Sanitized --target invhlo-opt invhlo-stress -- --quiet
	$(BIN)/lit tests/lit \
	  --param invhlo_opt=build/Sanitized/passes/tools/invhlo-opt/invhlo-opt
	$(call stress_of,build/Sanitized) build/damaged.mlir
	$(call stress_of,build/Sanitized) $(GOOD_MODULES)

test-threads: modules clang
	$(WATCHED) -B build/Thread -D LLVM_USE_SANITIZER=Thread >/dev/null
	cmake --build build/Thread --target invhlo-stress -- --quiet
	$(call stress_of,build/Thread) --threads=8 $(GOOD_MODULES)

test-wheel: wheel
	$(PYTEST) -m wheel tests/python/test_packaging.py

lint: build
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	@$(CLANG_FORMAT) --dry-run -Werror $(CXX_SOURCES)

format: build
	$(BIN)/ruff check --fix
	$(BIN)/ruff format
	@$(CLANG_FORMAT) -i $(CXX_SOURCES)

bench: build
	$(PYTEST) benchmarks
