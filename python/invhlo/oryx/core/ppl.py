# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The names of `oryx.core.ppl` that `log_prob` needs."""

from collections.abc import Callable
from typing import Any

from invhlo.oryx.core import _programs
from invhlo.oryx.core._programs import random_variable as random_variable

rv = random_variable


def log_prob(obj: Any) -> Callable[..., Any]:
    """The log-density of a distribution, or of what a probabilistic program returns.

        >>> from invhlo.oryx.core import ppl
        >>> import distrax
        >>> print(ppl.log_prob(distrax.Normal(0.0, 1.0))(0.0))
        -0.9189385

    Args:
      obj: A distribution, or a program; see `invhlo.oryx.core.log_prob`.

    Returns:
      A function of a sample, and of the arguments of a program but for its key.
    """
    density: Callable[..., Any] | None = getattr(obj, "log_prob", None)
    return density or _programs.log_prob(obj)
