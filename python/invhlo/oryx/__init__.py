# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The names of Oryx, for programs that were written for it.

`from invhlo import oryx` in the place of `import oryx`, or `invhlo.oryx` in that of
`oryx.core`: `inverse`, `ildj`, `inverse_and_ildj`, `custom_inverse`,
`NonInvertibleError`, `log_prob` and `ppl.random_variable`. What differs is told in
docs/from-oryx.md.

    >>> import jax.numpy as jnp
    >>> from invhlo import oryx
    >>> print(oryx.core.inverse(jnp.exp)(1.0))
    0.0
"""

import importlib
from typing import Any

from invhlo.oryx import core as core
from invhlo.oryx.core import NonInvertibleError as NonInvertibleError
from invhlo.oryx.core import custom_inverse as custom_inverse
from invhlo.oryx.core import ildj as ildj
from invhlo.oryx.core import inverse as inverse
from invhlo.oryx.core import inverse_and_ildj as inverse_and_ildj
from invhlo.oryx.core import log_prob as log_prob
from invhlo.oryx.core import ppl as ppl


def __getattr__(name: str) -> Any:
    """`distributions` and `bijectors`, which are those of TensorFlow Probability."""
    if name not in ("distributions", "bijectors"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    try:
        return importlib.import_module(f"tensorflow_probability.substrates.jax.{name}")
    except ModuleNotFoundError as error:
        raise ImportError(
            f"oryx.{name} needs tensorflow_probability: pip install tfp-nightly"
        ) from error
