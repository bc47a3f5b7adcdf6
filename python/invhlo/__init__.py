# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Inverts JAX functions in the compiler.

>>> import jax.numpy as jnp
>>> import invhlo
>>> def flow(scale, x):
...     head, tail = jnp.split(x, 2)
...     return jnp.concatenate([head, tail * jnp.exp(scale * head)])
>>> y = flow(0.5, jnp.array([1.0, 2.0]))
>>> print(invhlo.inverse(flow, argnums=1)(0.5, y))
[1. 2.]
"""

import os as _os

from invhlo import _jaxcompat
from invhlo._aot.artifact import ExportedInverse as ExportedInverse
from invhlo._aot.lowered import LoweredInverse as LoweredInverse
from invhlo._aot.lowered import export as export
from invhlo._aot.lowered import invert_lowered as invert_lowered
from invhlo._aot.targets import compile_for_target as compile_for_target
from invhlo._errors import NonInvertibleError as NonInvertibleError
from invhlo._frontend.annotated import lower_annotated as lower_annotated
from invhlo._inverse import ildj as ildj
from invhlo._inverse import inverse as inverse
from invhlo._inverse import inverse_and_ildj as inverse_and_ildj
from invhlo._log_prob import log_prob as log_prob
from invhlo._preimages import Preimages as Preimages
from invhlo._preimages import preimages as preimages
from invhlo._rules.custom_inverse import custom_inverse as custom_inverse
from invhlo._rules.custom_inverse import spread_log_det as spread_log_det
from invhlo._rules.implicit import from_forward as from_forward
from invhlo._while_loop import while_loop as while_loop

__all__ = [
    "ExportedInverse",
    "LoweredInverse",
    "NonInvertibleError",
    "Preimages",
    "compile_for_target",
    "custom_inverse",
    "export",
    "from_forward",
    "ildj",
    "inverse",
    "inverse_and_ildj",
    "invert_lowered",
    "log_prob",
    "lower_annotated",
    "preimages",
    "spread_log_det",
    "while_loop",
]

# What is wrong in a user's function is shown at the user's line.
_jaxcompat.hide_frames_of(_os.path.dirname(__file__))

__version__ = "0.1.0"
