# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Reports the ratios that benchmarks note down."""

from typing import Any

import pytest

RATIOS = pytest.StashKey[list[str]]()


@pytest.fixture
def report(request: pytest.FixtureRequest) -> list[str]:
    """Lines to show at the end of the run."""
    return request.config.stash.setdefault(RATIOS, [])


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Shows them."""
    for line in config.stash.get(RATIOS, []):
        terminalreporter.write_line(line)
