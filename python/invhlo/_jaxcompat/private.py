# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Looks up private names of JAX."""

import importlib
from typing import Any


def find(module: str, name: str) -> Any:
    """The attribute `name` of a private module of JAX; None where there is none.

    Callers then use a fallback, which may be slower.
    """
    try:
        return getattr(importlib.import_module(module), name, None)
    except ImportError:
        return None
